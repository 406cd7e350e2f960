//! `update-contact-handles`: ways to reach a contact, added and taken off.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontError, FrontErrorKind,
        endpoints::{
            contact_changes::{AddHandle, RemoveHandle},
            contacts::GetContact,
        },
        id::ContactId,
        model::Contact,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        arguments::clip,
        contact_named,
        contact_row::{ContactRow, HandleRow},
        handle::Handle,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<UpdateContactHandlesTool>();

struct UpdateContactHandlesTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Contact id, e-mail address, phone number, or `source:handle`.
    contact: String,
    /// E-mail addresses, phone numbers, or `source:handle` (`twitter:@jo`).
    #[serde(default)]
    #[schemars(length(max = 20))]
    add: Vec<String>,
    /// The same, to take off. One always stays.
    #[serde(default)]
    #[schemars(length(max = 20))]
    remove: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    contact_id: ContactId,
    /// What was added and was not there.
    added: Vec<HandleRow>,
    removed: Vec<HandleRow>,
    /// Those that it has now.
    handles: Vec<HandleRow>,
}

impl Tool for UpdateContactHandlesTool {
    const SPEC: Spec = Spec {
        name: "update-contact-handles",
        title: "Change a contact's handles",
        description: "Adds ways to reach a contact and takes others off. Mail from a handle that was taken off no longer belongs to the contact.",
        effect: Effect::Remove,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] =
        &["get-contact", "add-contact-handle", "delete-contact-handle"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let mut add = read("add", &input.add)?;
        let remove = read("remove", &input.remove)?;
        let contact = contact_named::read(context, "contact", &input.contact).await?;
        let mut handles = of(&contact);
        for (index, gone) in remove.iter().enumerate() {
            check_there(&handles, &format!("remove[{index}]"), gone)?;
        }
        add.retain(|new| !handles.iter().any(|known| is_same(known, new)));
        let stays = |known: &Handle| !remove.iter().any(|gone| is_same(known, gone));
        if add.is_empty() && !handles.iter().any(stays) {
            return Err(ToolError::invalid(
                "remove",
                Text::of("would leave the contact without a handle, so nothing was changed"),
            )
            .next("keep one, or add another in the same call"));
        }
        let mut done = 0;
        for new in &add {
            let endpoint = AddHandle {
                contact: contact.id.clone(),
                source: new.source.clone(),
                handle: new.handle.clone(),
            };
            if let Err(error) = context.client.send(&endpoint).await {
                return Err(after(done, taken(context, new, error).await));
            }
            done += 1;
        }
        let (gone, kept): (Vec<_>, Vec<_>) = handles.drain(..).partition(|known| !stays(known));
        for each in &gone {
            let endpoint = RemoveHandle {
                contact: contact.id.clone(),
                source: each.source.clone(),
                handle: each.handle.clone(),
            };
            if let Err(error) = context.client.send(&endpoint).await {
                return Err(after(done, error.into()));
            }
            done += 1;
        }
        Ok(Output {
            contact_id: contact.id,
            handles: kept.iter().chain(&add).map(row).collect(),
            added: add.iter().map(row).collect(),
            removed: gone.iter().map(row).collect(),
        })
    }
}

fn read(field: &str, given: &[String]) -> Result<Vec<Handle>, ToolError> {
    let mut handles: Vec<Handle> = Vec::new();
    for (index, each) in given.iter().enumerate() {
        let handle = Handle::read(each).ok_or_else(|| {
            let mut message =
                Text::of("is neither an e-mail address, a phone number nor `source:handle`: ");
            message.quote_text(&clip(each));
            ToolError::invalid(format!("{field}[{index}]"), message)
        })?;
        if !handles.iter().any(|known| is_same(known, &handle)) {
            handles.push(handle);
        }
    }
    Ok(handles)
}

fn of(contact: &Contact) -> Vec<Handle> {
    let handles = contact.handles.iter();
    handles
        .map(|handle| Handle {
            source: handle.source.raw().to_owned(),
            handle: handle.handle.raw().to_owned(),
        })
        .collect()
}

/// Front keeps numbers as they were typed somewhere.
fn is_same(one: &Handle, other: &Handle) -> bool {
    let plain = |handle: &Handle| match handle.source.as_str() {
        "phone" => handle.handle.replace([' ', '-', '(', ')', '.', '/'], ""),
        _ => handle.handle.to_lowercase(),
    };
    one.source == other.source && plain(one) == plain(other)
}

fn check_there(handles: &[Handle], field: &str, gone: &Handle) -> Result<(), ToolError> {
    if handles.iter().any(|known| is_same(known, gone)) {
        return Ok(());
    }
    let all: Vec<_> = handles
        .iter()
        .map(|known| format!("{}:{}", known.source, known.handle))
        .collect();
    let mut message = Text::of("is not a handle of this contact, so nothing was changed; it has ");
    message.quote_text(&clip(&all.join(", ")));
    Err(ToolError::not_found(field, message))
}

/// Front answers a handle that another contact has with a bare conflict.
async fn taken(context: &Context<'_>, handle: &Handle, error: FrontError) -> ToolError {
    if !matches!(error.kind, FrontErrorKind::Status(409)) {
        return error.into();
    }
    let Ok(endpoint) = GetContact::by_handle(&handle.source, &handle.handle) else {
        return error.into();
    };
    let Ok(owner) = context.client.send(&endpoint).await else {
        return error.into();
    };
    let mut message = Text::of("holds a handle that already belongs to another contact: ");
    ContactRow::of(&owner).say(&mut message);
    ToolError::invalid("add", message)
        .coded("already_exists")
        .next("take it off there first, or merge the two contacts")
}

fn after(done: usize, error: ToolError) -> ToolError {
    match done {
        0 => error,
        _ => error
            .and("some of the handles were changed before that")
            .next("read the contact with `get-contact`, then call again with what is left"),
    }
}

fn row(handle: &Handle) -> HandleRow {
    HandleRow {
        source: Words::line(&Untrusted::new(handle.source.as_str())),
        handle: Words::line(&Untrusted::new(handle.handle.as_str())),
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Contact ");
        text.say(&self.contact_id);
        for (what, rows) in [
            ("\nAdded:", &self.added),
            ("\nRemoved:", &self.removed),
            ("\nNow:", &self.handles),
        ] {
            if rows.is_empty() {
                continue;
            }
            text.say(what);
            for row in rows {
                text.say(" ").quote_text(&format!(
                    "{}:{}",
                    row.source.as_str(),
                    row.handle.as_str()
                ));
            }
        }
        text
    }
}
