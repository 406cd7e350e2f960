//! `export-data`: a table of messages or events, which Front writes in its own time as a CSV file.
//!
//! The file itself is not fetched. Front gives an address for it that belongs to none of the
//! operations it documents, perhaps on another host; a token, or a look at what lies there, goes
//! to such a place by a person's hand alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    front::{
        endpoints::analytics::{CreateExport, GetExport},
        id::AnalyticsExportId,
        model::analytics::{Export, Progress},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        analytics::{
            Kind,
            columns::columns,
            filters::{self, Filters},
            goes_alone, lost, not_begun,
            period::{Days, Period},
            request,
            waiting::{Waiting, given_up},
        },
        resolve,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<ExportDataTool>();

struct ExportDataTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// A row for each message or each event.
    #[serde(rename = "type")]
    kind: Option<Kind>,
    /// First day: date, or age such as `7d`.
    start: Option<String>,
    /// Last day, included. Default yesterday.
    end: Option<String>,
    /// Front's column names, such as `Message ID`. Default: Front's own choice.
    #[serde(default)]
    #[schemars(length(max = 71))]
    columns: Vec<String>,
    /// Kinds are combined with and.
    #[serde(default)]
    filters: Filters,
    /// To go on with a running export, without the arguments above.
    export_id: Option<String>,
    /// Seconds to wait at most.
    #[schemars(range(max = 600))]
    wait: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// While it is `running`, another call with the export's id goes on.
    status: Progress,
    /// Per cent of the work.
    percent: u64,
    /// Pass as `export_id` to go on.
    export_id: AnalyticsExportId,
    /// The days, where this call asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Days>,
    /// What the CSV file is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<Words>,
    /// Bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    /// The host that the file lies on, for a person to fetch it from.
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<Words>,
    /// The file's address, where it is one of Front's own; opening it takes a sign-in to Front.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Words>,
}

impl Tool for ExportDataTool {
    const SPEC: Spec = Spec {
        name: "export-data",
        title: "Export data",
        description: "Has Front write a CSV file of messages or events of whole days, for a person to fetch. Front may need minutes: a `running` result says which export_id goes on.",
        effect: Effect::Create,
        toolset: Toolset::Analytics,
    };
    const NEEDS: &'static [&'static str] = &["create-analytics-export", "get-analytics-export"];
    const USES: &'static [&'static str] = filters::USES;
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let waiting = Waiting::of(context, input.wait);
        let (id, known, period) = match &input.export_id {
            Some(id) => (known(&input, id)?, None, None),
            None => {
                let (export, period) = ask(context, &waiting, &input).await?;
                (export.id.clone(), Some(export), Some(period))
            }
        };
        let look = GetExport { export: id.clone() };
        let found = waiting
            .follow(context, vec![(look, known)])
            .await
            .map_err(|error| lost(error, "export_id", period.is_some(), go_on(&id)))?;
        let mut export = found.into_iter().next().ok_or_else(ToolError::unshapable)?;
        // Asked for and there at once: Front says where the file lies to who asks again.
        if export.status == Progress::Done && export.url.is_blank() {
            let look = GetExport { export: id.clone() };
            if let Ok(newer) = waiting.client.send(&look).await {
                export = newer;
            }
        }
        match given_up(export.status, "export") {
            Some(error) => Err(error),
            None => Ok(output(&export, period)),
        }
    }
}

/// An export that an earlier call asked for.
fn known(input: &Input, id: &str) -> Result<AnalyticsExportId, ToolError> {
    let given = [
        ("type", input.kind.is_some()),
        ("start", input.start.is_some()),
        ("end", input.end.is_some()),
        ("columns", !input.columns.is_empty()),
        ("filters", !input.filters.is_empty()),
    ];
    goes_alone("export_id", "export", &given)?;
    AnalyticsExportId::parse(resolve::unwrapped(id)).ok_or_else(|| {
        resolve::wrong_id("export_id", id, "the id of an export such as `exp_o9y1a`")
            .next("give the `export_id` of an earlier result, or leave it out for a new export")
    })
}

