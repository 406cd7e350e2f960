//! `run-report`: numbers about whole days, perhaps beside those of the days before. Front computes
//! them in its own time; a call that cannot wait so long says how another goes on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    front::{
        FrontErrorKind,
        endpoints::analytics::{CreateReport, GetReport},
        model::analytics::{Progress, Report as FrontReport, ReportUid},
    },
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        analytics::{
            filters::{self, Filters},
            goes_alone, lost, metrics, not_begun,
            period::{Days, Period},
            request,
            value::{Typed, plain},
            waiting::{Job, Waiting, given_up},
        },
        arguments,
    },
};

pub static TOOL: Entry = Entry::of::<RunReportTool>();

struct RunReportTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// First day: date, or age such as `7d`.
    start: Option<String>,
    /// Last day, included. Default yesterday.
    end: Option<String>,
    /// Front's metric ids, such as `num_messages_received`. Default: volume, backlog and response times.
    #[serde(default)]
    #[schemars(length(max = 25))]
    metrics: Vec<String>,
    /// Kinds are combined with and.
    #[serde(default)]
    filters: Filters,
    /// Beside the same number of days before.
    #[serde(default)]
    compare: bool,
    /// To go on with a running report, without the arguments above.
    report_id: Option<String>,
    /// The one it is compared with.
    previous_report_id: Option<String>,
    /// Seconds to wait at most.
    #[schemars(range(max = 600))]
    wait: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// While it is `running`, another call with the report's id goes on.
    status: Progress,
    /// Per cent of the work.
    percent: u64,
    /// Pass as `report_id` to go on.
    report_id: ReportUid,
    /// The days, where this call asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Days>,
    /// The numbers that are there.
    metrics: Vec<Row>,
    /// What it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Previous>,
}

#[derive(Serialize, JsonSchema)]
struct Previous {
    /// Pass as `previous_report_id` to go on; absent when there was no time to ask for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<ReportUid>,
    /// Its days, where this call asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Days>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    /// Front's id of it.
    metric: Words,
    value: Typed,
    /// In the days before.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Typed>,
    /// Per cent more than before.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<f64>,
}

/// The reports of a call: the one, and perhaps the one it is compared with.
struct Asked {
    looks: Vec<(GetReport, Option<FrontReport>)>,
    period: Option<Days>,
    previous: Option<Previous>,
}

impl Tool for RunReportTool {
    const SPEC: Spec = Spec {
        name: "run-report",
        title: "Run a report",
        description: "Has Front compute numbers about whole days: volume, backlog, response times, satisfaction. Front may need minutes: a `running` result says which report_id goes on.",
        effect: Effect::Create,
        toolset: Toolset::Analytics,
    };
    const NEEDS: &'static [&'static str] = &["create-analytics-report", "get-analytics-report"];
    const USES: &'static [&'static str] = filters::USES;
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let waiting = Waiting::of(context, input.wait);
        let asked = match &input.report_id {
            Some(id) => known(&input, id)?,
            None => ask(context, &waiting, &input).await?,
        };
        let ids: Vec<_> = asked
            .looks
            .iter()
            .map(|(look, _)| look.report.clone())
            .collect();
        let found = waiting
            .follow(context, asked.looks)
            .await
            .map_err(|error| lost(error, "report_id", asked.period.is_some(), go_on(&ids)))?;
        output(found, asked.period, asked.previous)
    }
}

/// Reports that an earlier call asked for.
fn known(input: &Input, id: &str) -> Result<Asked, ToolError> {
    let given = [
        ("start", input.start.is_some()),
        ("end", input.end.is_some()),
        ("metrics", !input.metrics.is_empty()),
        ("filters", !input.filters.is_empty()),
        ("compare", input.compare),
    ];
    goes_alone("report_id", "report", &given)?;
    let previous = match &input.previous_report_id {
        Some(id) => Some(uid("previous_report_id", id)?),
        None => None,
    };
    let look = |report: ReportUid| (GetReport { report }, None);
    let looks = [Some(uid("report_id", id)?), previous.clone()];
    Ok(Asked {
        looks: looks.into_iter().flatten().map(look).collect(),
        period: None,
        previous: previous.map(|id| Previous {
            report_id: Some(id),
            period: None,
        }),
    })
}

fn uid(field: &str, given: &str) -> Result<ReportUid, ToolError> {
    ReportUid::parse(given.trim()).ok_or_else(|| {
        let mut message = Text::of("is not the id of a report: ");
        message.quote_text(&arguments::clip(given));
        ToolError::invalid(field, message)
            .next("give the `report_id` of an earlier result, or leave it out for a new report")
    })
}

