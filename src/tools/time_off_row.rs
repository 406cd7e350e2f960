//! A time off as results show it.

use schemars::JsonSchema;
use serde::Serialize;

use super::conversation_row::Person;
use crate::{
    front::{
        id::{TeammateId, TimeOffId},
        model::{Teammate, TimeOff},
    },
    shape::{moment::Moment, text::Text, words::Words},
};

/// One time off.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TimeOffRow {
    /// Its id.
    pub id: TimeOffId,
    /// Who is off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teammate: Option<Person>,
    /// Such as `Holiday`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<Moment>,
    /// Until when; none when it is open-ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Moment>,
    /// Front answers customers by itself meanwhile.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub auto_reply: bool,
}

impl TimeOffRow {
    /// A row of what Front says, with the name of whom it belongs to.
    pub fn of(time_off: &TimeOff, teammate: Option<TeammateId>, all: &[Teammate]) -> Self {
        Self {
            id: time_off.id.clone(),
            teammate: teammate.map(|id| person(id, all)),
            name: Words::some_line(&time_off.name),
            starts: Moment::from_front(time_off.start_at),
            ends: Moment::from_front(time_off.end_at),
            auto_reply: time_off.answers_customers(),
        }
    }

    /// The row on a line.
    pub fn say(&self, text: &mut Text) {
        text.say(&self.id);
        if let Some(teammate) = &self.teammate {
            text.say(" ");
            teammate.say(text);
        }
        if let Some(name) = &self.name {
            text.say(" ").quote(name);
        }
        if let Some(starts) = &self.starts {
            text.say(" from ").say(starts);
        }
        match &self.ends {
            Some(ends) => text.say(" until ").say(ends),
            None => text.say(" without an end"),
        };
        if self.auto_reply {
            text.say("; with an auto-reply");
        }
    }
}

/// A teammate by id, with the name that the list of all has.
pub fn person(id: TeammateId, all: &[Teammate]) -> Person {
    let known = all.iter().find(|teammate| teammate.id == id);
    Person {
        name: known.map_or_else(Words::default, |known| Words::line(&known.name())),
        id,
    }
}
