//! What colleagues are told of a shared draft whose recipients an agent changes: whoever is about
//! to press Send shall not find out afterwards who it went to.

use super::merge::of_role;
use crate::{
    front::{endpoints::drafts::CommentOnDraft, id::CommentId, model::Message as FrontMessage},
    shape::visible::one_line,
    tools::{Context, ToolError, handle::LONGEST_ADDRESS, sending::Message},
};

/// Tells them in a comment on the conversation, before anything is changed: what cannot be told is not
/// done.
pub async fn tell_colleagues(
    context: &Context<'_>,
    before: &FrontMessage,
    after: &Message,
) -> Result<Option<CommentId>, ToolError> {
    let Some(conversation) = before.links.conversation() else {
        return Ok(None);
    };
    let was = ["to", "cc", "bcc"].map(|role| of_role(before, role));
    let text = format!(
        "An agent (front-mcp) changes who the shared draft {} goes to. Check the recipients before you send it.\nNow: {}\nBefore: {}",
        before.id,
        people([&after.to, &after.cc, &after.bcc]),
        people([&was[0], &was[1], &was[2]]),
    );
    let comment = CommentOnDraft { conversation, text };
    match context.client.send(&comment).await {
        Ok(comment) => Ok(Some(comment.id)),
        Err(error) => Err(ToolError::from(error)
            .and("new recipients of a shared draft are told in a comment first, so the draft was not changed")),
    }
}

fn people(lists: [&Vec<String>; 3]) -> String {
    let named: Vec<_> = ["To", "Cc", "Bcc"]
        .into_iter()
        .zip(lists)
        .filter(|(_, list)| !list.is_empty())
        .map(|(name, list)| {
            let all: Vec<_> = list
                .iter()
                .map(|one| one_line(one, LONGEST_ADDRESS))
                .collect();
            format!("{name} {}", all.join(", "))
        })
        .collect();
    match named.is_empty() {
        true => "nobody".to_owned(),
        false => named.join("; "),
    }
}
