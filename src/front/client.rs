//! The only door to Front for tools: every operation but the two sends.
//!
//! [`Client::send`] takes a typed endpoint, [`Client::exchange`] a [`Call`] from
//! `raw-api-request`; both pass the same fence (`fence`) and end in the same
//! rules (`wire::rules`): budget, one exchange, verdict. A call whose
//! operation sends is refused here whatever led to it, so no tool can express a send.

pub(super) mod answer;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Instant;

use self::answer::accept;
pub(super) use self::answer::{failure, merged, read};
use super::{
    base::Token,
    error::{FrontError, FrontErrorKind},
    fence::{Claim, Fence},
    id::ConversationId,
    operation::{Effect, Method, Operation},
    path::{RoutePath, Segment, fill, parameters},
    signature::Signature,
    upload::Upload,
    wire::{
        Accept, Answer, Body, Heard, Wire, WireRequest, file_field,
        limit::{Budget, CallerKey, GuardKey, Priority},
        rules::{Journey, Repeats, Sharing, Waited},
    },
};
use crate::aside::aside;

/// A request that changes something, on its way or done.
#[derive(Clone, Debug)]
pub struct Change {
    /// The operation.
    pub operation: &'static Operation,
    /// What fills its path.
    pub ids: Vec<String>,
    /// The exception by which it was let through, if it took one.
    pub exception: Option<&'static str>,
}

/// One request as data: which operation, with what filled in.
#[derive(Clone, Debug)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// The path parameters, in the template's order.
    pub parameters: Vec<Segment>,
    /// Query parameters, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// Files that go with the body's fields.
    pub files: Vec<Upload>,
    /// In which form the answer is wanted.
    pub accept: Accept,
}

/// A typed operation of Front's: its id in the operation table beside what it takes and gives.
pub trait Endpoint {
    /// Front's operation id; method, path, scope and effect follow from the table.
    const OPERATION: &'static str;
    /// What Front answers.
    type Answer: DeserializeOwned;
    /// The path parameters, in the template's order.
    fn parameters(&self) -> Vec<Segment> {
        Vec::new()
    }
    /// Query parameters, not yet encoded.
    fn query(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    /// The JSON body.
    fn body(&self) -> Option<Value> {
        None
    }
    /// Files that go with the body's fields.
    fn files(&self) -> Vec<Upload> {
        Vec::new()
    }
    /// In which form the answer is wanted; JSON, unless it is fetched as it is.
    fn accept(&self) -> Accept {
        Accept::Usual
    }
}

/// An answer, and where it came from if the conversation had been merged.
#[derive(Debug)]
pub struct Found<T> {
    /// Front's answer.
    pub answer: T,
    /// The conversation that answered instead of the one asked for.
    pub merged_into: Option<ConversationId>,
}

/// The door, with the deadline of the call that uses it.
#[derive(Clone, Debug)]
pub struct Client {
    wire: Wire,
    pub(super) fence: Fence,
    pub(super) claim: Option<Arc<dyn Claim>>,
    deadline: Instant,
    caller: CallerKey,
    priority: Priority,
    pub(super) sharing: Sharing,
    repeats: Repeats,
    waited: Waited,
    heard: Heard,
    changes: Arc<Mutex<Vec<Change>>>,
    signature: Option<Signature>,
}

impl Client {
    /// A door over this wire, with whoever decides at it; requests end at the deadline.
    pub fn new(wire: Wire, fence: Fence, deadline: Instant) -> Self {
        Self {
            wire,
            fence,
            claim: None,
            deadline,
            caller: CallerKey::default(),
            priority: Priority::default(),
            sharing: Sharing::default(),
            repeats: Repeats::default(),
            waited: Waited::default(),
            heard: Heard::default(),
            changes: Arc::default(),
            signature: None,
        }
    }

    /// Another door to the same Front, open until another deadline.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self::new(self.wire.clone(), self.fence.clone(), deadline)
    }

    /// The same door for this caller, who takes turns with the others.
    #[must_use]
    pub fn for_caller(self, caller: CallerKey) -> Self {
        Self { caller, ..self }
    }

    /// The same door for a caller that writes in this name alone.
    #[must_use]
    pub fn signing(self, signature: Option<Signature>) -> Self {
        Self { signature, ..self }
    }

    /// In whose name its caller writes, where the operator said so.
    pub fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    /// The same door with another place among those who wait; what is waited adds up in both.
    #[must_use]
    pub fn with_priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// The same door, whose reads are never answered by one that began before them.
    #[must_use]
    pub fn fresh(self) -> Self {
        Self {
            sharing: Sharing::Fresh,
            ..self
        }
    }

    /// The same door for calls that this claim is shown for.
    #[must_use]
    pub fn claiming(self, claim: impl Claim) -> Self {
        Self {
            claim: Some(Arc::new(claim)),
            ..self
        }
    }

    /// The same door, whose requests are not made again when they fail.
    #[must_use]
    pub fn once(self) -> Self {
        Self {
            repeats: Repeats::Never,
            ..self
        }
    }

    /// The same door, open until this deadline; what it hears adds up in both.
    #[must_use]
    pub fn within(&self, deadline: Instant) -> Self {
        Self {
            deadline,
            ..self.clone()
        }
    }

    /// The same door with another token of the same company.
    #[must_use]
    pub fn with_token(self, token: Token) -> Self {
        Self {
            wire: self.wire.with_token(token),
            ..self
        }
    }

    /// What the requests through this door and its clones brought besides their answers.
    pub fn heard(&self) -> &Heard {
        &self.heard
    }

