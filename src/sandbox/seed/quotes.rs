//! Quoted history, in the markup each mail program puts around it.

use super::{
    dates,
    letters::{Client, Letter, own_text},
};

/// Earlier letters beneath a new one, each inside the one after it.
pub(super) fn html(client: Client, quoted: &[&Letter], html: &mut String) {
    let Some((letter, earlier)) = quoted.split_first() else {
        return;
    };
    match client {
        Client::Gmail | Client::Front => {
            html.push_str("<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">On ");
            html.push_str(&dates::gmail(letter.at));
            html.push(' ');
            address(letter, html);
            html.push_str(
                " wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;\
                 border-left:1px solid rgb(204,204,204);padding-left:1ex\">",
            );
            inside(letter, earlier, html);
            html.push_str("</blockquote></div>");
        }
        Client::OutlookWeb => {
            html.push_str(
                "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\">\
                 <div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri, sans-serif\" style=\"font-size:11pt\" color=\"#000000\">",
            );
            headers(letter, html);
            html.push_str("</font><div>&nbsp;</div></div><div>");
            inside(letter, earlier, html);
            html.push_str("</div>");
        }
        Client::OutlookDesktop => {
            html.push_str(
                "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p class=\"MsoNormal\">",
            );
            headers(letter, html);
            html.push_str("<o:p></o:p></p></div><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>");
            inside(letter, earlier, html);
        }
        Client::Apple => {
            html.push_str("<div><br><blockquote type=\"cite\"><div>On ");
            html.push_str(&dates::apple(letter.at));
            html.push_str(", ");
            address(letter, html);
            html.push_str(" wrote:</div><br class=\"Apple-interchange-newline\"><div>");
            inside(letter, earlier, html);
            html.push_str("</div></blockquote></div>");
        }
        Client::Plain => {
            let mut plain = String::new();
            text(quoted, &mut plain);
            for line in plain.lines() {
                escape(line, html);
                html.push_str("<br>");
            }
        }
    }
}

/// The same as mail programs that know no HTML write it.
pub(super) fn text(quoted: &[&Letter], text: &mut String) {
    let Some((letter, earlier)) = quoted.split_first() else {
        return;
    };
    text.push_str("\nOn ");
    text.push_str(&dates::gmail(letter.at));
    text.push(' ');
    text.push_str(&letter.name);
    text.push_str(" <");
    text.push_str(&letter.address);
    text.push_str("> wrote:\n");
    let mut inner = String::new();
    own_text(letter, &mut inner);
    self::text(earlier, &mut inner);
    for line in inner.lines() {
        text.push_str("> ");
        text.push_str(line);
        text.push('\n');
    }
}

fn inside(letter: &Letter, earlier: &[&Letter], html: &mut String) {
    html.push_str(if letter.right_to_left {
        "<div dir=\"rtl\">"
    } else {
        "<div dir=\"ltr\">"
    });
    for paragraph in &letter.paragraphs {
        html.push_str("<p>");
        escape(paragraph, html);
        html.push_str("</p>");
    }
    for line in &letter.closing {
        escape(line, html);
        html.push_str("<br>");
    }
    html.push_str("</div>");
    self::html(letter.client, earlier, html);
}

fn address(letter: &Letter, html: &mut String) {
    escape(&letter.name, html);
    html.push_str(" &lt;<a href=\"mailto:");
    html.push_str(&letter.address);
    html.push_str("\">");
    html.push_str(&letter.address);
    html.push_str("</a>&gt;");
}

fn headers(letter: &Letter, html: &mut String) {
    html.push_str("<b>From:</b> ");
    escape(&letter.name, html);
    html.push_str(" &lt;");
    html.push_str(&letter.address);
    html.push_str("&gt;<br><b>Sent:</b> ");
    html.push_str(&dates::outlook(letter.at));
    html.push_str("<br><b>Subject:</b> Re: your message<br>");
}

/// Text as HTML.
pub(super) fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
}
