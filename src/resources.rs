//! Resources: what a person can attach to a conversation with a model, by its address.
//!
//! An address is another way to write the call of a tool that reads: `front://contacts/crd_1` is
//! `get-contact` of `crd_1`. So it is listed where that tool is, and what it reads goes the tool's
//! way: surface, policy, deadline, record, and marks around others' words.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::{
    front::id::{ArticleId, ContactId, ConversationId},
    tools::{Entry, surface::Surface},
};

/// What begins every address.
const SCHEME: &str = "front://";

/// What stands for the id in a template.
const ID: &str = "{id}";

/// One address, or one for each id.
#[derive(Debug)]
pub struct Resource {
    /// Its address; a template where it holds `{id}`.
    pub uri: &'static str,
    /// Its name, for programs.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it holds.
    pub description: &'static str,
    /// How long a host may keep what it read.
    pub fresh: Duration,
    /// The tool that reads it; where it is not listed, neither is the resource.
    tool: &'static str,
    /// Whether a text is an id that may stand in its address.
    takes: fn(&str) -> bool,
}

/// Of things that change under everybody's hands: as long as one look at them takes.
const SHORT: Duration = Duration::from_secs(5);

/// Of lists, as long as they are kept here.
const LONG: Duration = Duration::from_secs(60);

/// A list has no id.
const fn nothing(_: &str) -> bool {
    false
}

/// Every resource, in the order of the lists.
static RESOURCES: [Resource; 6] = [
    Resource {
        uri: "front://inboxes",
        name: "inboxes",
        title: "Inboxes",
        description: "All inboxes.",
        fresh: LONG,
        tool: "list-inboxes",
        takes: nothing,
    },
    Resource {
        uri: "front://tags",
        name: "tags",
        title: "Tags",
        description: "All tags and their parents.",
        fresh: LONG,
        tool: "list-tags",
        takes: nothing,
    },
    Resource {
        uri: "front://teammates",
        name: "teammates",
        title: "Teammates",
        description: "All teammates and whether they are available.",
        fresh: LONG,
        tool: "list-teammates",
        takes: nothing,
    },
    Resource {
        uri: "front://conversations/{id}",
        name: "conversation",
        title: "Conversation",
        description: "A conversation's newest messages and internal comments.",
        fresh: SHORT,
        tool: "get-conversation",
        takes: |id| ConversationId::parse(id).is_some(),
    },
    Resource {
        uri: "front://contacts/{id}",
        name: "contact",
        title: "Contact",
        description: "A contact: name, handles, lists, links, custom fields.",
        fresh: SHORT,
        tool: "get-contact",
        takes: |id| ContactId::parse(id).is_some(),
    },
    Resource {
        uri: "front://articles/{id}",
        name: "article",
        title: "Article",
        description: "An article of a knowledge base.",
        fresh: SHORT,
        tool: "get-article",
        takes: |id| ArticleId::parse(id).is_some(),
    },
];

/// A call that reads what an address names.
#[derive(Debug)]
pub struct Reading {
    /// What is read.
    pub resource: &'static Resource,
    /// By which tool.
    pub tool: &'static str,
    /// With these arguments.
    pub arguments: Map<String, Value>,
}

impl Resource {
    /// Whether it is one for each id.
    pub fn is_template(&self) -> bool {
        self.uri.ends_with(ID)
    }

    fn entry(&self, surface: &Surface) -> Option<&'static Entry> {
        let mut listed = surface.listed();
        listed.find(|entry| entry.spec.name == self.tool)
    }

    /// The arguments for an address, if it is one of this resource's.
    fn arguments(&self, entry: &Entry, address: &str) -> Option<Map<String, Value>> {
        if !self.is_template() {
            return (address == self.uri).then(Map::new);
        }
        let id = address.strip_prefix(self.uri.strip_suffix(ID)?)?;
        if !(self.takes)(id) {
            return None;
        }
        // Whatever the tool calls the one thing that it must be told.
        let required = entry.schemas().input.get("required")?;
        let [Value::String(name)] = required.as_array()?.as_slice() else {
            return None;
        };
        Some(Map::from_iter([(name.clone(), Value::from(id))]))
    }
}

/// The resources whose tools are listed.
pub fn listed(surface: &Surface) -> impl Iterator<Item = &'static Resource> {
    RESOURCES
        .iter()
        .filter(|resource| resource.entry(surface).is_some())
}

/// The call that reads what is at an address; `None` where nothing can be.
pub fn reading(address: &str, surface: &Surface) -> Option<Reading> {
    if !address.starts_with(SCHEME) {
        return None;
    }
    RESOURCES.iter().find_map(|resource| {
        let entry = resource.entry(surface)?;
        Some(Reading {
            resource,
            tool: entry.spec.name,
            arguments: resource.arguments(entry, address)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::mode::SendMode;

    #[test]
    fn addresses_are_calls() {
        let surface = Surface::new(SendMode::Off);
        for (address, tool, arguments) in [
            ("front://inboxes", "list-inboxes", serde_json::json!({})),
            (
                "front://conversations/cnv_1a",
                "get-conversation",
                serde_json::json!({ "conversation_id": "cnv_1a" }),
            ),
            (
                "front://contacts/crd_1a",
                "get-contact",
                serde_json::json!({ "contact": "crd_1a" }),
            ),
        ] {
            let reading = reading(address, &surface).unwrap();
            assert_eq!(reading.tool, tool);
            assert_eq!(Value::Object(reading.arguments), arguments);
        }
    }

    /// Also where the tool is not among those that are shown by default.
    #[test]
    fn every_template_knows_what_its_tool_is_to_be_told() {
        for resource in RESOURCES.iter().filter(|one| one.is_template()) {
            let entry = crate::call::find(resource.tool).unwrap();
            let addresses = ["cnv_1", "crd_1", "kba_1"].map(|id| resource.uri.replace(ID, id));
            let calls = addresses
                .iter()
                .filter_map(|address| resource.arguments(entry, address));
            assert_eq!(calls.count(), 1, "{}", resource.uri);
        }
    }

    #[test]
    fn nothing_else_is_an_address() {
        let surface = Surface::new(SendMode::Off);
        for address in [
            "",
            "front://",
            "front:inboxes",
            "Front://inboxes",
            "front://inboxes/",
            "front://inboxes?x=1",
            "front://inboxes#x",
            "front://inbox%65s",
            "front://conversations/",
            "front://conversations/{id}",
            "front://conversations/msg_1",
            "front://conversations/cnv_1/messages",
            "front://conversations/cnv_1?limit=1",
            "front://conversations/cnv_1%2f",
            "front://conversations/../contacts/crd_1",
            "front://conversations/https://app.frontapp.com/open/cnv_1",
            "front://contacts/jo@acme.example",
            " front://tags",
            "front://tags\n",
            "https://front/tags",
            "file:///etc/passwd",
        ] {
            assert!(reading(address, &surface).is_none(), "{address}");
        }
    }
}