    /// Waits until no sign-in is being renewed: what ends the process then loses no token.
    pub async fn settled(&self) {
        self.wire.credential().settled().await;
    }

    /// What was changed, or perhaps changed, through this door and its clones: operation and ids.
    pub fn changes(&self) -> Vec<Change> {
        self.changes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How long this door and its clones have waited for the request budget.
    pub fn waited(&self) -> Duration {
        self.waited.total()
    }

    /// When the call that uses this door ends.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// What is known of the company's request budget.
    pub fn budget(&self) -> &Budget {
        self.wire.budget()
    }

    /// Calls an endpoint; a merged conversation is followed for reads, silently.
    pub async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, FrontError> {
        Ok(self.find(endpoint).await?.answer)
    }

    /// Calls an endpoint and tells where a merged conversation lives now.
    pub async fn find<E: Endpoint>(&self, endpoint: &E) -> Result<Found<E::Answer>, FrontError> {
        let call = call(endpoint)?;
        let Found {
            answer,
            merged_into,
        } = self.exchange(&call).await?;
        Ok(Found {
            answer: read(call.operation, &answer)?,
            merged_into,
        })
    }

    /// Calls an endpoint for what lies under its own id alone: a conversation that was merged away
    /// is told as a write to it is.
    pub async fn own<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, FrontError> {
        let call = call(endpoint)?;
        let found = self.exchange(&call).await?;
        match found.merged_into {
            None => read(call.operation, &found.answer),
            Some(into) => Err(failure(call.operation, FrontErrorKind::Merged(into))),
        }
    }

    /// Calls an endpoint whose answer is wanted as it is, whatever its type.
    pub async fn fetch<E: Endpoint>(&self, endpoint: &E) -> Result<Answer, FrontError> {
        Ok(self.exchange(&call(endpoint)?).await?.answer)
    }

    /// Calls any operation that does not send; the answer is a success of whatever type.
    pub async fn exchange(&self, call: &Call) -> Result<Found<Answer>, FrontError> {
        let operation = call.operation;
        if operation.effect == Effect::Send {
            return Err(failure(operation, FrontErrorKind::IsSend));
        }
        let call = &*self.signed(call).await?;
        let exception = self.admit(call).await?;
        if operation.effect != Effect::Read {
            self.note(call, exception);
        }
        let answer = self
            .attempt(call)
            .await
            .map_err(|error| self.veiled(call, error))?;
        if !(300..400).contains(&answer.status) {
            return Ok(Found {
                answer: self.shown(call, answer).await?,
                merged_into: None,
            });
        }
        let (moved, merged_into) =
            merged(call, &answer).ok_or_else(|| failure(operation, FrontErrorKind::Redirected))?;
        if operation.method != Method::Get {
            return Err(failure(operation, FrontErrorKind::Merged(merged_into)));
        }
        self.admit(&moved).await?;
        let answer = self.attempt(&moved).await?;
        if (300..400).contains(&answer.status) {
            return Err(failure(operation, FrontErrorKind::Redirected));
        }
        Ok(Found {
            answer: self.shown(&moved, answer).await?,
            merged_into: Some(merged_into),
        })
    }

    fn note(&self, call: &Call, exception: Option<&'static str>) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.push(Change {
            operation: call.operation,
            ids: call
                .parameters
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            exception,
        });
    }

    /// One request, past every check.
    pub(super) async fn attempt(&self, call: &Call) -> Result<Answer, FrontError> {
        let operation = call.operation;
        let request =
            wire_request(call).ok_or_else(|| failure(operation, FrontErrorKind::Unbuildable))?;
        let journey = Journey {
            operation,
            // Two forms of one thing are two reads.
            target: format!("{} {:?} {:?}", request.path, request.query, request.accept),
            guard: GuardKey::new(operation, &request.path),
            caller: self.caller.clone(),
            priority: self.priority,
            sharing: self.sharing,
            deadline: self.deadline,
            repeats: self.repeats,
            waited: &self.waited,
        };
        let carry = || async {
            let carried = self.wire.carry(&request, self.deadline).await;
            self.heard.note(&carried);
            carried
        };
        accept(operation, self.wire.rules().run(journey, carry).await)
    }
}

pub(super) fn call<E: Endpoint>(endpoint: &E) -> Result<Call, FrontError> {
    let operation = Operation::by_id(E::OPERATION).ok_or(FrontError {
        method: Method::Get,
        template: E::OPERATION,
        scope: None,
        kind: FrontErrorKind::Unbuildable,
        said: None,
    })?;
    Ok(Call {
        operation,
        parameters: endpoint.parameters(),
        query: endpoint.query(),
        body: endpoint.body(),
        files: endpoint.files(),
        accept: endpoint.accept(),
    })
}

fn wire_request(call: &Call) -> Option<WireRequest> {
    Some(WireRequest {
        method: call.operation.method,
        path: fill(call.operation, &call.parameters)?,
        query: call.query.clone(),
        body: match &call.body {
            Some(fields) => Some(aside(size(&call.files), || {
                Body::with_files_as(file_field(call.operation), fields, &call.files)
            })?),
            None => None,
        },
        accept: call.accept,
    })
}

fn size(files: &[Upload]) -> usize {
    files.iter().map(|file| file.bytes.len()).sum()
}

/// A call for a method and a path that an agent wrote, if the table has such an operation.
pub fn resolve(method: Method, path: &RoutePath) -> Option<(&'static Operation, Vec<Segment>)> {
    let operation = Operation::find(method, path)?;
    Some((operation, parameters(operation, path)))
}