async fn ask(
    context: &Context<'_>,
    waiting: &Waiting,
    input: &Input,
) -> Result<(Export, Days), ToolError> {
    let kind = input.kind.ok_or_else(|| {
        ToolError::invalid("type", Text::of("is missing")).next("give `messages` or `events`")
    })?;
    let period = Period::read(context, input.start.as_deref(), input.end.as_deref())?;
    let columns = columns(kind, &input.columns)?;
    let filters = input.filters.resolve(context).await?;
    let export = body(kind, &period, &columns, filters);
    let export = waiting
        .client
        .send(&CreateExport { export })
        .await
        .map_err(|error| not_begun(error, "export"))?;
    Ok((export, period.shown()))
}

fn body(kind: Kind, period: &Period, columns: &[Value], filters: Option<Value>) -> Value {
    let mut body = request(period, filters);
    body.insert("type".to_owned(), json!(kind));
    body.insert("columns".to_owned(), json!(columns));
    Value::Object(body)
}

/// How another call goes on with it.
fn go_on(id: &AnalyticsExportId) -> Text {
    let mut next = Text::of("to go on with what Front has begun, call again with export_id ");
    next.say(id).say(" alone");
    next
}

fn output(export: &Export, period: Option<Days>) -> Output {
    let is_done = export.status == Progress::Done;
    let host = host(&export.url).filter(|_| is_done);
    let is_front = host.as_deref().is_some_and(is_fronts);
    Output {
        status: export.status,
        percent: if is_done {
            100
        } else {
            export.progress.min(99)
        },
        export_id: export.id.clone(),
        period,
        filename: Words::some_line(&export.filename),
        size: export
            .size
            .filter(|size| *size >= 0.0 && size.is_finite())
            .map(|size| size as u64),
        address: is_front.then(|| Words::cut(&export.url, 300)),
        host: host.map(|host| Words::line(&Untrusted::new(host))),
    }
}

/// The host of an `https` address without anything that disguises it.
fn host(url: &Untrusted) -> Option<String> {
    let rest = url.raw().trim().strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#', '\\']).next()?;
    let is_plain = !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_plain.then(|| host.to_ascii_lowercase())
}

fn is_fronts(host: &str) -> bool {
    host == "frontapp.com" || host.ends_with(".frontapp.com")
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        if self.status != Progress::Done {
            text.say("Front is at work: ")
                .say(self.percent)
                .say(" percent. To go on, call `export-data` with export_id ")
                .say(&self.export_id)
                .say(" alone; nothing new is made by that.\n");
        }
        text.say("Export ").say(&self.export_id);
        if let Some(period) = &self.period {
            text.say(", ");
            period.say(&mut text);
        }
        if let Some(name) = &self.filename {
            text.say("; file ").quote(name);
        }
        if let Some(size) = self.size {
            text.say(" ").say(size).say(" bytes");
        }
        if self.status == Progress::Done {
            text.say("\nThis server does not fetch the file; a person opens it");
            match (&self.address, &self.host) {
                (Some(address), _) => {
                    text.say(", signed in to Front: ").quote(address);
                }
                (None, Some(host)) => {
                    text.say(" from Front's analytics. It lies on ").quote(host);
                }
                (None, None) => {
                    text.say(" from Front's analytics");
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_host_is_shown_and_only_fronts_own_are_fronts() {
        for (url, shown, fronts) in [
            (
                "https://api.frontapp.com/analytics/exports/exp_1/download",
                Some("api.frontapp.com"),
                true,
            ),
            (
                "https://bucket.s3.example/x?sig=1",
                Some("bucket.s3.example"),
                false,
            ),
            ("https://api.frontapp.com@evil.example/x", None, false),
            (
                "https://api.frontapp.com.evil.example/",
                Some("api.frontapp.com.evil.example"),
                false,
            ),
            ("https://evilfrontapp.com/", Some("evilfrontapp.com"), false),
            ("http://api.frontapp.com/x", None, false),
            ("javascript:alert(1)", None, false),
            ("", None, false),
        ] {
            let found = host(&Untrusted::new(url));
            assert_eq!(found.as_deref(), shown, "{url}");
            assert_eq!(found.as_deref().is_some_and(is_fronts), fronts, "{url}");
        }
    }
}
