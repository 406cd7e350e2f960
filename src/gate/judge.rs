//! What the policy says of a message: asked when it is sealed, and again when it goes.

use super::{
    kill_switch,
    letter::{Letter, Pinned},
    policy::{Author, Decision, Policy, SendFacts, Tag},
};
use crate::front::id::{InboxId, TagId};

/// Whether a message through a channel of this inbox may be prepared or sent. Looks for kill
/// switch files, and at nothing else.
pub fn judge(
    policy: &Policy,
    letter: &Letter,
    inbox: Option<&InboxId>,
    is_draft: bool,
) -> Decision {
    let [to, cc, bcc] = [&letter.to, &letter.cc, &letter.bcc]
        .map(|list| list.iter().map(String::as_str).collect::<Vec<_>>());
    let tags: Vec<_> = letter.tags.iter().map(tag).collect();
    policy.send(&SendFacts {
        is_reply: letter.conversation().is_some(),
        is_draft,
        to: &to,
        cc: &cc,
        bcc: &bcc,
        author: letter.author.as_ref().map(|author| Author {
            id: author.id.as_str(),
            email: letter.author_email.as_deref(),
        }),
        tags: &tags,
        channel_inbox: inbox.map(InboxId::as_str),
        killed: kill_switch::is_on(policy),
    })
}

fn tag(tag: &Pinned<TagId>) -> Tag<'_> {
    Tag {
        id: tag.id.as_str(),
        name: &tag.name,
    }
}
