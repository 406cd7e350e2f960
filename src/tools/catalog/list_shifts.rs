//! `list-shifts`: the hours that teammates work, and who works them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::id::ShiftId,
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, conversation_row::Person,
        roster, rota::Whom, time_off_row::person, working_hours::written,
    },
};

pub static TOOL: Entry = Entry::of::<ListShiftsTool>();

/// Names in one answer, so that it stays readable in a large company.
const MOST_NAMES: usize = 200;

struct ListShiftsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only shifts of these, by name, e-mail address or id; only they are named then.
    #[serde(default)]
    #[schemars(length(max = 20))]
    teammates: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    shifts: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: ShiftId,
    name: Words,
    /// Such as `Mon-Fri 09:00-17:00`, in its time zone.
    hours: String,
    timezone: Words,
    teammates: Vec<Person>,
    /// More who are on it and did not fit: ask for them by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

impl Tool for ListShiftsTool {
    const SPEC: Spec = Spec {
        name: "list-shifts",
        title: "List shifts",
        description: "Lists shifts: their hours, time zone and who is on them.",
        effect: Effect::Read,
        toolset: Toolset::People,
    };
    const NEEDS: &'static [&'static str] = &["list-teammates", "list-shifts"];
    const USES: &'static [&'static str] = &["list-shifts-teammates", "list-teammate-shifts"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let whom = Whom::read(context, "teammates", &input.teammates).await?;
        let mut room = MOST_NAMES;
        let mut shifts = Vec::new();
        for (shift, mut on_it) in whom.shifts(&context.client).await? {
            on_it.retain(|id| whom.wanted().any(|teammate| teammate.id == *id));
            if on_it.is_empty() && !input.teammates.is_empty() {
                continue;
            }
            let shown = on_it.len().min(room);
            room -= shown;
            shifts.push(Row {
                id: shift.id,
                name: Words::line(&shift.name),
                hours: written(&shift.times),
                timezone: Words::line(&shift.timezone),
                more: (shown < on_it.len()).then(|| on_it.len() - shown),
                teammates: on_it
                    .into_iter()
                    .take(shown)
                    .map(|id| person(id, &whom.all))
                    .collect(),
            });
        }
        Ok(Output { shifts })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        roster::report("shift", "shifts", &self.shifts, |row, text| {
            text.say(&row.id)
                .say(" ")
                .quote(&row.name)
                .say(" ")
                .say(Vouched::ours(row.hours.clone()))
                .say(" ")
                .quote(&row.timezone);
            for (index, teammate) in row.teammates.iter().enumerate() {
                text.say(if index == 0 { ": " } else { ", " });
                teammate.say(text);
            }
            if let Some(more) = row.more {
                text.say(", and more: ").say(more);
            }
        })
    }
}
