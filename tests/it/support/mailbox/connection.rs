//! One connection: requests in, answers out, until either side has enough.

use std::sync::Arc;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{Fate, Moment, Post, Shared};
use crate::support::{scripted::Seen, suspicion::could_send};

pub async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut bytes = Vec::new();
    while let Some((request, length)) = head(&mut stream, &mut bytes).await {
        let fate = could_send(&request).then(|| (shared.state().fate)());
        if fate == Some(Fate::Held(Moment::Head)) {
            shared.note(&request.target, Value::Null, Fate::Held(Moment::Head));
            return std::future::pending().await;
        }
        let Some(request) = body(&mut stream, &mut bytes, request, length).await else {
            return;
        };
        // One that only its body gives away.
        let fate = fate.or_else(|| could_send(&request).then_some(Fate::Taken));
        let answer = match fate {
            Some(fate) => {
                let content = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
                let post = shared.note(&request.target, content, fate);
                match answered(&mut stream, &shared, &post).await {
                    Some(answer) => answer,
                    None => return,
                }
            }
            None => shared.state().answer(&request),
        };
        if stream.write_all(&answer).await.is_err() {
            return;
        }
        if fate == Some(Fate::Held(Moment::Answer)) {
            shared.answered.notify_one();
            return std::future::pending().await;
        }
    }
}

/// What a send is answered; nothing when the connection is to end.
async fn answered(stream: &mut TcpStream, shared: &Shared, post: &Post) -> Option<Vec<u8>> {
    let accepted = || {
        let body = format!(r#"{{"status":"accepted","message_uid":"{}"}}"#, post.uid);
        Some(json(202, &body))
    };
    if matches!(
        post.fate,
        Fate::Taken | Fate::Reset { taken: true } | Fate::Unreadable
    ) {
        shared.state().deliver(post);
    }
    match post.fate {
        Fate::Taken | Fate::Unlisted => accepted(),
        Fate::Refused(429) => Some(with_headers(
            429,
            // Of this resource alone, and over at once.
            "x-front-tier: 1\r\nretry-after: 0\r\n",
            "{}",
        )),
        Fate::Refused(status @ 300..400) => Some(with_headers(
            status,
            "location: /conversations/cnv_999/messages\r\n",
            "{}",
        )),
        Fate::Refused(status) => Some(json(
            status,
            r#"{"_error":{"status":0,"title":"No","message":"not like this"}}"#,
        )),
        Fate::Unreadable => Some(json(202, "<html>accepted")),
        Fate::Reset { .. } => None,
        Fate::Hung => {
            // Until the client has gone.
            let _ = stream.read(&mut [0; 64]).await;
            shared.state().deliver(post);
            None
        }
        Fate::Held(Moment::Answer) => {
            shared.go_on.notified().await;
            accepted()
        }
        Fate::Held(Moment::Head | Moment::Request) => std::future::pending().await,
    }
}

pub fn json(status: u16, body: &str) -> Vec<u8> {
    with_headers(status, "", body)
}

pub fn with_headers(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} -\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The next request without its body, and how long the body is.
async fn head(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<(Seen, usize)> {
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    bytes.drain(..end + 4);
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    let mut words = head.split(' ');
    let seen = Seen {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
        head: head.clone(),
        body: Vec::new(),
    };
    Some((seen, length))
}

async fn body(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    request: Seen,
    length: usize,
) -> Option<Seen> {
    while bytes.len() < length {
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = bytes.drain(..length).collect();
    Some(Seen { body, ..request })
}
