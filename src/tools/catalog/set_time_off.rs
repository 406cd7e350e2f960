//! `set-time-off`: a teammate is off for some time, or at another time than was said.
//!
//! Front can answer customers by itself while somebody is off. That would send what nobody
//! confirmed, so nothing here switches it on, and a time off with it is left to a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    front::{
        endpoints::people::{
            Active, CreateTimeOff, GetTimeOff, ListTimeOffOfTeammate, UpdateTimeOff,
        },
        id::{TeammateId, TimeOffId},
        model::{Teammate, TimeOff},
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments, resolve,
        time_off_row::TimeOffRow,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<SetTimeOffTool>();

struct SetTimeOffTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Who is off, by name, e-mail address or id.
    teammate: Option<String>,
    /// To change one instead, its id.
    time_off_id: Option<String>,
    /// ISO 8601; a date is its midnight.
    starts: Option<String>,
    /// The day after the last, or a time; without, open-ended.
    ends: Option<String>,
    /// Default `Time off`.
    #[schemars(length(min = 1, max = 100))]
    name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    time_off: TimeOffRow,
    /// What it was, if it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<TimeOffRow>,
}

impl Tool for SetTimeOffTool {
    const SPEC: Spec = Spec {
        name: "set-time-off",
        title: "Set time off",
        description: "Enters a teammate's time off, or changes one, always without an auto-reply. To end one early, give its id and `ends`.",
        effect: Effect::Set,
        toolset: Toolset::People,
    };
    /// Front lets the two that write switch on an answer to customers, so they are guarded.
    const NEEDS: &'static [&'static str] = &["create-time-off", "update-time-off"];
    const USES: &'static [&'static str] =
        &["list-teammates", "get-time-off", "list-teammate-time-offs"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let times = (
            arguments::time(context, "starts", input.starts.as_deref())?,
            arguments::time(context, "ends", input.ends.as_deref())?,
        );
        match (&input.time_off_id, &input.teammate) {
            (Some(id), None) => change(context, id, times, input.name).await,
            (None, Some(teammate)) => {
                let teammate = resolve::id::<Teammate>(context, "teammate", teammate).await?;
                enter(context, teammate, times, input.name).await
            }
            (Some(_), Some(_)) => Err(ToolError::invalid(
                "teammate",
                Text::of("is not given with `time_off_id`, which stays with whom it belongs to"),
            )),
            (None, None) => Err(ToolError::invalid(
                "teammate",
                Text::of("is missing: whom to enter a time off for"),
            )),
        }
    }
}

type Times = (Option<i64>, Option<i64>);

async fn enter(
    context: &Context<'_>,
    teammate: TeammateId,
    (starts, ends): Times,
    name: Option<String>,
) -> Result<Output, ToolError> {
    let Some(starts) = starts else {
        return Err(ToolError::invalid("starts", Text::of("is missing")));
    };
    check_order(Some(starts as f64), ends.map(|ends| ends as f64))?;
    let there = ListTimeOffOfTeammate {
        teammate: teammate.clone(),
        active: Active {
            from: Some(starts),
            until: ends,
        },
    };
    let until = ends.map_or(f64::INFINITY, |ends| ends as f64);
    let page = context.client.send(&there).await?;
    let meanwhile = page
        .results
        .iter()
        .find(|one| one.overlaps(starts as f64, until));
    if let Some(one) = meanwhile {
        let mut message = Text::of("there is a time off in that time, and nothing was entered: ");
        TimeOffRow::of(one, None, &[]).say(&mut message);
        return Err(ToolError::invalid("starts", message)
            .coded("already_exists")
            .next("change that one with its id as `time_off_id`, or give other times"));
    }
    let mut time_off = json!({
        "name": name.unwrap_or_else(|| "Time off".to_owned()),
        "start_at": starts,
    });
    if let (Some(ends), Some(fields)) = (ends, time_off.as_object_mut()) {
        fields.insert("end_at".into(), json!(ends));
    }
    let endpoint = CreateTimeOff {
        teammate: teammate.clone(),
        time_off,
    };
    let made = context.client.send(&endpoint).await?;
    Ok(Output {
        time_off: row(context, &made, Some(teammate)).await,
        before: None,
    })
}

async fn change(
    context: &Context<'_>,
    id: &str,
    (starts, ends): Times,
    name: Option<String>,
) -> Result<Output, ToolError> {
    let time_off = TimeOffId::parse(resolve::unwrapped(id)).ok_or_else(|| {
        resolve::wrong_id(
            "time_off_id",
            id,
            "the id of a time off such as `vcr_55c8c149`",
        )
        .next("find it with `list-time-off`")
    })?;
    let get = GetTimeOff {
        time_off: time_off.clone(),
    };
    let before = context.client.send(&get).await?;
    if before.answers_customers() {
        return Err(ToolError::refused(Text::of(
            "this time off answers customers by itself while it lasts, so nothing was changed",
        ))
        .on("time_off_id")
        .next("tell the user; it is changed in Front"));
    }
    let mut after = before.clone();
    let mut changes = Map::new();
    if let Some(starts) = starts {
        after.start_at = Some(starts as f64);
        changes.insert("start_at".into(), json!(starts));
    }
    if let Some(ends) = ends {
        after.end_at = Some(ends as f64);
        changes.insert("end_at".into(), json!(ends));
    }
    if let Some(name) = name {
        after.name = Untrusted::new(name.as_str());
        changes.insert("name".into(), json!(name));
    }
    check_order(after.start_at, after.end_at)?;
    if changes.is_empty() {
        return Err(ToolError::invalid(
            "ends",
            Text::of("is missing, and so are `starts` and `name`: there is nothing to change"),
        ));
    }
    let endpoint = UpdateTimeOff {
        time_off,
        changes: Value::Object(changes),
    };
    context.client.send(&endpoint).await?;
    let whose = before.links.teammate();
    Ok(Output {
        time_off: row(context, &after, whose.clone()).await,
        before: Some(row(context, &before, whose).await),
    })
}

fn check_order(starts: Option<f64>, ends: Option<f64>) -> Result<(), ToolError> {
    match (starts, ends) {
        (Some(starts), Some(ends)) if ends <= starts => Err(ToolError::invalid(
            "ends",
            Text::of("is not after the start"),
        )),
        _ => Ok(()),
    }
}

/// Names are what the list of teammates has; without it the id is enough.
async fn row(context: &Context<'_>, one: &TimeOff, whose: Option<TeammateId>) -> TimeOffRow {
    let all = context.directory.teammates(&context.client).await;
    TimeOffRow::of(one, whose, &all.unwrap_or_default())
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Time off: ");
        self.time_off.say(&mut text);
        if let Some(before) = &self.before {
            text.say("\nBefore: ");
            before.say(&mut text);
        }
        text
    }
}
