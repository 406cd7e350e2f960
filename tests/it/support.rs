//! What tests of the whole program share: the real binary on its streams, a sandbox Front to
//! point it at, a Front that misbehaves as a test says, a Front that takes almost anything for a
//! send and counts what it took, and the judge of a tool's result.

pub mod consent;
pub mod disguise;
pub mod front;
pub mod hosted;
pub mod in_process;
pub mod mailbox;
pub mod mcp;
pub mod random;
pub mod scripted;
pub mod sign_in;
pub mod suspicion;
pub mod verdict;

/// A count that a long run can be given.
pub fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |count| count.parse().unwrap())
}
