//! Elicitation in the protocol's two eras: a request over the open connection before 2026-07-28,
//! an input-required result and a repeated call since.
//!
//! The request state that travels with the second goes through the client's hands, so it is
//! trusted for nothing but what its seal covers: which asking of which envelope the answer is
//! for, bound to the caller, the client, the tool and its arguments. That each asking is answered
//! once is the store's to enforce, not the seal's.

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use rmcp::{
    ErrorData, Peer, RoleServer,
    model::{
        CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction,
        ElicitationSchema, InputRequest, InputRequests, InputRequiredResult, ProtocolVersion,
        RequestStateCodec, SealOptions,
    },
    service::RequestContext,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    digest::canonical,
    gate::{LIFETIME, envelope::EnvelopeId},
    host::{Answer, Ask, Host, Means, Question, Reply},
    tools::context::Caller,
};

/// The key of our one question among a result's input requests.
const ASKED: &str = "approval";

/// The field that a person fills.
const WORD: &str = "word";

/// What the request state says.
#[derive(Serialize, Deserialize)]
struct Asked {
    envelope: EnvelopeId,
    asking: u32,
    at: Timestamp,
}

/// The person behind a call, as its client declared, with the answer that it brought.
pub fn host(
    context: &RequestContext<RoleServer>,
    request: &CallToolRequestParams,
    caller: &Caller,
    codec: &RequestStateCodec,
) -> Result<Host, ErrorData> {
    let in_rounds = context
        .protocol_version()
        .is_some_and(|version| version >= ProtocolVersion::V_2026_07_28);
    let declared = context
        .client_capabilities()
        .and_then(|capabilities| capabilities.elicitation)
        // One that names no kind means forms.
        .is_some_and(|elicitation| elicitation.form.is_some() || elicitation.url.is_none());
    let means = match (declared, in_rounds) {
        (false, _) => Means::None,
        (true, true) => Means::Rounds,
        (true, false) => Means::Inline(Box::new(Connection(context.peer.clone()))),
    };
    Ok(Host::new(means, answer(request, caller, codec)?))
}

/// The answer in a repeated call. An answer without our state was never asked for, and is
/// ignored; a state that is not ours is refused.
fn answer(
    request: &CallToolRequestParams,
    caller: &Caller,
    codec: &RequestStateCodec,
) -> Result<Option<Answer>, ErrorData> {
    let Some(state) = &request.request_state else {
        return Ok(None);
    };
    let refused = |why: &str| {
        let said =
            format!("`requestState` {why}; nothing was sent: call the tool again without it");
        ErrorData::invalid_params(said, None)
    };
    let bound_to = bound_to(request, caller).ok_or_else(|| refused("cannot be checked"))?;
    let payload = codec
        .open_with(state, &bound_to)
        .map_err(|error| refused(&error.to_string()))?;
    let asked: Asked =
        serde_json::from_slice(&payload).map_err(|_| refused("is not one of this tool's"))?;
    let given = request
        .input_responses
        .as_ref()
        .and_then(|responses| responses.get(ASKED));
    // Without an answer the question is put again.
    let Some(given) = given else {
        return Ok(None);
    };
    let reply = serde_json::from_value::<ElicitResult>(given.clone())
        .map(reply)
        .map_err(|_| refused("comes with an answer that is no elicitation result"))?;
    Ok(Some(Answer {
        envelope: asked.envelope,
        asking: asked.asking,
        asked_at: asked.at,
        reply,
    }))
}

/// The result that asks.
pub fn input_required(
    question: &Question,
    request: &CallToolRequestParams,
    caller: &Caller,
    codec: &RequestStateCodec,
) -> Result<InputRequiredResult, ErrorData> {
    let unaskable = || ErrorData::internal_error("the question could not be put", None);
    let asked = Asked {
        envelope: question.envelope.clone(),
        asking: question.asking,
        at: Timestamp::now(),
    };
    let payload = serde_json::to_vec(&asked).map_err(|_| unaskable())?;
    let lifetime = Duration::try_from(LIFETIME).map_err(|_| unaskable())?;
    let bound_to = bound_to(request, caller).ok_or_else(unaskable)?;
    let options = SealOptions::new().associated_data(&bound_to).ttl(lifetime);
    let state = codec.seal_with(&payload, &options);
    let params = form(question).ok_or_else(unaskable)?;
    let ask = InputRequest::Elicitation(ElicitRequest::new(params));
    let requests = InputRequests::from([(ASKED.to_owned(), ask)]);
    Ok(InputRequiredResult::new(Some(requests), Some(state)))
}

/// What a request state is good for: the same call of the same caller from the same client.
fn bound_to(request: &CallToolRequestParams, caller: &Caller) -> Option<Vec<u8>> {
    let call = json!([caller, request.name, request.arguments]);
    canonical(&call).ok().map(String::into_bytes)
}

/// One required string without default or choices: an empty or scripted yes holds no word.
fn form(question: &Question) -> Option<ElicitRequestParams> {
    let schema: ElicitationSchema = serde_json::from_value(json!({
        "type": "object",
        "properties": {
            WORD: {
                "type": "string",
                "title": "Word",
                "description": "The word above, to send this message to the customer",
                "maxLength": 40,
            },
        },
        "required": [WORD],
    }))
    .ok()?;
    Some(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: question.message.clone(),
        requested_schema: schema,
    })
}

fn reply(result: ElicitResult) -> Reply {
    match result.action {
        ElicitationAction::Accept => {
            let word = result
                .content
                .as_ref()
                .and_then(|content| content.get(WORD));
            Reply::Accepted(word.and_then(Value::as_str).map(str::to_owned))
        }
        ElicitationAction::Decline => Reply::Declined,
        // A word of a later protocol is no yes.
        _ => Reply::Cancelled,
    }
}

/// The open connection to a client of the handshake era.
struct Connection(Peer<RoleServer>);

impl Ask for Connection {
    fn ask(&self, question: Question) -> BoxFuture<'static, Option<Reply>> {
        let peer = self.0.clone();
        Box::pin(async move {
            let params = form(&question)?;
            let lifetime = Duration::try_from(LIFETIME).ok()?;
            peer.create_elicitation_with_timeout(params, Some(lifetime))
                .await
                .inspect_err(|_| tracing::warn!("the host did not take a question"))
                .ok()
                .map(reply)
        })
    }
}
