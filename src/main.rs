//! The `front-mcp` binary: everything lives in the library.

fn main() {}
