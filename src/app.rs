//! What a server is made of, put together from its configuration in one place.

use std::{sync::Arc, time::Duration};

use jiff::tz::TimeZone;

use crate::{
    config::Config,
    front::{directory::Directory, fence::Fence, wire::Wire},
    gate::{Gate, sender::Sender},
    tools::surface::Surface,
};

/// The parts that all calls of a server share.
#[derive(Debug)]
pub struct App {
    /// The way to Front for everything but sends.
    pub wire: Wire,
    /// What is decided about each call to Front.
    pub fence: Fence,
    /// The company's short lists.
    pub directory: Directory,
    /// Policy, envelopes, and the way to a send.
    pub gate: Arc<Gate>,
    /// What is listed and may be called.
    pub surface: Surface,
    /// The time zone of dates without an offset.
    pub zone: TimeZone,
    /// How long a call may take.
    pub tool_timeout: Duration,
}

impl App {
    /// Puts the parts together. Nothing is asked of Front yet.
    pub fn new(config: &Config) -> Self {
        let wire = Wire::new(
            config.api.base.clone(),
            config.api.token.clone(),
            config.api.request_timeout,
        );
        let gate = Gate::new(
            config.send.mode,
            config.policy.clone(),
            Sender::new(wire.clone()),
        );
        Self {
            wire,
            fence: Fence::new(config.policy.clone()),
            directory: Directory::default(),
            gate: Arc::new(gate),
            surface: Surface::new(config.send.mode).under(&config.policy),
            zone: config.display.zone.clone(),
            tool_timeout: config.api.tool_timeout,
        }
    }
}
