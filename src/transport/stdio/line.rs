//! One line of input: a message, nothing, or a fault with the id it belongs to.

use std::io;

use rmcp::{RoleServer, service::RxJsonRpcMessage};
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

use super::id_search::IdSearch;
use crate::{aside::aside, strict_json};

/// The longest line that is read.
pub const LONGEST: usize = 16 * 1024 * 1024;

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const INVALID_PARAMS: i32 = -32602;

/// What a line turned out to be.
pub enum Line {
    /// Input has ended.
    End,
    /// A message.
    Message(Box<RxJsonRpcMessage<RoleServer>>),
    /// Nothing, or a notification that means nothing here.
    Ignored,
    /// No message.
    Faulty(Fault),
}

/// What was wrong with a line.
#[derive(Debug)]
pub struct Fault {
    /// JSON-RPC's code.
    pub code: i32,
    /// In words.
    pub problem: String,
    /// The request's id, as far as it could be read.
    pub id: Option<Value>,
}

impl Fault {
    fn new(code: i32, problem: impl Into<String>, id: Option<Value>) -> Self {
        Self {
            code,
            problem: problem.into(),
            id,
        }
    }
}

/// Lines of an input, read without ever holding more than [`LONGEST`] bytes. Reading survives
/// being cancelled at any await: what was read stays in `kept`.
pub struct Lines<R> {
    input: R,
    kept: Vec<u8>,
    /// The line passed [`LONGEST`]; its rest is only searched for its id.
    skipping: Option<IdSearch>,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    /// Lines of this input.
    pub fn new(input: R) -> Self {
        Self {
            input,
            kept: Vec::new(),
            skipping: None,
        }
    }

    /// The next line.
    pub async fn next(&mut self) -> io::Result<Line> {
        loop {
            let available = self.input.fill_buf().await?;
            if available.is_empty() {
                // A last line without its end may be cut off: it is no message.
                return Ok(Line::End);
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(available.len(), |end| end + 1);
            let part = available.get(..taken).unwrap_or_default();
            match &mut self.skipping {
                Some(search) => search.read(part),
                None if self.kept.len() + taken > LONGEST + 1 => {
                    let mut search = IdSearch::default();
                    search.read(&std::mem::take(&mut self.kept));
                    search.read(part);
                    self.skipping = Some(search);
                }
                None => self.kept.extend_from_slice(part),
            }
            self.input.consume(taken);
            if end.is_some() {
                let line = std::mem::take(&mut self.kept);
                return Ok(match self.skipping.take() {
                    Some(search) => Line::Faulty(too_long(search)),
                    None => aside(line.len(), || read(&line)),
                });
            }
        }
    }
}

fn too_long(search: IdSearch) -> Fault {
    Fault::new(
        INVALID_REQUEST,
        format!("the message is longer than {} MB", LONGEST / 1_048_576),
        search.found(),
    )
}

fn read(line: &[u8]) -> Line {
    let line = line
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(line)
        .trim_ascii();
    if line.is_empty() {
        return Line::Ignored;
    }
    if std::str::from_utf8(line).is_err() {
        let id = IdSearch::in_line(line);
        return Line::Faulty(Fault::new(PARSE_ERROR, "the message is not UTF-8", id));
    }
    let value = match strict_json::parse(line) {
        Ok(value) => value,
        Err(error) => {
            let id = IdSearch::in_line(line);
            let code = if error.is_data() {
                INVALID_REQUEST
            } else {
                PARSE_ERROR
            };
            let problem = format!("the message is refused: {error}");
            return Line::Faulty(Fault::new(code, problem, id));
        }
    };
    if value.is_array() {
        // Batches left the protocol; which of their requests were wanted cannot be told.
        let id = value.pointer("/0/id").cloned();
        let problem = "batches are not supported: send one message a line";
        return Line::Faulty(Fault::new(INVALID_REQUEST, problem, id));
    }
    let id = value.get("id").cloned().filter(|id| !id.is_null());
    if let Some(problem) = misshapen(&value) {
        return Line::Faulty(Fault::new(INVALID_PARAMS, problem, id));
    }
    let has_method = value.get("method").is_some();
    match serde_json::from_value(value) {
        Ok(message) => Line::Message(Box::new(message)),
        Err(_) if id.is_none() && has_method => Line::Ignored,
        Err(error) => Line::Faulty(Fault::new(
            INVALID_REQUEST,
            format!("not a request of MCP: {error}"),
            // An answer that fits nothing is not answered in turn.
            id.filter(|_| has_method),
        )),
    }
}

/// What is wrong with the parameters of a request. rmcp takes one it cannot read for a method it
/// does not know, and answers so.
fn misshapen(message: &Value) -> Option<&'static str> {
    let params = message.get("params").unwrap_or(&Value::Null);
    let is_text = |place: &str| params.pointer(place).is_some_and(Value::is_string);
    let is_object = |place: &str| {
        let given = params.pointer(place);
        given.is_none_or(|given| given.is_object() || given.is_null())
    };
    match message.get("method")?.as_str()? {
        "tools/call" if !is_text("/name") => {
            Some("`params.name` of tools/call must be the name of a tool")
        }
        "tools/call" if !is_object("/arguments") => {
            Some("`params.arguments` of tools/call must be an object")
        }
        "prompts/get" if !is_text("/name") => {
            Some("`params.name` of prompts/get must be the name of a prompt")
        }
        "prompts/get" if !is_object("/arguments") => {
            Some("`params.arguments` of prompts/get must be an object")
        }
        "resources/read" if !is_text("/uri") => {
            Some("`params.uri` of resources/read must be the address of a resource")
        }
        "completion/complete" if !names_something(params.get("ref")) => {
            Some("`params.ref` of completion/complete must name a prompt or a resource template")
        }
        "completion/complete" if !is_text("/argument/name") || !is_text("/argument/value") => {
            Some("`params.argument` of completion/complete must have a name and a value, both text")
        }
        _ => None,
    }
}

