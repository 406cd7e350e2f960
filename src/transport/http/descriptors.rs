//! File descriptors: connections never take those that the store, the log and Front need.

/// Descriptors that are not a connection's.
#[cfg(unix)]
const RESERVE: u64 = 128;

/// How many connections there may be: as many as the operator says and the system allows beside
/// everything else. The soft limit is raised to the hard one first.
#[cfg(unix)]
pub fn connections(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Some systems take no raise to a hard limit without end.
    let _ = setrlimit(Resource::Nofile, raised);
    let Some(most) = getrlimit(Resource::Nofile).current else {
        return wanted;
    };
    let room = usize::try_from(most.saturating_sub(RESERVE)).unwrap_or(usize::MAX);
    if room < wanted {
        tracing::warn!(
            room,
            wanted,
            "the system allows fewer open files than `[http] max_connections` needs: fewer connections are taken"
        );
    }
    room.clamp(1, wanted)
}

/// Windows counts handles, of which there is no end in practice.
#[cfg(not(unix))]
pub const fn connections(wanted: usize) -> usize {
    wanted
}
