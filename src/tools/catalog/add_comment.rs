//! `add-comment`: says something to colleagues, under a conversation or a comment.
//!
//! Front has no field for mentions: it reads `@username` in the text, and notifies whom it finds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::comments::{AddComment, GetComment, NewComment, ReplyToComment},
        id::{CommentId, ConversationId},
        model::{Comment, Teammate},
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::{Person, person},
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<AddCommentTool>();

struct AddCommentTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id or pasted Front link.
    conversation_id: String,
    /// Markdown.
    #[schemars(length(min = 1, max = 20_000))]
    body: String,
    /// Teammates to notify.
    #[serde(default)]
    #[schemars(length(max = 20))]
    mentions: Vec<String>,
    /// Teammate it is from; the API token by default.
    author: Option<String>,
    /// Comment id.
    reply_to: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversation_id: ConversationId,
    comment_id: CommentId,
    /// The comment it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<CommentId>,
    /// Who it is from, as Front says.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Person>,
    /// Who is named in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Person>,
}

impl Tool for AddCommentTool {
    const SPEC: Spec = Spec {
        name: "add-comment",
        title: "Add a comment",
        description: "Adds an internal comment, which teammates read and customers never see.",
        effect: Effect::Create,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["add-comment"];
    const USES: &'static [&'static str] = &["list-teammates", "get-comment", "add-comment-reply"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        let reply_to = match &input.reply_to {
            None => None,
            Some(given) => Some(comment_id(given)?),
        };
        let mut mentions: Vec<Teammate> = Vec::new();
        for (index, given) in input.mentions.iter().enumerate() {
            let field = format!("mentions[{index}]");
            let teammate = resolve::one::<Teammate>(context, &field, given).await?;
            if mentions.iter().all(|known| known.id != teammate.id) {
                mentions.push(teammate);
            }
        }
        let author = match &input.author {
            None => None,
            Some(given) => Some(resolve::id::<Teammate>(context, "author", given).await?),
        };
        let comment = NewComment {
            body: mentioning(&input.body, &mentions),
            author,
        };
        let made = match &reply_to {
            None => {
                let add = AddComment {
                    conversation: conversation.clone(),
                    comment,
                };
                context.client.send(&add).await?
            }
            Some(to) => reply(context, &conversation, to, comment).await?,
        };
        Ok(Output {
            conversation_id: made.links.conversation().unwrap_or(conversation),
            comment_id: made.id,
            reply_to,
            author: made.author.as_ref().map(person),
            mentions: mentions.iter().map(person).collect(),
        })
    }
}

fn comment_id(given: &str) -> Result<CommentId, ToolError> {
    CommentId::parse(resolve::unwrapped(given)).ok_or_else(|| {
        resolve::wrong_id("reply_to", given, "a comment id such as `com_1ywg3f2`")
            .next("`get-conversation` with `include: [\"comments\"]` shows them")
    })
}

/// Front takes a reply by the comment alone; said under another conversation than the caller
/// means, it would reach the wrong people.
async fn reply(
    context: &Context<'_>,
    conversation: &ConversationId,
    to: &CommentId,
    comment: NewComment,
) -> Result<Comment, ToolError> {
    let get = GetComment {
        comment: to.clone(),
    };
    let answered = context
        .client
        .send(&get)
        .await
        .map_err(|error| ToolError::from(error).on("reply_to"))?;
    if let Some(elsewhere) = answered
        .links
        .conversation()
        .filter(|id| id != conversation)
    {
        let mut message = Text::of("is a comment of another conversation, ");
        message.say(elsewhere).say(", and nothing was said");
        return Err(ToolError::invalid("reply_to", message)
            .next("call again with that conversation_id, or without `reply_to`"));
    }
    let reply = ReplyToComment {
        to: to.clone(),
        comment,
    };
    Ok(context.client.send(&reply).await?)
}

/// The text with everybody named in it who is to be and is not yet.
fn mentioning(body: &str, teammates: &[Teammate]) -> String {
    let missing: Vec<_> = teammates
        .iter()
        .map(|teammate| teammate.username.raw())
        .filter(|username| !username.is_empty() && !mentions(body, username))
        .map(|username| format!("@{username}"))
        .collect();
    match missing.is_empty() {
        true => body.to_owned(),
        false => format!("{} {body}", missing.join(" ")),
    }
}

fn mentions(body: &str, username: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    body.split('@').skip(1).any(|after| {
        after.strip_prefix(username).is_some_and(|rest| {
            // A full stop ends a sentence, and stands within a name.
            let mut rest = rest.chars();
            match rest.next() {
                Some('.') => !rest.next().is_some_and(char::is_alphanumeric),
                Some(next) => !continues(next),
                None => true,
            }
        })
    })
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Commented on ");
        text.say(&self.conversation_id)
            .say(" for teammates alone: ")
            .say(&self.comment_id);
        if let Some(answered) = &self.reply_to {
            text.say(", in reply to ").say(answered);
        }
        if let Some(author) = &self.author {
            text.say("; from ");
            author.say(&mut text);
        }
        for (index, mentioned) in self.mentions.iter().enumerate() {
            text.say(if index == 0 { "; mentions " } else { ", " });
            mentioned.say(&mut text);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_alone_are_mentions() {
        for (body, is_mentioned) in [
            ("@tove please", true),
            ("ask @tove.", true),
            ("(@tove)", true),
            ("@tove.l please", false),
            ("@tovelind please", false),
            ("tove", false),
            ("mail tove@larkspur.example", false),
        ] {
            assert_eq!(mentions(body, "tove"), is_mentioned, "{body}");
        }
    }
}
