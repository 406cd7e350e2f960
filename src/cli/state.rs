//! The state folder, for commands that share it with servers.

use std::{
    fmt::Display,
    path::{Path, PathBuf},
};

use super::Failure;
use crate::{config::Config, state::StateFolder};

/// Where the settings say it is.
pub fn path(config: &Config) -> Result<PathBuf, Failure> {
    config.state_dir.clone().ok_or_else(|| {
        Failure::Usage(
            "no state folder is in use here; name one with `--state-dir FOLDER` (FRONT_MCP_STATE_DIR)"
                .to_owned(),
        )
    })
}

/// Opens it.
pub fn open(path: &Path) -> Result<StateFolder, Failure> {
    StateFolder::open(path).map_err(|error| Failure::Usage(unusable(path, &error)))
}

/// What every command says of a folder that it cannot work with.
pub fn unusable(path: &Path, error: &dyn Display) -> String {
    format!(
        "the state folder {} cannot be used: {error}; set another with `--state-dir FOLDER`",
        path.display()
    )
}
