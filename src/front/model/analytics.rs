//! Reports and exports, which Front computes in its own time.

use std::{borrow::Cow, fmt};

use compact_str::CompactString;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use super::or_default;
use crate::{
    front::{id::AnalyticsExportId, path::Segment},
    untrusted::Untrusted,
};

/// A report's identifier: letters and digits, of which Front writes 64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportUid(CompactString);

impl ReportUid {
    /// Reads one.
    pub fn parse(text: &str) -> Option<Self> {
        let has_form = (8..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        has_form.then(|| Self(text.into()))
    }

    /// As a part of a path.
    pub fn segment(&self) -> Segment {
        Segment::of_id(&self.0)
    }
}

impl fmt::Display for ReportUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReportUid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not the identifier of a report"))
    }
}

impl JsonSchema for ReportUid {
    fn schema_name() -> Cow<'static, str> {
        "ReportUid".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // The keyword tells it from a plain string, and is taken out before a schema is published.
        json_schema!({ "type": "string", "x-typed": true })
    }
}

/// How far Front is with one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// At work.
    Running,
    /// There.
    Done,
    /// Given up: more than Front exports at once.
    TooBig,
    /// Given up.
    Failed,
    /// A word of Front's that is not known here.
    #[default]
    #[serde(other)]
    Other,
}

/// A report (`AnalyticsReportResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    /// Its identifier.
    pub uid: ReportUid,
    /// How far Front is.
    #[serde(default, deserialize_with = "or_default")]
    pub status: Progress,
    /// Per cent, to 100.
    #[serde(default, deserialize_with = "percent")]
    pub progress: u64,
    /// What was computed.
    #[serde(default, deserialize_with = "or_default")]
    pub metrics: Vec<Metric>,
}

/// One number of a report.
#[derive(Debug, Clone, Deserialize)]
pub struct Metric {
    /// Which one.
    #[serde(default)]
    pub id: Untrusted,
    /// `number`, `percentage`, `string`, `duration` or `resource`.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: CompactString,
    /// A number, a text, a labelled resource, or nothing.
    #[serde(default)]
    pub value: Value,
}

/// An export (`AnalyticsExportResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Export {
    /// Its id.
    pub id: AnalyticsExportId,
    /// How far Front is.
    #[serde(default, deserialize_with = "or_default")]
    pub status: Progress,
    /// Per cent, to 100.
    #[serde(default, deserialize_with = "percent")]
    pub progress: u64,
    /// Where the file lies.
    #[serde(default)]
    pub url: Untrusted,
    /// What the file is called.
    #[serde(default)]
    pub filename: Untrusted,
    /// Bytes.
    #[serde(default)]
    pub size: Option<f64>,
}

/// Whatever number it is, between 0 and 100.
fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = Option::<f64>::deserialize(deserializer)?.unwrap_or_default();
    Ok(number.clamp(0.0, 100.0) as u64)
}
