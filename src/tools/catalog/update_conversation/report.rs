//! What was changed, to read.

use super::Output;
use crate::{
    shape::{text::Text, words::Foreign},
    tools::{Report, arguments, conversation_row::Named},
};

impl Report for Output {
    fn report(&self) -> Text {
        let mut changes = Text::new();
        if let Some(change) = &self.assignee {
            changes.say("\nassignee: ");
            say_named(change.before.as_ref(), "nobody", &mut changes);
            changes.say(" -> ");
            say_named(change.after.as_ref(), "nobody", &mut changes);
        }
        if let Some(change) = &self.status {
            changes
                .say("\nstatus: ")
                .say(change.before.map(super::Status::word))
                .say(" -> ")
                .say(change.after.map(super::NewStatus::word));
        }
        if let Some(change) = &self.ticket_status {
            changes.say("\nticket status: ");
            say_named(change.before.as_ref(), "none", &mut changes);
            changes.say(" -> ");
            say_named(change.after.as_ref(), "none", &mut changes);
        }
        if let Some(change) = &self.inbox {
            changes.say("\ninbox:");
            for inbox in change.before.iter().flatten() {
                changes.say(" ");
                inbox.say(&mut changes);
            }
            changes.say(" -> ");
            say_named(change.after.as_ref(), "none", &mut changes);
        }
        for field in &self.custom_fields {
            changes.say("\nfield ").quote(&field.name).say(": ");
            say_value(field.before.as_ref(), &mut changes);
            changes.say(" -> ");
            say_value(field.after.as_ref(), &mut changes);
        }
        let is_changed = changes.has_words();
        let mut text = Text::of(match is_changed {
            true => "Updated ",
            false => "Nothing to change on ",
        });
        text.say(&self.conversation_id).append(changes);
        if !self.already.is_empty() {
            text.say("\nAlready so, and not written: ")
                .say(arguments::list(self.already.iter().copied()));
        }
        text
    }
}

fn say_named<'row, Id>(named: Option<&'row Named<Id>>, none: &'static str, text: &mut Text)
where
    &'row Id: crate::shape::text::Own,
{
    match named {
        Some(named) => named.say(text),
        None => {
            text.say(none);
        }
    }
}

fn say_value(value: Option<&Foreign>, text: &mut Text) {
    match value {
        Some(value) => text.quote_json(value),
        None => text.say("none"),
    };
}
