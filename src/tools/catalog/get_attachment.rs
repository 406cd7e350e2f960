//! `get-attachment`: what a file says, where it is text.
//!
//! Nothing is written to disk, and a result carries text alone: of a picture or a PDF its type
//! and size are told, and that a person can open it in Front.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        Answer, FrontError, FrontErrorKind,
        endpoints::{
            downloads::{Download, DownloadOfMessage},
            messages::GetMessage,
        },
        id::{AttachmentId, MessageId},
        model::Attachment,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, fit, resolve,
        timeline::{File, cut, file},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<GetAttachmentTool>();

struct GetAttachmentTool;

/// The longest text that is given, in characters.
const LONGEST: usize = 40_000;

/// A larger file is not asked for: of its text little could be given.
const LARGEST: u64 = 4 * 1024 * 1024;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// File id, from a message or comment.
    attachment_id: String,
    /// The message it is on: gives its name, and is needed where a policy limits inboxes.
    message_id: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// The file.
    file: File,
    /// What it says.
    text: Words,
    /// It says more than is given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Tool for GetAttachmentTool {
    const SPEC: Spec = Spec {
        name: "get-attachment",
        title: "Read a file",
        description: "Reads the text of a file on a message or comment, up to 40,000 characters or some 8,000 tokens. Other files are told by type and size.",
        toolset: Toolset::Core,
        effect: Effect::Read,
    };
    const NEEDS: &'static [&'static str] = &["download-attachment-for-a-message"];
    const USES: &'static [&'static str] = &["download-attachment", "get-message"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let id = attachment(&input.attachment_id)?;
        let message = input.message_id.as_deref().map(message).transpose()?;
        let known = match &message {
            Some(message) => Some(on_message(context, message, &id).await?),
            None => None,
        };
        if let Some(known) = &known {
            is_readable(known.content_type.raw(), known.size)?;
        }
        let has_message = message.is_some();
        let attachment = id.clone();
        let answer = match message {
            Some(message) => {
                let download = DownloadOfMessage {
                    message,
                    attachment,
                };
                context.client.fetch(&download).await
            }
            None => context.client.fetch(&Download { attachment }).await,
        };
        let answer = answer.map_err(|error| not_downloaded(error, has_message))?;
        Output::of(id, known.as_ref(), &answer)
    }
}

fn attachment(given: &str) -> Result<AttachmentId, ToolError> {
    AttachmentId::parse(resolve::unwrapped(given)).ok_or_else(|| {
        resolve::wrong_id("attachment_id", given, "a file id such as `fil_55c8c149`")
            .next("`get-conversation` and `get-message` show files with their ids")
    })
}

fn message(given: &str) -> Result<MessageId, ToolError> {
    MessageId::parse(resolve::unwrapped(given)).ok_or_else(|| {
        resolve::wrong_id("message_id", given, "a message id such as `msg_55c8c149`")
            .next("leave it out, or take the id of the message that the file is on")
    })
}

async fn on_message(
    context: &Context<'_>,
    message: &MessageId,
    id: &AttachmentId,
) -> Result<Attachment, ToolError> {
    let get = GetMessage {
        message: message.clone(),
    };
    let message = context.client.send(&get).await?;
    let mut files = message.attachments.into_iter();
    files
        .find(|file| file.id.as_ref() == Some(id))
        .ok_or_else(|| {
            let mut text = Text::of("there is no such file on ");
            text.say(&get.message);
            ToolError::not_found("attachment_id", text)
                .next("`get-message` shows the files of a message with their ids")
        })
}

/// Whether it is worth asking for, by what Front says of it.
fn is_readable(media_type: &str, size: Option<u64>) -> Result<(), ToolError> {
    if !may_be_text(media_type) {
        return Err(unreadable(
            "is no text, and this server shows text alone",
            media_type,
            size,
        ));
    }
    match size {
        Some(size) if size > LARGEST => Err(unreadable(
            "is larger than this server reads",
            media_type,
            Some(size),
        )),
        _ => Ok(()),
    }
}

/// What has no type, or that of anything, may be.
fn may_be_text(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default();
    let kind = kind.trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
        || matches!(
            kind.as_str(),
            "" | "application/octet-stream"
                | "application/json"
                | "application/xml"
                | "application/csv"
                | "application/yaml"
                | "application/x-yaml"
                | "application/x-ndjson"
                | "application/javascript"
                | "application/sql"
                | "message/rfc822"
        )
}

fn unreadable(why: &'static str, media_type: &str, size: Option<u64>) -> ToolError {
    let mut text = Text::of(why);
    let kind = Words::line(&Untrusted::new(media_type));
    if !kind.is_empty() {
        text.say("; its type is ").quote(&kind);
    }
    if let Some(size) = size {
        text.say("; it has ").say(size).say(" bytes");
    }
    ToolError::invalid("attachment_id", text)
        .next("tell the user, who can open it in Front; the same call gives the same answer")
}

fn not_downloaded(error: FrontError, has_message: bool) -> ToolError {
    let kind = error.kind.clone();
    let error = ToolError::from(error);
    match kind {
        FrontErrorKind::TooLarge(_) => unreadable("is larger than this server reads", "", None),
        FrontErrorKind::Status(404) => error
            .on("attachment_id")
            .next("check the id with `get-message` or `get-conversation`"),
        FrontErrorKind::Denied(_) if !has_message => {
            error.next("give `message_id` too: a file on a message of an allowed inbox can be read")
        }
        _ => error,
    }
}

impl Output {
    fn of(
        id: AttachmentId,
        known: Option<&Attachment>,
        answer: &Answer,
    ) -> Result<Self, ToolError> {
        let size = answer.body.len() as u64;
        let answered = answer.content_type.as_deref().unwrap_or_default();
        is_readable(answered, Some(size))?;
        let text = std::str::from_utf8(&answer.body)
            .ok()
            .filter(|text| !text.contains('\0'))
            .ok_or_else(|| unreadable("is no text in UTF-8", answered, Some(size)))?;
        let (text, is_cut) = cut(text, LONGEST, fit::BODY);
        Ok(Self {
            file: match known {
                Some(known) => file(known),
                None => File {
                    id: Some(id),
                    name: Words::default(),
                    media_type: Words::some_line(&Untrusted::new(answered)),
                    size: Some(size),
                },
            },
            text: Words::block(text),
            cut: is_cut,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("File ");
        self.file.say(&mut text);
        text.say(match self.cut {
            true => ", the beginning of it:\n",
            false => ":\n",
        });
        text.quote(&self.text);
        text
    }
}
