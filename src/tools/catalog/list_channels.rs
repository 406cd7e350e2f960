//! `list-channels`: every address that messages come in and go out by, kept for a minute.

use std::{collections::HashMap, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontErrorKind,
        id::{ChannelId, InboxId},
        model::{Channel, Inbox},
    },
    shape::{text::Text, words::Words},
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, resolve, roster},
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<ListChannelsTool>();

struct ListChannelsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names or addresses that hold this.
    query: Option<String>,
    /// Only channels of this inbox, by name or id.
    inbox: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    channels: Vec<Row>,
    /// More that did not fit; `query` narrows the list.
    #[serde(skip_serializing_if = "roster::is_none")]
    left_out: usize,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: ChannelId,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Words>,
    /// What receives.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Words>,
    /// What messages leave under, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    send_as: Option<Words>,
    /// `gmail`, `smtp`, `twilio`, `front_chat`, ...
    kind: Words,
    /// Where what it receives arrives.
    #[serde(skip_serializing_if = "Option::is_none")]
    inbox: Option<Home>,
    /// Its settings do not work.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    broken: bool,
}

#[derive(Serialize, JsonSchema)]
struct Home {
    id: InboxId,
    /// Absent where the inbox is not visible.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Words>,
}

impl Tool for ListChannelsTool {
    const SPEC: Spec = Spec {
        name: "list-channels",
        title: "List channels",
        description: "Lists all channels: the addresses, numbers and chats that messages come in and go out by.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-channels"];
    const USES: &'static [&'static str] = &["list-inboxes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let wanted = match &input.inbox {
            Some(given) => Some(resolve::one::<Inbox>(context, "inbox", given).await?.id),
            None => None,
        };
        let channels = context.directory.channels(&context.client).await?;
        let inboxes = visible_inboxes(context).await?;
        let names: HashMap<_, _> = inboxes
            .iter()
            .map(|inbox| (&inbox.id, &inbox.name))
            .collect();
        let rows = roster::matching(&channels, input.query.as_deref(), |channel| {
            vec![&channel.name, &channel.address, &channel.send_as]
        })
        .filter(|channel| wanted.is_none() || channel.links.inbox() == wanted);
        let (channels, left_out) = roster::fitting(rows.map(|channel| row(channel, &names)));
        Ok(Output { channels, left_out })
    }
}

/// Channels are worth telling without the names of their inboxes, where those may not be read.
async fn visible_inboxes(context: &Context<'_>) -> Result<Arc<Vec<Inbox>>, ToolError> {
    match context.directory.inboxes(&context.client).await {
        Ok(inboxes) => Ok(inboxes),
        Err(error) => match error.kind {
            FrontErrorKind::Status(403) | FrontErrorKind::Denied(_) => Ok(Arc::default()),
            _ => Err(error.into()),
        },
    }
}

fn row(channel: &Channel, names: &HashMap<&InboxId, &Untrusted>) -> Row {
    Row {
        id: channel.id.clone(),
        name: Words::some_line(&channel.name),
        address: Words::some_line(&channel.address),
        send_as: Words::some_line(&channel.send_as)
            .filter(|_| channel.send_as.raw() != channel.address.raw()),
        kind: Words::line(&Untrusted::new(channel.kind.clone())),
        inbox: channel.links.inbox().map(|id| Home {
            name: names.get(&id).map(|name| Words::line(name)),
            id,
        }),
        broken: !channel.is_valid,
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("channel", "channels", &self.channels, |row, text| {
            text.say(&row.id);
            match (&row.name, &row.address) {
                (Some(name), Some(address)) => {
                    text.say(" ").quote_address(name, address);
                }
                (Some(one), None) | (None, Some(one)) => {
                    text.say(" ").quote(one);
                }
                (None, None) => {}
            }
            if let Some(send_as) = &row.send_as {
                text.say(" sends as ").quote(send_as);
            }
            text.say(" by ").quote(&row.kind);
            if let Some(inbox) = &row.inbox {
                text.say(" into ");
                if let Some(name) = &inbox.name {
                    text.quote(name).say(" ");
                }
                text.say(&inbox.id);
            }
            if row.broken {
                text.say(" broken");
            }
        });
        roster::say_left_out(self.left_out, &mut text);
        text
    }
}
