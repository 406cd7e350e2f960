//! `[tools]`: which tools are shown, and whether any may change something.

use super::{
    file, is_on,
    source::{ConfigError, Layers},
};
use crate::tools::{
    catalog::CATALOG,
    choice::{self, Choice},
};

/// Which tools are listed, and whether the server only reads.
pub fn read(layers: &Layers, kept: &file::Tools) -> Result<(Choice, bool), ConfigError> {
    let joined = |list: &Option<Vec<String>>| list.as_ref().map(|list| list.join(","));
    let (in_toolsets, in_only) = (joined(&kept.toolsets), joined(&kept.only));
    let reads = kept.read_only.map(|reads| reads.to_string());
    let toolsets = layers
        .setting("toolsets", in_toolsets.as_ref(), "tools.toolsets")
        .parse(choice::toolsets)?;
    let only = layers
        .setting("tools", in_only.as_ref(), "tools.only")
        .parse(|text| choice::only(text, toolsets.as_deref(), &CATALOG))?;
    let reads_only = layers
        .setting("read-only", reads.as_ref(), "tools.read_only")
        .parse(is_on)?
        .unwrap_or_default();
    Ok((Choice::new(toolsets, only, &CATALOG), reads_only))
}
