//! Drafts: left in Front for a person to send, and changed or deleted where they are the caller's
//! own or the policy says so.

mod access;
mod conflict;
mod merge;
mod notice;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Context, Report, ToolError, resolve,
    sending::{Message, Preview},
};
use crate::{
    front::{
        endpoints::drafts::{CreateDraft, CreateDraftReply},
        id::{CommentId, ConversationId, MessageId, SignatureId},
        model::Message as FrontMessage,
    },
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    untrusted::Untrusted,
};

pub use self::{
    access::{Access, access},
    conflict::{Texts, conflict, is_conflict},
    merge::{Merged, Rewrite, merge},
    notice::tell_colleagues,
};

/// Who sees a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All who see the conversation.
    #[default]
    Shared,
    /// Its author alone.
    Private,
}

/// Which signature a draft gets.
#[derive(Debug, Default)]
pub enum Signature {
    /// None.
    #[default]
    None,
    /// The one that Front would choose.
    Default,
    /// This one.
    One(SignatureId),
}

impl Signature {
    /// `default`, or an id.
    pub fn read(given: &str) -> Result<Self, ToolError> {
        let given = resolve::unwrapped(given);
        if given == "default" {
            return Ok(Self::Default);
        }
        SignatureId::parse(given).map(Self::One).ok_or_else(|| {
            let wanted = "`default` or a signature id such as `sig_55c8c149`";
            resolve::wrong_id("signature", given, wanted)
                .next("leave it out for none, or give `default`")
        })
    }
}

/// The draft that an id or nothing else names.
pub fn draft_id(given: &str) -> Result<MessageId, ToolError> {
    MessageId::parse(resolve::unwrapped(given)).ok_or_else(|| {
        let wanted = "the id of a draft, such as `msg_55c8c149`";
        resolve::wrong_id("draft_id", given, wanted)
            .next("`list-drafts` shows a conversation's drafts with their ids")
    })
}

/// Leaves a message as a draft in Front, and remembers that this caller did.
pub async fn leave(
    context: &Context<'_>,
    letter: &Message,
    mode: Mode,
    signature: &Signature,
) -> Result<FrontMessage, ToolError> {
    let mut draft = letter.draft_body();
    if let Some(fields) = draft.as_object_mut() {
        fields.insert("mode".into(), json!(mode));
        match signature {
            Signature::None => {}
            Signature::Default => {
                fields.insert("should_add_default_signature".into(), true.into());
            }
            Signature::One(id) => {
                fields.insert("signature_id".into(), json!(id));
            }
        }
    }
    let files = letter.files().ok_or_else(ToolError::unshapable)?;
    let (client, channel) = (&context.client, letter.channel.clone());
    let created = match letter.conversation().cloned() {
        Some(conversation) => {
            let reply = CreateDraftReply {
                conversation,
                draft,
                files,
            };
            client.send(&reply).await?
        }
        None => {
            let new = CreateDraft {
                channel,
                draft,
                files,
            };
            client.send(&new).await?
        }
    };
    let author = letter.author.as_ref().map(|author| &author.id);
    context
        .gate
        .remember_draft(&context.caller, &created, &letter.channel, author)
        .await;
    Ok(created)
}

/// What Front has now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DraftReport {
    /// The draft.
    pub draft_id: MessageId,
    /// What an edit by others must name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Words>,
    /// Its conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// Who sees it.
    pub mode: Mode,
    /// The comment that tells colleagues of its new recipients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment_id: Option<CommentId>,
    /// What to do now.
    pub next: String,
    /// What it says to whom.
    pub message: Preview,
    #[serde(skip)]
    is_new: bool,
}

impl DraftReport {
    /// Of a draft that was made or changed just now.
    pub fn of(
        draft: &FrontMessage,
        letter: &Message,
        mode: Mode,
        comment: Option<CommentId>,
        is_new: bool,
    ) -> Self {
        let conversation = letter
            .conversation()
            .cloned()
            .or_else(|| draft.links.conversation());
        let mut next =
            "tell the user that the draft waits in Front, where a person sends it".to_owned();
        if let Some(conversation) = &conversation {
            next = format!("{next}: https://app.frontapp.com/open/{conversation}");
        }
        Self {
            draft_id: draft.id.clone(),
            version: draft.version.as_ref().and_then(version),
            conversation_id: conversation,
            mode,
            comment_id: comment,
            next,
            message: Preview::of(letter),
            is_new,
        }
    }
}

/// A version as it is to be given back.
pub fn version(version: &Untrusted) -> Option<Words> {
    Some(Words::cut(version, 500)).filter(|words| !words.is_empty())
}

impl Report for DraftReport {
    fn report(&self) -> Text {
        let mut text = Text::led_by(match self.is_new {
            true => "Nothing was sent: a draft was left in Front.\n",
            false => "Nothing was sent: the draft was changed.\n",
        });
        text.say(match self.mode {
            Mode::Shared => "Shared draft ",
            Mode::Private => "Private draft ",
        })
        .say(&self.draft_id);
        if let Some(version) = &self.version {
            text.say(", version ").quote(version);
        }
        if let Some(conversation) = &self.conversation_id {
            text.say(", in ").say(conversation);
        }
        if let Some(comment) = &self.comment_id {
            text.say(", new recipients told to colleagues in comment ")
                .say(comment);
        }
        text.say(".\nNext: ")
            .say(Vouched::ours(self.next.clone()))
            .say(".\n");
        self.message.say(&mut text);
        text
    }
}
