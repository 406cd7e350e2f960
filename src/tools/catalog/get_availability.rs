//! `get-availability`: who works at a moment and who is off, everybody on a line.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontError,
        endpoints::people::Active,
        id::TeammateId,
        model::{Teammate, TimeOff},
    },
    shape::{moment::Moment, text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        conversation_row::say_next,
        cursor,
        rota::{Off, OnShift, Whom},
        working_hours::{Presence, presence},
    },
};

pub static TOOL: Entry = Entry::of::<GetAvailabilityTool>();

struct GetAvailabilityTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// By name, e-mail address or id; all without.
    #[serde(default)]
    #[schemars(length(max = 20))]
    teammates: Vec<String>,
    /// ISO 8601, date or Unix seconds. Default now.
    at: Option<String>,
    /// Only those.
    only: Option<Only>,
    /// Rows. Default 50.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Only {
    Off,
    OnShift,
    Available,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    at: Moment,
    teammates: Vec<Row>,
    /// How many are off at that time, shown or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<usize>,
    /// How many are on a shift then and not off.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_shift: Option<usize>,
    /// What may not be read here and is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_known: Vec<Missing>,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Missing {
    Shifts,
    TimeOff,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: TeammateId,
    name: Words,
    /// Takes assignments now, whatever `at` is.
    available: bool,
    /// The shifts that they are on at that time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    on_shift: Vec<Words>,
    /// When the last of these ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    shift_until: Option<Moment>,
    /// They have shifts, and none of them is on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    between_shifts: bool,
    /// Why they are off, if they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<Words>,
    /// Until when; none when it is open-ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    off_until: Option<Moment>,
}

impl Tool for GetAvailabilityTool {
    const SPEC: Spec = Spec {
        name: "get-availability",
        title: "Who is on and who is off",
        description: "Says of each teammate whether they are off, on a shift and available: now or at another time.",
        effect: Effect::Read,
        toolset: Toolset::People,
    };
    const NEEDS: &'static [&'static str] = &["list-teammates"];
    const USES: &'static [&'static str] = &[
        "list-shifts",
        "list-shifts-teammates",
        "list-teammate-shifts",
        "list-teams",
        "list-team-time-offs",
        "list-teammate-time-offs",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let skip: usize = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => 0,
        };
        let at = match arguments::time(context, "at", input.at.as_deref())? {
            Some(seconds) => Timestamp::from_second(seconds).unwrap_or_else(|_| context.now()),
            None => context.now(),
        };
        let whom = Whom::read(context, "teammates", &input.teammates).await?;
        let active = Active {
            from: Some(at.as_second()),
            until: Some(at.as_second() + 1),
        };
        let mut not_known = Vec::new();
        let (shifts, off) =
            futures_util::join!(whom.shifts(&context.client), whom.time_off(context, active));
        let shifts = known(shifts, Missing::Shifts, &mut not_known)?;
        let off = known(off, Missing::TimeOff, &mut not_known)?;
        let rows: Vec<_> = whom
            .wanted()
            .map(|teammate| row(teammate, shifts.as_deref(), off.as_deref(), at))
            .collect();
        let is_off = |row: &Row| row.off.is_some();
        let is_on = |row: &Row| !is_off(row) && !row.on_shift.is_empty();
        let count = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
        let (off_count, on_count) = (count(&is_off), count(&is_on));
        let fitting: Vec<_> = rows
            .into_iter()
            .filter(|row| match input.only {
                None => true,
                Some(Only::Off) => is_off(row),
                Some(Only::OnShift) => is_on(row),
                Some(Only::Available) => row.available && !is_off(row),
            })
            .collect();
        let seen = skip.saturating_add(input.limit.unwrap_or(50));
        Ok(Output {
            at: Moment::at(at),
            next_cursor: (seen < fitting.len())
                .then(|| cursor::write(context, seen))
                .flatten(),
            teammates: fitting.into_iter().take(seen).skip(skip).collect(),
            off: off.is_some().then_some(off_count),
            on_shift: shifts.is_some().then_some(on_count),
            not_known,
        })
    }
}

/// What was read, unless token or operator do not allow it: that is told beside the rest.
fn known<T>(
    read: Result<T, FrontError>,
    what: Missing,
    not_known: &mut Vec<Missing>,
) -> Result<Option<T>, ToolError> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind.is_a_no() => {
            not_known.push(what);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn row(teammate: &Teammate, shifts: Option<&[OnShift]>, off: Option<&[Off]>, at: Timestamp) -> Row {
    let theirs: Vec<_> = shifts
        .unwrap_or_default()
        .iter()
        .filter(|(_, on_it)| on_it.contains(&teammate.id))
        .map(|(shift, _)| (shift, presence(shift, at)))
        .collect();
    let on = theirs
        .iter()
        .filter_map(|(shift, presence)| match presence {
            Presence::Until(until) => Some((*shift, *until)),
            Presence::Away | Presence::Unknown => None,
        });
    let off = longest(
        off.unwrap_or_default()
            .iter()
            .filter(|(_, whose)| whose.as_ref() == Some(&teammate.id)),
    );
    Row {
        id: teammate.id.clone(),
        name: Words::line(&teammate.name()),
        available: teammate.is_available,
        on_shift: on
            .clone()
            .map(|(shift, _)| Words::line(&shift.name))
            .collect(),
        shift_until: on.map(|(_, until)| until).max().map(Moment::at),
        between_shifts: !theirs.is_empty()
            && theirs
                .iter()
                .all(|(_, presence)| *presence == Presence::Away),
        off_until: off.and_then(|off| Moment::from_front(off.end_at)),
        off: off.map(|off| Words::line(&off.name)),
    }
}

/// Of several at once the one that ends last.
fn longest<'rows>(all: impl Iterator<Item = &'rows Off>) -> Option<&'rows TimeOff> {
    let end = |off: &TimeOff| off.end_at.unwrap_or(f64::INFINITY);
    all.map(|(off, _)| off)
        .max_by(|one, other| end(one).total_cmp(&end(other)))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("At ");
        text.say(self.at);
        if let Some(off) = self.off {
            text.say(", off: ").say(off);
        }
        if let Some(on_shift) = self.on_shift {
            text.say(", on a shift: ").say(on_shift);
        }
        for row in &self.teammates {
            text.say("\n- ");
            row.say(&mut text);
        }
        for missing in &self.not_known {
            text.say(match missing {
                Missing::Shifts => "\nShifts may not be read here.",
                Missing::TimeOff => "\nTime off may not be read here.",
            });
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}

impl Row {
    fn say(&self, text: &mut Text) {
        text.say(&self.id).say(" ").quote(&self.name);
        text.say(if self.available {
            " available"
        } else {
            " away"
        });
        if let Some(off) = &self.off {
            text.say("; off ").quote(off);
            match &self.off_until {
                Some(until) => text.say(" until ").say(until),
                None => text.say(" without an end"),
            };
        }
        for shift in &self.on_shift {
            text.say("; on shift ").quote(shift);
        }
        if let Some(until) = &self.shift_until {
            text.say(" until ").say(until);
        }
        if self.between_shifts {
            text.say("; not on a shift");
        }
    }
}
