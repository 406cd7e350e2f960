//! The approval page among what the server answers: for people, by their own sign-in. It stands
//! behind the checks of names and room, and never behind a caller's token.

use std::{net::Ipv4Addr, sync::Arc};

use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};

use super::{answer, peer::Peer, site::Site};
pub use crate::approval::hosted::PATH;

/// What every link begins with.
pub const PREFIX: &str = "/approve/";

/// The page.
pub async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let Some(desk) = &site.approval else {
        return answer::nowhere().await.into_response();
    };
    let peer = request.extensions().get::<Peer>();
    let from = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| {
        site.peers.origin(peer.0.ip(), request.headers())
    });
    desk.answer(request, from).await.map(Body::new)
}
