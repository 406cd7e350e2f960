//! One connection, on which a test writes bytes and reads answers.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    time::{Instant, timeout_at},
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What carries bytes both ways.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// An answer as it stood on the wire, its body whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Head and body, for messages and for what must not stand anywhere in it.
    pub fn shown(&self) -> String {
        format!("{} {:?} {}", self.status, self.headers, self.text())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The JSON-RPC messages of the answer: one as JSON, some as events.
    pub fn messages(&self) -> Vec<Value> {
        let text = self.text();
        let kind = self.header("content-type").unwrap_or_default();
        if !kind.starts_with("text/event-stream") {
            return serde_json::from_str(&text).into_iter().collect();
        }
        let data = text.lines().filter_map(|line| line.strip_prefix("data:"));
        data.filter_map(|data| serde_json::from_str(data.trim()).ok())
            .collect()
    }

    /// The last message: what was asked for, behind notifications.
    pub fn message(&self) -> Value {
        self.messages().pop().unwrap_or(Value::Null)
    }

    /// Whether the server said that it closes the connection.
    pub fn closes(&self) -> bool {
        let connection = self.header("connection");
        connection.is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no connection: nobody listens, or no longer.
    Refused,
    /// The connection ended in order before a byte of an answer.
    Closed,
    /// It was reset before a byte of an answer.
    Reset,
    /// It ended within an answer.
    Half,
    /// Nothing came in time.
    Silent,
    /// What came is no answer.
    Nonsense,
}

/// One connection.
pub struct Wire {
    stream: Box<dyn Stream>,
    read: Vec<u8>,
}

impl Wire {
    /// A plain connection.
    pub async fn open(address: SocketAddr) -> Result<Self, Broken> {
        // Whichever way it fails: there is no connection then.
        let stream = TcpStream::connect(address).await;
        let stream = stream.map_err(|_| Broken::Refused)?;
        let _ = stream.set_nodelay(true);
        Ok(Self::over(stream))
    }

    /// A connection over anything, such as TLS.
    pub fn over(stream: impl Stream + 'static) -> Self {
        Self {
            stream: Box::new(stream),
            read: Vec::new(),
        }
    }

    /// Writes bytes; false when the other end does not take them any more.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let until = Instant::now() + PATIENCE;
        let written = async {
            self.stream.write_all(bytes.as_ref()).await?;
            self.stream.flush().await
        };
        matches!(timeout_at(until, written).await, Ok(Ok(())))
    }

    /// Says that nothing more is to come; answers can still be read.
    pub async fn finish(&mut self) {
        let _ = self.stream.shutdown().await;
    }

    /// Writes a request and reads its answer, even where it came before all was written.
    pub async fn ask(&mut self, request: impl AsRef<[u8]>) -> Result<Answer, Broken> {
        self.send(request).await;
        self.answer().await
    }

    /// The next answer, to a request that was no HEAD.
    pub async fn answer(&mut self) -> Result<Answer, Broken> {
        let until = Instant::now() + PATIENCE;
        self.read_answer(until, true).await
    }

    /// The next answer, to a HEAD.
    pub async fn bare_answer(&mut self) -> Result<Answer, Broken> {
        let until = Instant::now() + PATIENCE;
        self.read_answer(until, false).await
    }

    /// Whether anything comes within this time, be it the end.
    pub async fn has_come(&mut self, within: Duration) -> bool {
        self.more(Instant::now() + within).await != Err(Broken::Silent)
    }

    /// Waits until the other end closes; gives what it still said.
    pub async fn rest(&mut self) -> Result<Vec<u8>, Broken> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.more(until).await {
                Ok(true) => {}
                Ok(false) | Err(Broken::Reset | Broken::Half) => return Ok(self.read.split_off(0)),
                Err(broken) => return Err(broken),
            }
        }
    }

    /// Reads some bytes; false at the end of all.
    async fn more(&mut self, until: Instant) -> Result<bool, Broken> {
        match timeout_at(until, self.stream.read_buf(&mut self.read)).await {
            Err(_) => Err(Broken::Silent),
            Ok(Ok(read)) => Ok(read > 0),
            Ok(Err(_)) if self.read.is_empty() => Err(Broken::Reset),
            Ok(Err(_)) => Err(Broken::Half),
        }
    }

    async fn read_answer(&mut self, until: Instant, has_body: bool) -> Result<Answer, Broken> {
        loop {
            let head = self.head(until).await?;
            let (status, headers) = parsed(&head).ok_or(Broken::Nonsense)?;
            let mut answer = Answer {
                status,
                headers,
                body: Vec::new(),
            };
            // An interim answer has no body, and another follows.
            if (100..200).contains(&status) {
                continue;
            }
            if has_body && !matches!(status, 204 | 304) {
                answer.body = self.body(&answer, until).await?;
            }
            return Ok(answer);
        }
    }

    async fn head(&mut self, until: Instant) -> Result<String, Broken> {
        loop {
            let end = self.read.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let rest = self.read.split_off(end + 4);
                let head = std::mem::replace(&mut self.read, rest);
                return String::from_utf8(head).map_err(|_| Broken::Nonsense);
            }
            if !self.more(until).await? {
                return Err(match self.read.is_empty() {
                    true => Broken::Closed,
                    false => Broken::Half,
                });
            }
        }
    }

    async fn body(&mut self, answer: &Answer, until: Instant) -> Result<Vec<u8>, Broken> {
        let chunked = answer
            .header("transfer-encoding")
            .is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        if chunked {
            return self.chunks(until).await;
        }
        match answer.header("content-length") {
            Some(length) => {
                let length = length.parse().map_err(|_| Broken::Nonsense)?;
                self.exactly(length, until).await
            }
            None => {
                while self.more(until).await? {}
                Ok(self.read.split_off(0))
            }
        }
    }

    async fn chunks(&mut self, until: Instant) -> Result<Vec<u8>, Broken> {
        let mut body = Vec::new();
        loop {
            let line = self.line(until).await?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(|_| Broken::Nonsense)?;
            body.extend(self.exactly(size, until).await?);
            self.line(until).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn line(&mut self, until: Instant) -> Result<String, Broken> {
        loop {
            if let Some(end) = self.read.windows(2).position(|two| two == b"\r\n") {
                let line = self.read.drain(..end + 2).take(end).collect();
                return String::from_utf8(line).map_err(|_| Broken::Nonsense);
            }
            if !self.more(until).await? {
                return Err(Broken::Half);
            }
        }
    }

    async fn exactly(&mut self, length: usize, until: Instant) -> Result<Vec<u8>, Broken> {
        while self.read.len() < length {
            if !self.more(until).await? {
                return Err(Broken::Half);
            }
        }
        let rest = self.read.split_off(length);
        Ok(std::mem::replace(&mut self.read, rest))
    }
}

fn parsed(head: &str) -> Option<(u16, Vec<(String, String)>)> {
    let mut lines = head.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.")?;
    let status = status.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect::<Option<_>>()?;
    Some((status, headers))
}
