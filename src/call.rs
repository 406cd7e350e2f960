//! The path of one tool call, read from top to bottom: find, read the arguments, decide, run
//! within the deadline, shape, record.
//!
//! It knows no protocol: `server` (MCP) and `cli` (the shell) hand it a name and arguments and
//! get an [`Outcome`].

mod record;

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json, value::RawValue};
use tokio_util::sync::CancellationToken;

use self::record::record;
use crate::{
    app::App,
    front::{CallerKey, Client},
    gate::mode::SendMode,
    host::{Host, Question},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, ToolError, arguments,
        catalog::CATALOG,
        context::Caller,
        contract::{Picture, Shaped},
        error::Lost,
        fix,
        surface::Surface,
    },
};

/// What a call came to.
#[derive(Debug)]
pub struct Outcome {
    /// For reading.
    pub text: String,
    /// For programs; never with an error.
    pub structured: Option<Box<RawValue>>,
    /// The tool could not do its work.
    pub is_error: bool,
    /// For looking at, beside the text.
    pub pictures: Vec<Picture>,
    /// Codes of errors; where strangers' words stand.
    pub meta: Value,
    /// What a person is to be asked before there is a result.
    pub question: Option<Question>,
}

impl Outcome {
    /// The result for programs as a value; `None` with an error.
    pub fn value(&self) -> Option<Value> {
        serde_json::from_str(self.structured.as_ref()?.get()).ok()
    }

    /// Says how long the call waited for Front's request budget, if it did. Less than a moment is not
    /// waiting: a busy machine takes that long to come back to a call.
    fn after_waiting(mut self, waited: Duration) -> Self {
        if let (Some(meta), ms @ 20..) = (self.meta.as_object_mut(), waited.as_millis()) {
            meta.insert("waited_ms".to_owned(), json!(ms));
        }
        self
    }
}

/// No tool has this name: a fault of protocol, not of a tool.
#[derive(Debug)]
pub struct UnknownTool;

impl App {
    /// Calls a tool.
    pub async fn call(
        &self,
        name: &str,
        given: Map<String, Value>,
        caller: Caller,
        host: &Host,
        cancelled: &CancellationToken,
    ) -> Result<Outcome, UnknownTool> {
        let started = Instant::now();
        let entry = find(name).ok_or(UnknownTool)?;
        let deadline = tokio::time::Instant::now() + self.tool_timeout;
        let client = Client::new(self.wire.clone(), self.fence.clone(), deadline)
            .for_caller(CallerKey::new(&caller.id))
            .signing(self.identity.signature.clone());
        let asked_by = caller.clone();
        let result = self
            .answer(entry, given, caller, host, client.clone(), cancelled)
            .await;
        record(
            entry,
            &asked_by,
            &client,
            self.gate.audit(),
            started,
            &result,
        );
        host.progress().end().await;
        let mut outcome = match result {
            Ok(shaped) => success(entry, shaped),
            Err(error) => failure(&error.signing_in_with(&self.login_flags)),
        };
        outcome.question = host.posed().filter(|_| !outcome.is_error);
        Ok(outcome.after_waiting(client.waited()))
    }

    async fn answer(
        &self,
        entry: &'static Entry,
        given: Map<String, Value>,
        caller: Caller,
        host: &Host,
        client: Client,
        cancelled: &CancellationToken,
    ) -> Result<Shaped, ToolError> {
        self.surface.permit(entry)?;
        let arguments = arguments::read(&entry.schemas().input, given.clone())
            .map_err(|error| self.corrected(entry, &given, error))?;
        let deadline = client.deadline();
        let context = Context {
            client,
            directory: &self.directory,
            plans: &self.plans,
            library: &self.library,
            gate: &self.gate,
            host,
            ways: &self.ways,
            surface: &self.surface,
            previews: &self.previews,
            caller,
            attachable: &self.attachable,
            zone: self.zone.clone(),
            arguments: arguments.clone(),
            tool: entry.spec.name,
        };
        let running = host.progress().beside(entry.run(&context, arguments));
        tokio::select! {
            result = running => result.map_err(|error| {
                match &context.arguments {
                    Value::Object(read) => self.corrected(entry, read, error),
                    _ => error,
                }
            }),
            () = tokio::time::sleep_until(deadline) => Err(ToolError::deadline(
                self.tool_timeout,
                self.lost(entry.spec.effect, &context.client),
            )),
            () = cancelled.cancelled() => Err(ToolError::cancelled()),
        }
    }
}

impl App {
    /// An error with the call that was meant, where that is known.
    fn corrected(
        &self,
        entry: &'static Entry,
        given: &Map<String, Value>,
        error: ToolError,
    ) -> ToolError {
        match fix::meant(entry, given, &error, &self.surface, &self.zone) {
            Some(call) => error.corrected(call),
            None => error,
        }
    }

    /// What a call of such a tool may have left behind when it is stopped.
    fn lost(&self, effect: Effect, client: &Client) -> Lost {
        match effect {
            Effect::Seal if self.gate.mode() != SendMode::Draft => Lost::Seal,
            Effect::Send => Lost::Release,
            // What had not begun to leave was not made.
            _ if client.changes().is_empty() => Lost::Nothing,
            _ => Lost::Change,
        }
    }
}

/// The tool with this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    CATALOG
        .iter()
        .copied()
        .find(|entry| entry.spec.name == name)
}

fn success(entry: &Entry, shaped: Shaped) -> Outcome {
    let mut meta = json!({ "untrusted": entry.schemas().untrusted });
    if let (Some(meta), true) = (meta.as_object_mut(), shaped.is_cut) {
        meta.insert("cut".to_owned(), json!(true));
    }
    Outcome {
        text: shaped.text,
        structured: Some(shaped.structured),
        pictures: shaped.pictures,
        is_error: false,
        meta,
        question: None,
    }
}

fn failure(error: &ToolError) -> Outcome {
    Outcome {
        text: error.text(),
        structured: None,
        pictures: Vec::new(),
        is_error: true,
        meta: error.meta(),
        question: None,
    }
}

/// The text for a caller that named no tool of ours.
pub fn unknown_tool(name: &str, surface: &Surface) -> String {
    let mut text = Text::of("there is no tool ");
    text.quote_text(&arguments::clip(name)).say("; there are ");
    text.say(arguments::list(
        surface.listed().map(|entry| entry.spec.name),
    ));
    text.finish()
}
