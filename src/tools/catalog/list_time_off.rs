//! `list-time-off`: who is off when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::endpoints::people::Active,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        conversation_row::say_next, cursor, roster, rota::Whom, time_off_row::TimeOffRow,
    },
};

pub static TOOL: Entry = Entry::of::<ListTimeOffTool>();

struct ListTimeOffTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// By name, e-mail address or id; all without.
    #[serde(default)]
    #[schemars(length(max = 20))]
    teammates: Vec<String>,
    /// What ends after: ISO 8601, date, Unix seconds. Default now.
    from: Option<String>,
    /// What starts before.
    until: Option<String>,
    /// Rows. Default 50.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// The earliest first.
    time_off: Vec<TimeOffRow>,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Tool for ListTimeOffTool {
    const SPEC: Spec = Spec {
        name: "list-time-off",
        title: "List time off",
        description: "Lists who is off when: now, later, or in a time.",
        effect: Effect::Read,
        toolset: Toolset::People,
    };
    const NEEDS: &'static [&'static str] = &["list-teammates"];
    const USES: &'static [&'static str] = &[
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
        let from = arguments::time(context, "from", input.from.as_deref())?
            .unwrap_or_else(|| context.now().as_second());
        let until = arguments::time(context, "until", input.until.as_deref())?;
        if until.is_some_and(|until| until <= from) {
            return Err(ToolError::invalid(
                "until",
                Text::of("is not after `from`, which is now where it is left out"),
            ));
        }
        let whom = Whom::read(context, "teammates", &input.teammates).await?;
        let active = Active {
            from: Some(from),
            until,
        };
        let all = whom.time_off(context, active).await?;
        let seen = skip.saturating_add(input.limit.unwrap_or(50));
        let rows = all.iter().take(seen).skip(skip);
        Ok(Output {
            time_off: rows
                .map(|(one, whose)| TimeOffRow::of(one, whose.clone(), &whom.all))
                .collect(),
            next_cursor: (seen < all.len())
                .then(|| cursor::write(context, seen))
                .flatten(),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("time off", "times off", &self.time_off, TimeOffRow::say);
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
