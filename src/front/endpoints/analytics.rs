//! Reports and exports: asked for, then looked at until they are there.

use serde_json::Value;

use crate::front::{
    client::Endpoint,
    id::AnalyticsExportId,
    model::analytics::{Export, Report, ReportUid},
    path::Segment,
};

/// `POST /analytics/reports`. Front calls it a read; it leaves a report behind.
#[derive(Debug)]
pub struct CreateReport {
    /// `start`, `end` (Unix seconds), `timezone`, `metrics`, perhaps `filters`.
    pub report: Value,
}

impl Endpoint for CreateReport {
    const OPERATION: &'static str = "create-analytics-report";
    type Answer = Report;
    fn body(&self) -> Option<Value> {
        Some(self.report.clone())
    }
}

/// `GET /analytics/reports/{report_uid}`.
#[derive(Debug)]
pub struct GetReport {
    /// The report.
    pub report: ReportUid,
}

impl Endpoint for GetReport {
    const OPERATION: &'static str = "get-analytics-report";
    type Answer = Report;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.report.segment()]
    }
}

/// `POST /analytics/exports`. Front calls it a read; it leaves an export behind.
#[derive(Debug)]
pub struct CreateExport {
    /// `type`, `start`, `end` (Unix seconds), `timezone`, `columns`, perhaps `filters`.
    pub export: Value,
}

impl Endpoint for CreateExport {
    const OPERATION: &'static str = "create-analytics-export";
    type Answer = Export;
    fn body(&self) -> Option<Value> {
        Some(self.export.clone())
    }
}

/// `GET /analytics/exports/{export_id}`.
#[derive(Debug)]
pub struct GetExport {
    /// The export.
    pub export: AnalyticsExportId,
}

impl Endpoint for GetExport {
    const OPERATION: &'static str = "get-analytics-export";
    type Answer = Export;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.export.segment()]
    }
}
