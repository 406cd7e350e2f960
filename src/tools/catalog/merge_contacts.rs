//! `merge-contacts`: several contacts of one person become one, after a look at them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    drawn::DrawnId,
    front::{
        endpoints::contact_changes::{GetWholeContact, MergeContacts},
        id::ContactId,
    },
    shape::{moment::Moment, text::Text, tokens::estimate},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        contact_merge::{Card, Conflict, Seen, conflicts, foreseen, look},
        contact_named,
        contact_row::{ContactRow, say_ids},
        fit,
    },
};

pub static TOOL: Entry = Entry::of::<MergeContactsTool>();

struct MergeContactsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// First call: the contact that remains, by id, e-mail address or phone number.
    into: Option<String>,
    /// First call: those that go into it and are gone afterwards.
    #[serde(default)]
    #[schemars(length(max = 5))]
    contacts: Vec<String>,
    /// Second call: of the preview, alone.
    preview_id: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum State {
    /// Nothing was done yet.
    Preview,
    Merged,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    state: State,
    /// Pass alone to merge these.
    #[serde(skip_serializing_if = "Option::is_none")]
    preview_id: Option<DrawnId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Moment>,
    /// As they are, the one that remains first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<Card>,
    /// What they differ in, where Front takes one of the values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Conflict>,
    /// The one contact: as expected, or as it is after the merge.
    contact: ContactRow,
    /// Those that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gone: Vec<ContactId>,
}

/// What was shown.
#[derive(Serialize, Deserialize)]
struct Plan {
    into: (ContactId, String),
    contacts: Vec<(ContactId, String)>,
}

impl Tool for MergeContactsTool {
    const SPEC: Spec = Spec {
        name: "merge-contacts",
        title: "Merge contacts",
        description: "Merges contacts of one person, for good. The first call only shows them, with what would become of them, and gives a preview_id; a second call with that merges exactly these.",
        effect: Effect::Remove,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["get-contact", "merge-contacts"];
    const USES: &'static [&'static str] = &["list-contact-conversations"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        match (&input.preview_id, &input.into) {
            (Some(preview), None) if input.contacts.is_empty() => merge(context, preview).await,
            (Some(_), _) => Err(ToolError::invalid(
                "preview_id",
                Text::of("stands alone: what is merged was fixed by the preview"),
            )
            .next("call again with `preview_id` alone, or without it for a new preview")),
            (None, Some(into)) => preview(context, into, &input.contacts).await,
            (None, None) => Err(ToolError::invalid(
                "into",
                Text::of("is missing: the contact that remains, beside `contacts`"),
            )),
        }
    }
}

/// Tokens of what is said beside the contacts.
const AROUND: usize = 100;

async fn preview(
    context: &Context<'_>,
    into: &str,
    contacts: &[String],
) -> Result<Output, ToolError> {
    if contacts.is_empty() {
        return Err(ToolError::invalid(
            "contacts",
            Text::of("is empty: those that go into the other one"),
        ));
    }
    let into = contact_named::id(context, "into", into).await?;
    let others = contact_named::ids(context, "contacts", contacts).await?;
    if others.contains(&into) {
        return Err(ToolError::invalid(
            "contacts",
            Text::of("names the contact that `into` names, too"),
        ));
    }
    let mut seen = vec![look(context, "into", &into).await?];
    for (index, id) in others.iter().enumerate() {
        seen.push(look(context, &format!("contacts[{index}]"), id).await?);
    }
    let mut prints = seen
        .iter()
        .map(|one| (one.contact.id.clone(), one.print.clone()));
    let into = prints.next().ok_or_else(ToolError::unshapable)?;
    let plan = Plan {
        into,
        contacts: prints.collect(),
    };
    let contact = foreseen(&seen).ok_or_else(ToolError::unshapable)?;
    let conflicts = conflicts(&seen);
    let mut cards = Vec::new();
    for one in &seen {
        cards.push(Card::of(context, one).await);
    }
    let mut shown = Output {
        state: State::Preview,
        preview_id: None,
        expires_at: None,
        contacts: cards,
        conflicts,
        contact: ContactRow::of(&contact),
        gone: Vec::new(),
    };
    // What nobody could see whole, nobody may merge.
    if estimate(&shown.report().finish()) + AROUND > fit::MOST {
        let message =
            Text::of("are together more than one result can show, and nothing was prepared");
        return Err(ToolError::invalid("contacts", message)
            .next("merge fewer of them at once, or let a person do it in Front"));
    }
    let ticket = context.previews.keep(context, &plan)?;
    shown.preview_id = Some(ticket.id);
    shown.expires_at = Some(ticket.expires_at);
    Ok(shown)
}

async fn merge(context: &Context<'_>, preview: &str) -> Result<Output, ToolError> {
    let plan: Plan = context.previews.take(context, "preview_id", preview)?;
    for (id, print) in std::iter::once(&plan.into).chain(&plan.contacts) {
        let endpoint = GetWholeContact {
            contact: id.clone(),
        };
        let whole = context.client.clone().fresh().send(&endpoint).await;
        if Seen::print(&whole?) != *print {
            let mut message = Text::of("the contact ");
            message
                .say(id)
                .say(" was changed since the preview, and nothing was merged");
            return Err(ToolError::invalid("preview_id", message)
                .coded("conflict")
                .next("ask for a new preview with `into` and `contacts`"));
        }
    }
    let gone: Vec<_> = plan.contacts.into_iter().map(|(id, _)| id).collect();
    let endpoint = MergeContacts {
        into: plan.into.0,
        contacts: gone.clone(),
    };
    let contact = context.client.send(&endpoint).await?;
    Ok(Output {
        state: State::Merged,
        preview_id: None,
        expires_at: None,
        contacts: Vec::new(),
        conflicts: Vec::new(),
        gone: gone.into_iter().filter(|id| *id != contact.id).collect(),
        contact: ContactRow::of(&contact),
    })
}

impl Report for Output {
    fn report(&self) -> Text {
        let Some(preview) = &self.preview_id else {
            let mut text = Text::of("Merged: ");
            self.contact.say(&mut text);
            say_ids("\nGone: ", &self.gone, &mut text);
            return text;
        };
        let mut text =
            Text::of("Nothing was done yet. These would become the first of them, for good:");
        for card in &self.contacts {
            text.say("\n- ");
            card.say(&mut text);
        }
        text.say("\nResult, as far as Front's rules tell: ");
        self.contact.say(&mut text);
        for conflict in &self.conflicts {
            conflict.say(&mut text);
        }
        text.say("\nIf they are one person, merge with preview_id ")
            .say(preview);
        if let Some(until) = &self.expires_at {
            text.say(" until ").say(until);
        }
        text
    }
}
