//! What would be changed and what was, to read.

use super::{DryRun, Output, Skipped, progress::Progress};
use crate::{
    front::id::ConversationId,
    shape::text::Text,
    tools::{Report, bulk::change::Kind},
};

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        if let Some(run) = &self.dry_run {
            run.say(self, &mut text);
        }
        if let Some(progress) = &self.progress {
            progress.say(self, &mut text);
        }
        text
    }
}

impl DryRun {
    fn say(&self, output: &Output, text: &mut Text) {
        text.say("Dry run, nothing was changed. To ");
        output.change.say(text);
        text.say(": ")
            .say(self.would_change.len())
            .say(match self.would_change.len() {
                1 => " conversation",
                _ => " conversations",
            });
        for (index, query) in self.searched.iter().enumerate() {
            text.say(if index == 0 { "; searched " } else { ", " });
            text.quote(query);
        }
        if let Some(beyond) = self.beyond {
            text.say("; at least ")
                .say(beyond)
                .say(" more are found than one plan takes: make these changes, then plan again");
        }
        if !self.would_change.is_empty() {
            text.say(" (id, last activity, subject):");
        }
        for row in &self.would_change {
            text.say("\n").say(&row.conversation_id);
            if let Some(updated) = &row.updated {
                text.say(" ").say(updated);
            }
            if let Some(subject) = &row.subject {
                text.say(" ").quote(subject);
            }
            match (&row.status, &row.assignee) {
                (Some(status), _) => {
                    text.say(" is ").say(status.word());
                }
                (None, Some(assignee)) => {
                    text.say(" assignee ");
                    assignee.say(text);
                }
                (None, None) if output.change.kind == Kind::Assign => {
                    text.say(" assignee nobody");
                }
                (None, None) => {}
            }
        }
        for group in &self.skipped {
            group.say(text);
        }
        if let Some(handle) = &output.handle {
            text.say("\nTo make these changes: `bulk-update` with handle ")
                .say(handle);
        }
    }
}

impl Progress {
    fn say(&self, output: &Output, text: &mut Text) {
        text.say("To ");
        output.change.say(text);
        text.say(": ").say(self.done).say(" of ").say(self.of);
        text.say(" done");
        if self.not_tried > 0 {
            text.say(", ").say(self.not_tried).say(" not tried");
        }
        for group in &self.failed {
            text.say("\nFailed, ").say(group.failure.code);
            if let Some(into) = &group.failure.merged_into {
                text.say(" into ").say(into);
            }
            if let Some(said) = &group.failure.front_says {
                text.say(", Front says ").quote(said);
            }
            say_ids(&group.conversation_ids, text);
        }
        for group in &self.skipped {
            group.say(text);
        }
        if !self.skipped.is_empty() {
            text.say("\nA new dry run shows how the skipped ones are now");
        }
        if !self.unknown.is_empty() {
            text.say("\nPerhaps changed, and looked at before it is repeated");
            say_ids(&self.unknown, text);
        }
        if let Some(stopped) = self.stopped {
            text.say("\nStopped early: ").say(match stopped {
                "time" => "the call's time was up",
                "rate_limited" => "the company's request budget at Front is spent",
                "unanswered" => "Front gave no readable answers",
                code => code,
            });
        }
        if output.handle.is_none() {
            text.say("\nNothing is left to do with this handle.");
        }
        if let Some(handle) = &output.handle {
            text.say("\nTo go on: `bulk-update` with handle ")
                .say(handle);
            if let Some(seconds) = self.retry_after_seconds {
                text.say(", in ").say(seconds).say(" s");
            }
        }
    }
}

impl Skipped {
    fn say(&self, text: &mut Text) {
        text.say("\nSkipped, ").say(self.why.words());
        if let Some(into) = &self.merged_into {
            text.say(" (").say(into).say(")");
        }
        if let Some(moved) = self.changed {
            text.say(", ").say(moved.words());
        }
        say_ids(&self.conversation_ids, text);
    }
}

fn say_ids(ids: &[ConversationId], text: &mut Text) {
    for (index, id) in ids.iter().enumerate() {
        text.say(if index == 0 { ": " } else { " " }).say(id);
    }
}
