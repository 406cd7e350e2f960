//! A caller: MCP over streamable HTTP in both eras, on one connection that is kept open.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::wire::{Answer, Broken, Wire};
use crate::support::mcp::Era;

impl Era {
    /// How its requests call it.
    pub fn version(self) -> &'static str {
        match self {
            Self::Handshake => "2025-11-25",
            Self::PerRequest => "2026-07-28",
        }
    }
}

/// A request to the endpoint, of which a test changes what it likes.
#[derive(Clone, Debug)]
pub struct Post {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Post {
    /// A message of this era as it ought to be.
    pub fn new(host: &str, token: Option<&str>, era: Era, message: &Value) -> Self {
        let mut post = Self {
            line: "POST /mcp HTTP/1.1".to_owned(),
            headers: Vec::new(),
            body: message.to_string().into_bytes(),
        }
        .with("Host", host)
        .with("Content-Type", "application/json")
        .with("Accept", "application/json, text/event-stream")
        .with("MCP-Protocol-Version", era.version());
        if let Some(token) = token {
            post = post.with("Authorization", &format!("Bearer {token}"));
        }
        if era == Era::PerRequest {
            let method = message["method"].as_str().unwrap_or_default();
            post = post.with("Mcp-Method", method);
            let params = &message["params"];
            let name = match method {
                "tools/call" | "prompts/get" => params["name"].as_str(),
                "resources/read" => params["uri"].as_str(),
                _ => None,
            };
            if let Some(name) = name {
                post = post.with("Mcp-Name", name);
            }
        }
        post
    }

    /// With one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without any header of this name.
    pub fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self
    }

    /// With this header instead of any of its name.
    pub fn set(self, name: &str, value: &str) -> Self {
        self.without(name).with(name, value)
    }

    /// With another request line.
    pub fn line(mut self, line: &str) -> Self {
        line.clone_into(&mut self.line);
        self
    }

    /// With another body.
    pub fn body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }

    /// The head alone, with no word of the body's length.
    pub fn head(&self) -> Vec<u8> {
        let mut head = format!("{}\r\n", self.line);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// All of it, with the length of the body.
    pub fn bytes(&self) -> Vec<u8> {
        let length = self.body.len().to_string();
        let mut bytes = self.clone().with("Content-Length", &length).head();
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

/// A message of this era.
pub fn message(era: Era, id: i64, method: &str, mut params: Value) -> Value {
    if era == Era::PerRequest {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": era.version(),
            "io.modelcontextprotocol/clientCapabilities": {},
            "io.modelcontextprotocol/clientInfo": { "name": "raw-test-client", "version": "1" },
        });
    }
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

/// One caller and its connection.
pub struct Client {
    pub address: SocketAddr,
    pub token: Option<String>,
    pub era: Era,
    wire: Option<Wire>,
    last_id: i64,
}

impl Client {
    pub fn new(address: SocketAddr, token: &str, era: Era) -> Self {
        Self {
            address,
            token: Some(token.to_owned()),
            era,
            wire: None,
            last_id: 0,
        }
    }

    /// Whoever comes without a token.
    pub fn anonymous(address: SocketAddr, era: Era) -> Self {
        Self {
            token: None,
            ..Self::new(address, "", era)
        }
    }

    /// Makes a request over this connection from now on.
    pub fn over(mut self, wire: Wire) -> Self {
        self.wire = Some(wire);
        self
    }

    /// The next request, not yet sent.
    pub fn post(&mut self, method: &str, params: Value) -> Post {
        self.last_id += 1;
        let message = message(self.era, self.last_id, method, params);
        let host = self.address.to_string();
        Post::new(&host, self.token.as_deref(), self.era, &message)
    }

    /// A tool call, not yet sent.
    pub fn post_call(&mut self, tool: &str, arguments: Value) -> Post {
        self.post(
            "tools/call",
            json!({ "name": tool, "arguments": arguments }),
        )
    }

    /// Sends a request on the open connection, or on a new one where there is none.
    pub async fn send(&mut self, post: &Post) -> Result<Answer, Broken> {
        let mut wire = match self.wire.take() {
            Some(wire) => wire,
            None => Wire::open(self.address).await?,
        };
        let answer = wire.ask(post.bytes()).await?;
        if !answer.closes() {
            self.wire = Some(wire);
        }
        Ok(answer)
    }

    /// Whether the connection is still open, as far as this end knows.
    pub fn is_connected(&self) -> bool {
        self.wire.is_some()
    }

    /// One request, however it is answered.
    pub async fn try_call(&mut self, tool: &str, arguments: Value) -> Result<Answer, Broken> {
        let post = self.post_call(tool, arguments);
        self.send(&post).await
    }

    /// The JSON-RPC answer to a request, which must come with 200.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let post = self.post(method, params);
        let answer = self.send(&post).await.expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.shown());
        let message = answer.message();
        assert_eq!(message["id"], self.last_id, "{message}");
        message
    }

    /// A tool call's result; a protocol error fails the test.
    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        let answer = self.request("tools/call", params).await;
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }
}
