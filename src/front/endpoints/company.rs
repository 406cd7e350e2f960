//! The company that a token is for.

use crate::front::{client::Endpoint, model::Company};

/// `GET /me`: every token may ask.
#[derive(Debug)]
pub struct Me;

impl Endpoint for Me {
    const OPERATION: &'static str = "api-token-details";
    type Answer = Company;
}
