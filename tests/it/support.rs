//! What tests of the whole program share: the real binary on its streams, a sandbox Front to
//! point it at, a Front that misbehaves as a test says, and the judge of a tool's result.

pub mod front;
pub mod mcp;
pub mod scripted;
pub mod verdict;
