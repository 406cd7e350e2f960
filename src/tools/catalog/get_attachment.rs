//! `get-attachment`: what a file says, where it is text; what it shows, where it is a picture;
//! and where it was saved, where the operator names a folder for that.
//!
//! What it is its bytes decide. What its sender says of it decides only whether it is asked for.

mod saving;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::saving::{Closed, Saved, may_save, save, save_folder_missing, unsaved};
use crate::{
    attachments::picture,
    front::{
        Answer, FrontError, FrontErrorKind,
        endpoints::{
            downloads::{Download, DownloadOfMessage},
            messages::GetMessage,
        },
        id::{self, AttachmentId, MessageId},
        model::Attachment,
    },
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        contract::Picture,
        fit, resolve,
        timeline::{File, cut, file},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<GetAttachmentTool>();

struct GetAttachmentTool;

/// The longest text that is given, in characters.
const LONGEST: usize = 40_000;

/// A larger file is not asked for to be read: of its text little could be given.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A larger picture is not shown.
const LARGEST_PICTURE: u64 = 1024 * 1024;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// File id, from a message or comment.
    attachment_id: String,
    /// The message it is on: gives its name, and is needed where a policy limits inboxes.
    message_id: Option<String>,
    /// Saves it in the operator's folder, whatever it is. Default: only what cannot be shown.
    #[serde(default)]
    save: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// The file.
    file: File,
    /// What it says, if it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Words>,
    /// It says more than is given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
    /// By its bytes a picture of this type, shown in the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<&'static str>,
    /// Where it was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<Saved>,
    #[serde(skip)]
    shown: Vec<Picture>,
}

impl Tool for GetAttachmentTool {
    const SPEC: Spec = Spec {
        name: "get-attachment",
        title: "Read a file",
        description: "Reads a file on a message or comment: text up to 40,000 characters or some 8,000 tokens, pictures up to 1 MB. Saves others, if the operator names a folder for that.",
        toolset: Toolset::Core,
        effect: Effect::Read,
    };
    const NEEDS: &'static [&'static str] = &["download-attachment-for-a-message"];
    const USES: &'static [&'static str] = &["download-attachment", "get-message"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let id = attachment(&input.attachment_id)?;
        let saves = may_save(context);
        if input.save {
            saves.as_ref().map_err(unsaved)?;
        }
        let message = input.message_id.as_deref().map(message).transpose()?;
        let known = match &message {
            Some(message) => Some(on_message(context, message, &id).await?),
            None => None,
        };
        if let Some(known) = &known {
            is_worth_asking(context, known, input.save || saves.is_ok())?;
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
        // As its sender wrote it: what of that is safe to write is decided where it is written.
        let name = match &known {
            Some(known) => known.filename.raw().to_owned(),
            None => id.to_string(),
        };
        let mut output = Output {
            file: described(id, known.as_ref(), &answer),
            text: None,
            cut: false,
            picture: None,
            saved: None,
            shown: Vec::new(),
        };
        if !input.save && output.show(&answer) {
            return Ok(output);
        }
        match saves {
            Ok(()) => output.saved = Some(save(context, name, answer).await?),
            Err(why) => return Err(unshown(&answer, &why)),
        }
        Ok(output)
    }
}

fn attachment(given: &str) -> Result<AttachmentId, ToolError> {
    let bare = resolve::unwrapped(given);
    // Answers of the API name a file by the address of its download.
    let linked = || AttachmentId::parse(&id::in_api_link(bare, AttachmentId::PREFIX)?);
    AttachmentId::parse(bare).or_else(linked).ok_or_else(|| {
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
fn is_worth_asking(
    context: &Context<'_>,
    known: &Attachment,
    is_saved: bool,
) -> Result<(), ToolError> {
    let media_type = known.content_type.raw();
    let size = known.size.unwrap_or_default();
    let most = match is_saved {
        true => context.attachable.max_bytes,
        false => LARGEST,
    };
    if size > most {
        return Err(unreadable(TOO_LARGE, media_type, known.size));
    }
    if is_saved || may_be_text(media_type) || may_be_picture(media_type) {
        return Ok(());
    }
    Err(unreadable(UNSEEN, media_type, known.size).next_text(save_folder_missing()))
}

const TOO_LARGE: &str = "is larger than this server reads";
const UNSEEN: &str =
    "is no text and no picture (PNG, JPEG, GIF, WebP up to 1 MB) that could be shown";

fn may_be_picture(media_type: &str) -> bool {
    media_type
        .trim()
        .get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("image/"))
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
        FrontErrorKind::TooLarge(_) => unreadable(TOO_LARGE, "", None),
        FrontErrorKind::Status(404) => error
            .on("attachment_id")
            .next("check the id with `get-message` or `get-conversation`"),
        FrontErrorKind::Denied(_) if !has_message => {
            error.next("give `message_id` too: a file on a message of an allowed inbox can be read")
        }
        _ => error,
    }
}

/// It can be neither shown nor saved.
fn unshown(answer: &Answer, why: &Closed) -> ToolError {
    let media_type = answer.content_type.as_deref().unwrap_or_default();
    let size = answer.body.len() as u64;
    let error = unreadable(UNSEEN, media_type, Some(size));
    match why {
        Closed::NoFolder => error.next_text(save_folder_missing()),
        Closed::ReadOnly => error,
    }
}

fn described(id: AttachmentId, known: Option<&Attachment>, answer: &Answer) -> File {
    match known {
        Some(known) => file(known),
        None => File {
            id: Some(id),
            name: Words::default(),
            media_type: answer
                .content_type
                .as_ref()
                .and_then(|kind| Words::some_line(&Untrusted::new(kind))),
            size: Some(answer.body.len() as u64),
        },
    }
}

impl Output {
    /// Takes over what can be shown of the file; whether anything can.
    fn show(&mut self, answer: &Answer) -> bool {
        let size = answer.body.len() as u64;
        if let Some(media_type) = picture(&answer.body) {
            if size > LARGEST_PICTURE {
                return false;
            }
            self.picture = Some(media_type);
            self.shown.push(Picture {
                media_type,
                bytes: answer.body.to_vec(),
            });
            return true;
        }
        let said = answer.content_type.as_deref().unwrap_or_default();
        if size > LARGEST || !may_be_text(said) {
            return false;
        }
        let text = std::str::from_utf8(&answer.body).ok();
        let Some(text) = text.filter(|text| !text.contains('\0')) else {
            return false;
        };
        let (text, is_cut) = cut(text, LONGEST, fit::BODY);
        self.text = Some(Words::block(text));
        self.cut = is_cut;
        true
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("File ");
        self.file.say(&mut text);
        if let Some(media_type) = self.picture {
            text.say(", shown as ")
                .say(media_type)
                .say("; what a picture says is a stranger's word");
        }
        if let Some(saved) = &self.saved {
            text.say(", saved in the operator's folder as ")
                .quote(&saved.name)
                .say(" (")
                .say(saved.size)
                .say(" bytes, sha256 ")
                .say(Vouched::ours(saved.sha256.clone()))
                .say("); it was not opened or checked");
        }
        if let Some(words) = &self.text {
            text.say(match self.cut {
                true => ", the beginning of it:\n",
                false => ":\n",
            });
            text.quote(words);
        }
        text
    }

    fn pictures(&mut self) -> Vec<Picture> {
        std::mem::take(&mut self.shown)
    }
}
