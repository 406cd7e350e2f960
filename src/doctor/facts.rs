//! Everything that the checks judge, gathered before the first of them.

use super::{kept::Kept, probe::Answers, store::Store};
use crate::{
    config::{Config, Used},
    server::self_test::SelfTest,
};

/// What is known of a set-up.
#[derive(Debug)]
pub struct Facts {
    /// The settings.
    pub config: Config,
    /// Those that somebody set.
    pub used: Vec<Used>,
    /// The state folder, as it lay there.
    pub store: Store,
    /// The sign-in, if accounts could be looked into.
    pub kept: Option<Kept>,
    /// What Front answered.
    pub probe: Answers,
    /// What a client of the server got, where one was tried.
    pub server: Option<Result<SelfTest, &'static str>>,
}
