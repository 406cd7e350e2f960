//! What is shown and may be called, apart from what a tool is: the operator's settings decide.

use super::{
    catalog::CATALOG,
    contract::{Effect, Entry, Spec},
    error::ToolError,
};
use crate::{gate::mode::SendMode, shape::text::Text};

/// The operator's choice of tools.
#[derive(Clone, Copy, Debug)]
pub struct Surface {
    send: SendMode,
}

impl Surface {
    /// What a send mode leaves visible.
    pub fn new(send: SendMode) -> Self {
        Self { send }
    }

    /// The listed tools, in the catalog's order.
    pub fn listed(&self) -> impl Iterator<Item = &'static Entry> {
        CATALOG
            .iter()
            .copied()
            .filter(|entry| self.shows(&entry.spec))
    }

    /// What is not shown does not run either.
    pub fn permit(&self, spec: &Spec) -> Result<(), ToolError> {
        if self.shows(spec) {
            return Ok(());
        }
        Err(ToolError::refused(Text::of(
            "the operator has switched this tool off; nothing was done",
        ))
        .next("tell the user; the operator can change `--send`"))
    }

    /// `off` leaves no tool that has to do with sending, reading outcomes included.
    fn shows(&self, spec: &Spec) -> bool {
        let is_of_sending =
            matches!(spec.effect, Effect::Seal | Effect::Send) || spec.name == "check-send";
        self.send != SendMode::Off || !is_of_sending
    }
}
