//! When people work and when they are off.

use super::Row;
use crate::sandbox::id::Id;

/// Hours of the week that some people work.
#[derive(Debug)]
pub(crate) struct Shift {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) color: &'static str,
    pub(crate) timezone: &'static str,
    /// Day, start and end, as Front writes them.
    pub(crate) times: Vec<(&'static str, &'static str, &'static str)>,
    pub(crate) team: Id,
    pub(crate) members: Vec<Id>,
    pub(crate) created_at: f64,
}

/// A time in which somebody is off.
#[derive(Debug)]
pub(crate) struct TimeOff {
    pub(crate) id: Id,
    pub(crate) teammate: Id,
    pub(crate) name: String,
    pub(crate) start_at: f64,
    pub(crate) end_at: Option<f64>,
    /// What Front answers customers by itself meanwhile, if it does.
    pub(crate) auto_reply: Option<String>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

impl Row for Shift {
    fn id(&self) -> Id {
        self.id
    }
}

impl Row for TimeOff {
    fn id(&self) -> Id {
        self.id
    }
}
