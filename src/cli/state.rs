//! The state folder, for commands that share it with servers.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

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
    let folder = StateFolder::open(path)
        .map_err(|error| anyhow!("{} cannot be opened: {error}", path.display()))?;
    Ok(folder)
}