fn names_something(reference: Option<&Value>) -> bool {
    let text = |name: &str| reference.and_then(|one| one.get(name)?.as_str());
    match text("type") {
        Some("ref/prompt") => text("name").is_some(),
        Some("ref/resource") => text("uri").is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &[u8]) -> Fault {
        match read(line) {
            Line::Faulty(fault) => fault,
            _ => panic!("not a fault: {}", String::from_utf8_lossy(line)),
        }
    }

    #[test]
    fn faults_keep_the_id_they_belong_to() {
        for (line, id) in [
            (
                &br#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"a":1,"a":2}}"#[..],
                Some(7),
            ),
            (
                br#"{"jsonrpc":"2.0","params":{"id":3},"id":8,"method":"#,
                Some(8),
            ),
            (b"{\"id\":9,\"x\":\"\xff\"}", Some(9)),
            (
                br#"[{"jsonrpc":"2.0","id":4,"method":"tools/list"}]"#,
                Some(4),
            ),
            (br#"{"id":5,"method":5}"#, Some(5)),
            (b"hello", None),
            (br#"{"params":{"id":3}"#, None),
        ] {
            assert_eq!(
                fault(line).id,
                id.map(Value::from),
                "{}",
                String::from_utf8_lossy(line)
            );
        }
    }

    #[tokio::test]
    async fn a_long_line_is_skipped_and_the_next_is_read() {
        let long = format!("{{\"id\":1,\"x\":\"{}\"}}\n", "a".repeat(LONGEST));
        let input = format!("{long}{{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}}\n");
        let mut lines = Lines::new(input.as_bytes());
        let Line::Faulty(fault) = lines.next().await.unwrap() else {
            panic!("too long a line was taken");
        };
        assert_eq!(fault.id, Some(1.into()));
        assert!(matches!(lines.next().await.unwrap(), Line::Message(_)));
        assert!(matches!(lines.next().await.unwrap(), Line::End));
    }
}
