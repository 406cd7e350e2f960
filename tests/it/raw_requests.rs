//! `raw-api-request` against a Front that is more lenient than any real one: it decodes twice,
//! folds case and look-alikes, collapses slashes and strips parameters before it decides whether
//! a request is a send. Nothing that could be one ever reaches it.

mod bodies;
mod guarded;
mod lenient;
mod operations;
mod paths;
