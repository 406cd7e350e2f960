//! A letter, and what the mail program it was written in makes of it.

use super::quotes::{self, escape};

/// What somebody wrote, without any markup.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) at: f64,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) paragraphs: Vec<String>,
    /// Closing lines and signature.
    pub(super) closing: Vec<String>,
    pub(super) client: Client,
    pub(super) right_to_left: bool,
}

/// The mail programs whose habits the seed shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Client {
    #[default]
    Gmail,
    OutlookWeb,
    OutlookDesktop,
    Apple,
    Plain,
    /// Our own replies, written in Front.
    Front,
}

pub(super) const CUSTOMER_CLIENTS: [Client; 6] = [
    Client::Gmail,
    Client::Gmail,
    Client::Apple,
    Client::OutlookWeb,
    Client::OutlookDesktop,
    Client::Plain,
];

/// The letter as HTML and as plain text, with earlier letters (newest first) quoted beneath.
pub(super) fn render(letter: &Letter, quoted: &[&Letter]) -> (String, String) {
    let mut html = String::with_capacity(1024 + quoted.len() * 900);
    let mut text = String::with_capacity(512 + quoted.len() * 600);
    own_html(letter, &mut html);
    own_text(letter, &mut text);
    if !quoted.is_empty() {
        quotes::html(letter.client, quoted, &mut html);
        quotes::text(quoted, &mut text);
    }
    if letter.client == Client::OutlookWeb || letter.client == Client::Apple {
        html.push_str("</body></html>");
    }
    (html, text)
}

fn own_html(letter: &Letter, html: &mut String) {
    let direction = if letter.right_to_left { "rtl" } else { "ltr" };
    let (start, open, close, end) = match letter.client {
        Client::Gmail => (
            format!("<div dir=\"{direction}\">"),
            "<div>",
            "</div><div><br></div>",
            "</div>",
        ),
        Client::OutlookWeb => (
            format!(
                "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\
                 <style type=\"text/css\" style=\"display:none;\"> P {{margin-top:0;margin-bottom:0;}} </style></head>\
                 <body dir=\"{direction}\">"
            ),
            "<div class=\"elementToProof\" style=\"font-family: Aptos, Calibri, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);\">",
            "</div><div class=\"elementToProof\"><br></div>",
            "",
        ),
        Client::OutlookDesktop => (
            format!("<div class=\"WordSection1\" dir=\"{direction}\">"),
            "<p class=\"MsoNormal\"><span lang=\"EN-GB\">",
            "<o:p></o:p></span></p><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>",
            "</div>",
        ),
        Client::Apple => (
            format!(
                "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head>\
                 <body dir=\"{direction}\" style=\"overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;\">"
            ),
            "<div>",
            "</div><div><br></div>",
            "",
        ),
        Client::Plain => (String::new(), "", "<br><br>", ""),
        Client::Front => (
            format!("<div dir=\"{direction}\">"),
            "<p>",
            "</p>",
            "</div>",
        ),
    };
    html.push_str(&start);
    for paragraph in &letter.paragraphs {
        html.push_str(open);
        escape(paragraph, html);
        html.push_str(close);
    }
    if !letter.closing.is_empty() {
        html.push_str(match letter.client {
            Client::Gmail => "<div class=\"gmail_signature\" data-smartmail=\"gmail_signature\">",
            Client::Front => "<div class=\"front-signature\">",
            Client::OutlookWeb => "<div id=\"Signature\">",
            _ => "<div>",
        });
        for line in &letter.closing {
            escape(line, html);
            html.push_str("<br>");
        }
        html.push_str("</div>");
    }
    html.push_str(end);
}

pub(super) fn own_text(letter: &Letter, text: &mut String) {
    for paragraph in &letter.paragraphs {
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    for line in &letter.closing {
        text.push_str(line);
        text.push('\n');
    }
}
