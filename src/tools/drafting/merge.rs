//! A draft as it is, with what is to be changed of it: Front takes a draft whole.

use serde_json::{Value, json};

use super::Access;
use crate::{
    front::{
        id::TeammateId,
        model::{Channel, Message as FrontMessage},
    },
    shape::text::Text,
    shape::{mail::Quotes, outgoing::Outgoing},
    tools::{
        Context, ToolError,
        composing::{author, recipients, subject},
        resolve,
        sending::{Kind, Message},
        timeline,
    },
};

/// What is to be changed; what is absent stays.
#[derive(Debug, Default)]
pub struct Rewrite {
    /// The text.
    pub body: Option<Outgoing>,
    /// The subject.
    pub subject: Option<String>,
    /// Recipients.
    pub to: Option<Vec<String>>,
    /// Copies.
    pub cc: Option<Vec<String>>,
    /// Blind copies.
    pub bcc: Option<Vec<String>>,
    /// The channel.
    pub channel: Option<String>,
}

impl Rewrite {
    /// Whether nothing of it is given.
    pub fn changes_nothing(&self) -> bool {
        let Self {
            body,
            subject,
            to,
            cc,
            bcc,
            channel,
        } = self;
        body.is_none()
            && subject.is_none()
            && to.is_none()
            && cc.is_none()
            && bcc.is_none()
            && channel.is_none()
    }
}

/// The draft as it is to be.
pub struct Merged {
    /// What it says to whom.
    pub letter: Message,
    /// It goes to others than before.
    pub has_new_recipients: bool,
}

impl Merged {
    /// Front's body for the change.
    pub fn change(&self, version: &str) -> Value {
        let letter = &self.letter;
        let mut change = json!({
            "to": letter.to,
            "cc": letter.cc,
            "bcc": letter.bcc,
            "body": letter.html,
            "channel_id": letter.channel,
            "version": version,
            "should_add_default_signature": false,
        });
        if let Some(fields) = change.as_object_mut() {
            if let Some(subject) = &letter.subject {
                fields.insert("subject".into(), json!(subject));
            }
            if let Some(author) = &letter.author {
                fields.insert("author_id".into(), json!(author.id));
            }
        }
        change
    }
}

/// Puts the changes into the draft.
pub async fn merge(
    context: &Context<'_>,
    access: &Access,
    rewrite: Rewrite,
) -> Result<Merged, ToolError> {
    let now = &access.now;
    let channel = channel(context, access, rewrite.channel.as_deref()).await?;
    let named = |field: &str, given: &Option<Vec<String>>, role: &str| match given {
        Some(given) => recipients(field, given, &channel),
        None => Ok(of_role(now, role)),
    };
    let to = named("to", &rewrite.to, "to")?;
    let cc = named("cc", &rewrite.cc, "cc")?;
    let bcc = named("bcc", &rewrite.bcc, "bcc")?;
    if to.is_empty() && rewrite.to.is_some() {
        return Err(ToolError::invalid("to", Text::of("names nobody")).next("give `to`"));
    }
    let has_new_recipients = [("to", &to), ("cc", &cc), ("bcc", &bcc)]
        .into_iter()
        .any(|(role, list)| sorted(list) != sorted(&of_role(now, role)));
    let (author, author_email) = match writer(access) {
        Some(id) => author(context, id.as_str()).await?,
        None => (None, None),
    };
    let subject = match &rewrite.subject {
        Some(given) => subject(Some(given))?,
        None => Some(now.subject.raw().to_owned()).filter(|subject| !subject.is_empty()),
    };
    let body = rewrite.body.unwrap_or_else(|| Outgoing {
        html: now.body.raw().to_owned(),
        text: timeline::body(now, Quotes::Keep).markdown,
    });
    let letter = Message {
        kind: match now.links.conversation() {
            Some(conversation) => Kind::Reply {
                conversation,
                last_message: None,
            },
            None => Kind::New,
        },
        channel: channel.id.clone(),
        from: channel.sender().raw().to_owned(),
        to,
        cc,
        bcc,
        subject,
        html: body.html,
        text: body.text,
        author,
        author_email,
        archive: false,
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    Ok(Merged {
        letter,
        has_new_recipients,
    })
}

/// In whose name it is: of an own draft only who was named.
fn writer(access: &Access) -> Option<TeammateId> {
    match &access.own {
        Some((_, author)) => author.clone(),
        None => access.now.author.as_ref().map(|author| author.id.clone()),
    }
}

async fn channel(
    context: &Context<'_>,
    access: &Access,
    given: Option<&str>,
) -> Result<Channel, ToolError> {
    if let Some(given) = given {
        return resolve::channel(context, "channel_id", given).await;
    }
    if let Some((channel, _)) = &access.own {
        return resolve::channel(context, "channel_id", channel.as_str()).await;
    }
    let from = of_role(&access.now, "from");
    let channels = context.directory.channels(&context.client).await?;
    let leaves_from = |channel: &&Channel| {
        let addresses = [&channel.address, &channel.send_as];
        from.iter().any(|from| {
            addresses
                .iter()
                .any(|address| address.raw().eq_ignore_ascii_case(from))
        })
    };
    let mut found = channels.iter().filter(leaves_from);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only.clone()),
        _ => Err(ToolError::invalid(
            "channel_id",
            Text::of("must be given: the draft does not say through which channel it leaves"),
        )
        .next("`list-channels` shows the channels")),
    }
}

/// Who a draft names in a role.
pub(super) fn of_role(draft: &FrontMessage, role: &str) -> Vec<String> {
    draft
        .recipients
        .iter()
        .filter(|recipient| recipient.role == role)
        .map(|recipient| recipient.handle.raw().to_owned())
        .collect()
}

fn sorted(list: &[String]) -> Vec<String> {
    let mut list: Vec<_> = list.iter().map(|one| one.to_lowercase()).collect();
    list.sort_unstable();
    list
}
