//! `get-message`: one message or draft, whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontErrorKind,
        endpoints::messages::{GetMessage, GetMessageByUid, GetMessageSource},
        id::{self, ConversationId, MessageId},
        model::Message,
    },
    shape::{mail::Quotes, moment::Moment, text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        arguments::clip,
        conversation_row::{Person, person},
        fit::{self, Room},
        mail_source::{Header, Source, headers},
        resolve,
        timeline::{File, Kind, address, body, cut, file},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<GetMessageTool>();

struct GetMessageTool;

/// The longest body that is shown, in characters: what a context can bear of one mail.
const LONGEST_BODY: usize = 40_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Message id, uid, or a link pasted from the Front app.
    message_id: String,
    /// `quotes`: quoted history; `headers`: all of an e-mail's, one more request.
    #[serde(default)]
    include: Vec<Include>,
    /// The e-mail as it was sent (EML), cut at 40,000 characters or some 8,000 tokens.
    #[serde(default)]
    source: bool,
}

#[derive(Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Include {
    Quotes,
    Headers,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Inbound, outbound, or a draft that nobody has sent.
    kind: Kind,
    /// Its id.
    message_id: MessageId,
    /// Its other identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<Words>,
    /// The conversation it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<ConversationId>,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<MessageId>,
    /// `email`, `sms`, `front_chat`, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<Words>,
    /// When it was sent or received.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
    /// The teammate who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reply_to: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cc: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bcc: Vec<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Words>,
    /// Who sees a draft: `shared` or `private`.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft_mode: Option<Words>,
    /// The version that an edit of a draft must name.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft_version: Option<Words>,
    /// Why it could not be delivered, in Front's word; absent while Front knows of no failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_error: Option<Words>,
    /// The text, as Markdown.
    body: Words,
    /// The body was longer and is cut.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    body_cut: bool,
    /// Quoted history was left out; `include: quotes` shows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quotes_folded: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File>,
    /// The e-mail's headers, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headers: Vec<Header>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

impl Tool for GetMessageTool {
    const SPEC: Spec = Spec {
        name: "get-message",
        title: "Read a message",
        description: "Reads one message or draft whole: body, people, files, delivery; headers and source on request.",
        toolset: Toolset::Core,
        effect: Effect::Read,
    };
    const NEEDS: &'static [&'static str] = &["get-message"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let message = find(context, &input.message_id).await?;
        let wants_headers = input.include.contains(&Include::Headers);
        // What is asked for besides the body shares its room.
        let shares = 1 + usize::from(wants_headers) + usize::from(input.source);
        let share = fit::BODY / shares;
        let mut output = Output::of(&message, input.include.contains(&Include::Quotes), share);
        if input.source || wants_headers {
            let mail = source(context, &message, input.source).await?;
            if wants_headers {
                output.headers = headers(&mail, Room::of(share));
            }
            output.source = input.source.then(|| Source::of(&mail, share));
        }
        Ok(output)
    }
}

/// By id, by the uid that a send answered with, or by a link of the app that names a message.
async fn find(context: &Context<'_>, given: &str) -> Result<Message, ToolError> {
    const FIELD: &str = "message_id";
    let given = resolve::unwrapped(given);
    let client = &context.client;
    // A link without a message's id holds the number of a conversation.
    let linked = || {
        let link = Some(given).filter(|link| link.contains("msg_"))?;
        let in_app = id::in_app_link(link, MessageId::PREFIX);
        MessageId::parse(&in_app.or_else(|| id::in_api_link(link, MessageId::PREFIX))?)
    };
    let found = match MessageId::parse(given).or_else(linked) {
        Some(message) => client.send(&GetMessage { message }).await,
        None => {
            let uid = given.strip_prefix("alt:uid:").unwrap_or(given);
            let by_uid = Some(uid)
                .filter(|uid| is_uid(uid))
                .and_then(|uid| GetMessageByUid::new(uid).ok());
            let by_uid = by_uid.ok_or_else(|| {
                resolve::wrong_id(
                    FIELD,
                    given,
                    "a message id such as `msg_55c8c149`, or a uid",
                )
                .next("`get-conversation` shows the messages of a conversation with their ids")
            })?;
            client.send(&by_uid).await
        }
    };
    found.map_err(|error| {
        let is_missing = matches!(error.kind, FrontErrorKind::Status(404));
        let error = ToolError::from(error);
        match is_missing {
            true => error.on(FIELD).next("check the id with `get-conversation`; a message that was sent a moment ago appears under its uid after some seconds"),
            false => error,
        }
    })
}

