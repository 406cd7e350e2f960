//! Numbers for Prometheus: requests and their durations, by caller. A caller sees its own alone; the
//! operator's own listener shows all.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use super::{answer::Refused, caller::Admitted, site::Site};

/// What is counted, by whom. All labels are words of ours and names that the operator gave.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    caller: String,
    path: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    caller: String,
}

type Durations = Family<Taken, Histogram, fn() -> Histogram>;

/// The numbers of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Answered, Counter>,
    durations: Durations,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("front_mcp");
        let requests = Family::default();
        let durations =
            Durations::new_with_constructor(|| Histogram::new(exponential_buckets(0.001, 2.0, 16)));
        registry.register(
            "http_requests",
            "Requests answered, by caller, path and status",
            requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "From the head of a request to the head of its answer, by caller",
            Unit::Seconds,
            durations.clone(),
        );
        Self {
            registry: Mutex::new(registry),
            requests,
            durations,
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(
        &self,
        caller: Option<&str>,
        path: &'static str,
        status: u16,
        elapsed: Duration,
    ) {
        let caller = caller.unwrap_or_default().to_owned();
        let taken = Taken {
            caller: caller.clone(),
        };
        self.durations
            .get_or_create(&taken)
            .observe(elapsed.as_secs_f64());
        let answered = Answered {
            caller,
            path,
            status,
        };
        self.requests.get_or_create(&answered).inc();
    }

    /// All of them, as text.
    pub fn all(&self) -> Option<String> {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        encode(&mut text, &registry).ok()?;
        Some(text)
    }

    /// Those of one caller.
    fn of(&self, caller: &str) -> Option<String> {
        let mut own = String::new();
        let label = format!("caller=\"{caller}\"");
        let all = self.all()?;
        for line in all.lines() {
            let is_own = line
                .split_once('{')
                .and_then(|(_, labels)| labels.split_once('}'))
                .is_some_and(|(labels, _)| labels.split(',').any(|one| one == label));
            if is_own || line.starts_with('#') {
                writeln!(own, "{line}").ok()?;
            }
        }
        Some(own)
    }
}

/// The media type of the text.
const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What a caller may see: its own.
pub async fn of_caller(
    State(site): State<Arc<Site>>,
    Extension(Admitted(caller)): Extension<Admitted>,
) -> Response {
    told(site.metrics.of(&caller.name))
}

/// What the operator sees on a listener of their own.
pub async fn of_all(State(site): State<Arc<Site>>) -> Response {
    told(site.metrics.all())
}

fn told(text: Option<String>) -> Response {
    match text {
        Some(text) => ([(header::CONTENT_TYPE, TEXT)], text).into_response(),
        None => Refused::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the metrics cannot be written",
        )
        .into_response(),
    }
}
