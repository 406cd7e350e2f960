//! Clients that each keep a connection open, and the load that they make.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use front_mcp::sandbox::TOKEN;
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::{net::TcpStream, sync::Mutex, task::JoinSet, time};

/// One request, made again and again.
#[derive(Clone)]
pub struct Ask {
    authority: String,
    request: Request<Full<Bytes>>,
    /// What every right answer holds.
    expected: &'static [u8],
}

impl Ask {
    /// A contact, asked of Front directly.
    pub fn direct(base: &str, contact: &str) -> Self {
        let authority = authority(base);
        let request = Request::get(format!("/contacts/{contact}"))
            .header(header::HOST, &authority)
            .header(header::AUTHORIZATION, format!("Bearer {TOKEN}"))
            .body(Full::default())
            .unwrap();
        Self {
            authority,
            request,
            expected: b"\"handles\"",
        }
    }

    /// The same, by the tool of an MCP server.
    pub fn call(url: &str, contact: &str) -> Self {
        let authority = authority(url);
        let body = json!({
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": { "name": "get-contact", "arguments": { "contact": contact } },
        });
        let request = Request::post("/mcp")
            .header(header::HOST, &authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header("mcp-protocol-version", "2025-11-25")
            .body(Full::from(body.to_string()))
            .unwrap();
        Self {
            authority,
            request,
            expected: b"\"structuredContent\"",
        }
    }

    async fn connect(&self) -> SendRequest<Full<Bytes>> {
        let stream = TcpStream::connect(&self.authority).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (sender, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        sender
    }
}

fn authority(url: &str) -> String {
    let rest = url.split_once("://").unwrap().1;
    rest.split('/').next().unwrap().to_owned()
}

/// Clients with a connection each.
pub struct Load(Vec<Arc<Mutex<SendRequest<Full<Bytes>>>>>);

impl Load {
    pub async fn open(ask: &Ask, clients: usize) -> Self {
        let mut all = Vec::new();
        for _ in 0..clients {
            all.push(Arc::new(Mutex::new(ask.connect().await)));
        }
        Self(all)
    }

    /// One request of each, one after the other.
    pub async fn each_once(&mut self, ask: &Ask) {
        for client in &self.0 {
            once(client, ask).await;
        }
    }
}

async fn once(client: &Mutex<SendRequest<Full<Bytes>>>, ask: &Ask) {
    let mut sender = client.lock().await;
    sender.ready().await.unwrap();
    let response = sender.send_request(ask.request.clone()).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let is_right = memchr::memmem::find(&body, ask.expected).is_some();
    assert!(status.is_success() && is_right, "{status} {body:?}");
}

/// So many requests a second, each at its moment whatever became of those before, on the clients in
/// turn; how long each took from its moment on.
pub async fn steady(load: &mut Load, ask: &Ask, rate: u32, seconds: u32) -> Vec<Duration> {
    let step = Duration::from_secs(1) / rate;
    let begun = Instant::now();
    let mut asked = JoinSet::new();
    for number in 0..rate * seconds {
        let moment = begun + step * number;
        time::sleep_until(moment.into()).await;
        let client = Arc::clone(&load.0[number as usize % load.0.len()]);
        let ask = ask.clone();
        // The timer wakes at whole milliseconds: what it is late is not the server's time.
        let sent = Instant::now();
        asked.spawn(async move {
            once(&client, &ask).await;
            sent.elapsed()
        });
    }
    asked.join_all().await
}

/// Requests a second when every client asks again as soon as it is answered.
pub async fn burst(load: Load, ask: &Ask, calls: usize) -> f64 {
    let each = calls / load.0.len();
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for client in load.0 {
        let ask = ask.clone();
        asking.spawn(async move {
            for _ in 0..each {
                once(&client, &ask).await;
            }
        });
    }
    asking.join_all().await;
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let calls = calls as f64;
    calls / begun.elapsed().as_secs_f64()
}
