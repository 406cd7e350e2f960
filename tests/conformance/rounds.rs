//! Questions to the client in the later revision: a result that asks, and the same call again with
//! the answers.

use rmcp::{
    ErrorData,
    model::{
        ClientCapabilities, InputRequests, InputRequiredResult, InputResponses, RequestStateCodec,
        SealOptions,
    },
};
use serde_json::{Map, Value, json};

use crate::handler::typed;

/// What came with a call.
pub struct Given<'a> {
    pub responses: Option<&'a InputResponses>,
    pub state: Option<&'a str>,
}

/// What one name asks, round by round.
pub struct Asking {
    name: String,
    rounds: Vec<Map<String, Value>>,
    /// Whether the client carries a sealed state from round to round.
    keeps_state: bool,
}

/// What a tool or prompt asks a client with these capabilities; nothing for the others.
pub fn of(name: &str, client: Option<ClientCapabilities>) -> Option<Asking> {
    let client = client.unwrap_or_default();
    let short = name.strip_prefix("test_input_required_result_");
    let (rounds, keeps_state) = match short.unwrap_or(name) {
        "elicitation" => (vec![json!({ "user_name": form("name", "string") })], false),
        "sampling" => (vec![json!({ "capital_question": sampling() })], false),
        "list_roots" => (vec![json!({ "client_roots": roots() })], false),
        "prompt" => (
            vec![json!({ "user_context": form("context", "string") })],
            false,
        ),
        "request_state" | "tampered_state" => {
            (vec![json!({ "confirm": form("ok", "boolean") })], true)
        }
        "multiple_inputs" => {
            let all = json!({
                "user_name": form("name", "string"),
                "greeting": sampling(),
                "client_roots": roots(),
            });
            (vec![all], true)
        }
        "multi_round" => {
            let first = json!({ "step1": form("name", "string") });
            (
                vec![first, json!({ "step2": form("color", "string") })],
                true,
            )
        }
        "capabilities" => {
            let mut able = Map::new();
            if client.elicitation.is_some() {
                able.insert("user_name".to_owned(), form("name", "string"));
            }
            if client.sampling.is_some() {
                able.insert("greeting".to_owned(), sampling());
            }
            (vec![Value::Object(able)], false)
        }
        "test_streaming_elicitation" => {
            (vec![json!({ "user_name": form("name", "string") })], false)
        }
        _ => return None,
    };
    Some(Asking {
        name: name.to_owned(),
        rounds: rounds
            .into_iter()
            .filter_map(|round| round.as_object().cloned())
            .collect(),
        keeps_state,
    })
}

fn form(field: &str, kind: &str) -> Value {
    json!({
        "method": "elicitation/create",
        "params": {
            "message": format!("What is the {field}?"),
            "requestedSchema": {
                "type": "object",
                "properties": { field: { "type": kind } },
                "required": [field],
            },
        },
    })
}

fn sampling() -> Value {
    json!({
        "method": "sampling/createMessage",
        "params": {
            "messages": [{
                "role": "user",
                "content": { "type": "text", "text": "What is the capital of France?" },
            }],
            "maxTokens": 100,
        },
    })
}

fn roots() -> Value {
    json!({ "method": "roots/list", "params": {} })
}

impl Asking {
    /// What is said when all was answered; until then, what is asked next.
    pub fn next(
        &self,
        given: &Given<'_>,
        codec: &RequestStateCodec,
    ) -> Result<Result<String, InputRequiredResult>, ErrorData> {
        let mut round = self.round(given, codec)?;
        let Some(asked) = self.rounds.get(round) else {
            return Err(ErrorData::invalid_params("there is no such round", None));
        };
        let is_answered = given.responses.is_some_and(|responses| {
            let mut asked = asked.iter();
            asked.all(|(key, request)| responses.get(key).is_some_and(|one| fits(request, one)))
        });
        if is_answered && (given.state.is_some() || !self.keeps_state) {
            round += 1;
        }
        match self.rounds.get(round) {
            Some(asked) => {
                let requests: InputRequests = typed(Value::Object(asked.clone()))?;
                let state = self.keeps_state.then(|| self.seal(round, codec));
                Ok(Err(InputRequiredResult::new(Some(requests), state)))
            }
            None => Ok(Ok(format!("state-ok: {}", json!(given.responses)))),
        }
    }

    fn round(&self, given: &Given<'_>, codec: &RequestStateCodec) -> Result<usize, ErrorData> {
        let Some(state) = given.state.filter(|_| self.keeps_state) else {
            return Ok(0);
        };
        codec
            .open_with(state, self.name.as_bytes())
            .ok()
            .and_then(|payload| payload.first().copied())
            .map(usize::from)
            .ok_or_else(|| ErrorData::invalid_params("that state was not given here", None))
    }

    fn seal(&self, round: usize, codec: &RequestStateCodec) -> String {
        let options = SealOptions::new().associated_data(self.name.as_bytes());
        codec.seal_with(&[u8::try_from(round).unwrap_or(u8::MAX)], &options)
    }
}

/// Whether an answer has the shape that its question asks for.
fn fits(request: &Value, answer: &Value) -> bool {
    match request.get("method").and_then(Value::as_str) {
        Some("elicitation/create") => answer.get("content").is_some_and(Value::is_object),
        Some("sampling/createMessage") => answer.get("content").is_some(),
        _ => answer.get("roots").is_some_and(Value::is_array),
    }
}
