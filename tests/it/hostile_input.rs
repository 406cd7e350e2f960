//! Standard input as no client should write it: each line that is no message is answered where
//! its id can be read, is never carried out, and leaves the server serving.

mod closing;
mod lines;
mod requests;
mod uninvited;
