//! The embedded Front: a real HTTP server on a loopback port that behaves like Front.