async fn ask(context: &Context<'_>, waiting: &Waiting, input: &Input) -> Result<Asked, ToolError> {
    if input.previous_report_id.is_some() {
        let message = Text::of("goes with `report_id` alone");
        return Err(ToolError::invalid("previous_report_id", message));
    }
    let period = Period::read(context, input.start.as_deref(), input.end.as_deref())?;
    let metrics = metrics::metrics(&input.metrics)?;
    let filters = input.filters.resolve(context).await?;
    let report = |period: &Period| CreateReport {
        report: body(period, &metrics, filters.clone()),
    };
    let first = waiting
        .client
        .send(&report(&period))
        .await
        .map_err(|error| not_begun(error, "report"))?;
    let mut asked = Asked {
        looks: vec![look(first)],
        period: Some(period.shown()),
        previous: None,
    };
    if let Some(before) = period.before().filter(|_| input.compare) {
        // Front takes one report in three seconds; the client waits for that if there is time.
        let second = match waiting.client.send(&report(&before)).await {
            Ok(second) => Some(second),
            Err(error) if matches!(error.kind, FrontErrorKind::RateLimited(_)) => None,
            Err(error) => {
                let ids: Vec<_> = asked
                    .looks
                    .iter()
                    .map(|(look, _)| look.report.clone())
                    .collect();
                return Err(lost(error, "report_id", true, go_on(&ids)));
            }
        };
        asked.previous = Some(Previous {
            report_id: second.as_ref().map(|report| report.uid.clone()),
            period: Some(before.shown()),
        });
        asked.looks.extend(second.map(look));
    }
    Ok(asked)
}

fn look(report: FrontReport) -> (GetReport, Option<FrontReport>) {
    let get = GetReport {
        report: report.uid.clone(),
    };
    (get, Some(report))
}

fn body(period: &Period, metrics: &[&str], filters: Option<Value>) -> Value {
    let mut body = request(period, filters);
    body.insert("metrics".to_owned(), json!(metrics));
    Value::Object(body)
}

/// How another call goes on with these.
fn go_on(ids: &[ReportUid]) -> Text {
    let mut next = Text::of("to go on with what Front has begun, call again");
    say_ids(ids.first(), ids.get(1), &mut next);
    next.say(" alone");
    next
}

fn say_ids(report: Option<&ReportUid>, previous: Option<&ReportUid>, text: &mut Text) {
    if let Some(id) = report {
        text.say(" with report_id ").say(id);
    }
    if let Some(id) = previous {
        text.say(" and previous_report_id ").say(id);
    }
}

fn output(
    found: Vec<FrontReport>,
    period: Option<Days>,
    previous: Option<Previous>,
) -> Result<Output, ToolError> {
    for report in &found {
        if let Some(error) = given_up(report.status, "report") {
            return Err(error);
        }
    }
    let is_done = found.iter().all(|report| report.status == Progress::Done);
    let percent = found.iter().map(Job::percent).sum::<u64>() / (found.len() as u64).max(1);
    let mut found = found.into_iter();
    let report = found.next().ok_or_else(ToolError::unshapable)?;
    let before = found.next();
    let status = match (is_done, report.status) {
        (true, _) => Progress::Done,
        (false, Progress::Done) => Progress::Running,
        (false, status) => status,
    };
    Ok(Output {
        status,
        percent: if is_done { 100 } else { percent.min(99) },
        metrics: rows(&report, before.as_ref()),
        report_id: report.uid,
        period,
        previous,
    })
}

fn rows(report: &FrontReport, before: Option<&FrontReport>) -> Vec<Row> {
    // Of one that is at work, whatever it says is no number yet.
    let metrics = |report: &FrontReport| match report.status {
        Progress::Done => report.metrics.clone(),
        _ => Vec::new(),
    };
    let earlier = before.map(metrics).unwrap_or_default();
    let row = |metric| {
        let value = Typed::of(metric);
        let previous = earlier
            .iter()
            .find(|one| one.id == metric.id)
            .map(Typed::of);
        Row {
            metric: Words::line(&metric.id),
            change: previous
                .as_ref()
                .and_then(|previous| value.change(previous)),
            value,
            previous,
        }
    };
    metrics(report).iter().map(row).collect()
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        if self.status != Progress::Done {
            text.say("Front is at work: ")
                .say(self.percent)
                .say(" percent. To go on, call `run-report`");
            let previous = self
                .previous
                .as_ref()
                .and_then(|one| one.report_id.as_ref());
            say_ids(Some(&self.report_id), previous, &mut text);
            text.say(" alone; nothing new is made by that.\n");
        }
        text.say("Report ").say(&self.report_id);
        if let Some(period) = &self.period {
            text.say(", ");
            period.say(&mut text);
        }
        if let Some(previous) = &self.previous {
            text.say("; before: ");
            match &previous.period {
                Some(period) => period.say(&mut text),
                None => {
                    text.say(previous.report_id.as_ref());
                }
            }
            if previous.report_id.is_none() {
                text.say(", for which there was no time: ask for these days in another call");
            }
        }
        for row in &self.metrics {
            row.say(&mut text);
        }
        text
    }
}

impl Row {
    fn say(&self, text: &mut Text) {
        text.say("\n- ");
        match metrics::known(self.metric.as_str()) {
            Some(metric) => text.say(metric),
            None => text.quote(&self.metric),
        };
        text.say(": ");
        self.value.say(text);
        if let Some(previous) = &self.previous {
            text.say(" (before ");
            previous.say(text);
            if let Some(change) = self.change {
                let sign = if change > 0.0 { "+" } else { "" };
                text.say(Vouched::ours(format!(", {sign}{} %", plain(change))));
            }
            text.say(")");
        }
    }
}