/// As Front writes them: letters and digits, many of them, and not a word.
fn is_uid(text: &str) -> bool {
    (16..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The mail itself, which only e-mails have.
async fn source(
    context: &Context<'_>,
    message: &Message,
    whole: bool,
) -> Result<String, ToolError> {
    let field = if whole { "source" } else { "include" };
    if message.kind != "email" {
        let mut text = Text::of("only e-mails have headers and a source; this message is of type ");
        text.quote_text(&clip(&message.kind));
        return Err(ToolError::invalid(field, text).next("call again without it"));
    }
    let answer = context
        .client
        .fetch(&GetMessageSource {
            message: message.id.clone(),
        })
        .await?;
    if answer.content_type.as_deref() == Some("application/json") {
        let text = Text::of("was asked of Front, which answered with another form of the message");
        return Err(ToolError::new("unreadable_answer", text)
            .on(field)
            .next("call again without it; tell the user if it happens again"));
    }
    Ok(String::from_utf8_lossy(&answer.body).into_owned())
}

impl Output {
    fn of(message: &Message, with_quotes: bool, tokens: usize) -> Self {
        let mail = body(
            message,
            match with_quotes {
                true => Quotes::Keep,
                false => Quotes::Fold,
            },
        );
        let (text, body_cut) = cut(&mail.markdown, LONGEST_BODY, tokens);
        let role = |role: &'static str| {
            let of_role = move |one: &&crate::front::model::Recipient| one.role == role;
            message
                .recipients
                .iter()
                .filter(of_role)
                .map(address)
                .collect()
        };
        let line = |text: &Option<String>| {
            let text = text.as_deref().map(Untrusted::new);
            text.as_ref().and_then(Words::some_line)
        };
        let is_draft = message.draft_mode.is_some();
        Self {
            kind: match (is_draft, message.is_inbound) {
                (true, _) => Kind::Draft,
                (false, true) => Kind::Inbound,
                (false, false) => Kind::Outbound,
            },
            message_id: message.id.clone(),
            uid: line(&message.message_uid),
            conversation_id: message.links.conversation(),
            answers: message.links.message_replied_to(),
            medium: Words::some_line(&Untrusted::new(message.kind.clone())),
            at: Moment::from_front(message.created_at),
            author: message.author.as_ref().map(person),
            from: role("from"),
            reply_to: role("reply-to"),
            to: role("to"),
            cc: role("cc"),
            bcc: role("bcc"),
            subject: Words::some_line(&message.subject),
            draft_mode: line(&message.draft_mode),
            draft_version: message
                .version
                .as_ref()
                .filter(|_| is_draft)
                .and_then(Words::some_line),
            delivery_error: message.error_type.as_ref().and_then(Words::some_line),
            body: Words::block(text),
            body_cut: body_cut || mail.folded.truncated,
            quotes_folded: mail.folded.quoted_chars > 0,
            attachments: message.attachments.iter().map(file).collect(),
            headers: Vec::new(),
            source: None,
        }
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of(match self.kind {
            Kind::Draft => "Draft, which nobody has sent, ",
            Kind::Inbound => "Inbound message ",
            Kind::Outbound | Kind::Comment => "Outbound message ",
        });
        text.say(&self.message_id);
        if let Some(at) = &self.at {
            text.say(" ").say(at);
        }
        if let Some(conversation) = &self.conversation_id {
            text.say(" in ").say(conversation);
        }
        if let Some(answers) = &self.answers {
            text.say(", answers ").say(answers);
        }
        if let Some(author) = &self.author {
            text.say("; by ");
            author.say(&mut text);
        }
        for (name, words) in [
            ("; type ", &self.medium),
            ("; uid ", &self.uid),
            ("; draft mode ", &self.draft_mode),
            ("; draft version ", &self.draft_version),
            ("; not delivered: ", &self.delivery_error),
        ] {
            if let Some(words) = words {
                text.say(name).quote(words);
            }
        }
        for (name, people) in [
            ("\nfrom ", &self.from),
            ("\nreply to ", &self.reply_to),
            ("\nto ", &self.to),
            ("\ncc ", &self.cc),
            ("\nbcc ", &self.bcc),
        ] {
            for (index, one) in people.iter().enumerate() {
                text.say(if index == 0 { name } else { ", " }).quote(one);
            }
        }
        if let Some(subject) = &self.subject {
            text.say("\nsubject ").quote(subject);
        }
        for file in &self.attachments {
            text.say("\nfile ");
            file.say(&mut text);
        }
        for header in &self.headers {
            text.say("\nheader ");
            header.say(&mut text);
        }
        text.say("\nBody");
        text.say(match (self.quotes_folded, self.body_cut) {
            (true, true) => " (cut; quoted history left out, `include: quotes` shows it)",
            (true, false) => " (quoted history left out, `include: quotes` shows it)",
            (false, true) => " (cut)",
            (false, false) => "",
        });
        text.say(":\n").quote(&self.body);
        if let Some(source) = &self.source {
            text.say("\n");
            source.say(&mut text);
        }
        text
    }
}
