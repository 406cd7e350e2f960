//! MCP over standard input and output.
//!
//! Lines are read and judged here rather than in rmcp's own transport, which drops what it
//! cannot parse without an answer and so leaves a client waiting. Here every line that is no
//! message is logged, and answered with a JSON-RPC error where its id can still be read. A key
//! that stands twice in one object is refused before anything is done with either reading.
//! Standard output carries nothing but messages.

mod calls;
mod id_search;
mod line;
mod output;

use std::{io, sync::Arc};

use rmcp::{
    RoleServer, ServiceExt,
    model::{ErrorCode, ErrorData, RequestId},
    service::{RxJsonRpcMessage, ServerInitializeError, TxJsonRpcMessage},
    transport::Transport,
};
use tokio::{
    io::{AsyncRead, BufReader},
    sync::Mutex,
    task::JoinHandle,
};

use self::{
    calls::Calls,
    line::{Fault, Line, Lines},
    output::Output,
};
use crate::{
    app::App,
    server::{Server, structured},
};

/// Serves until the host closes standard input, then lets posts under way finish.
pub async fn serve(app: Arc<App>) -> anyhow::Result<()> {
    let output = Output::start()?;
    app.gate.hall().keep_tidy();
    serve_over(&app, Stdio::new(tokio::io::stdin(), output.clone())).await?;
    app.gate.hall().drain().await;
    app.wire.credential().settled().await;
    output.finish().await;
    Ok(())
}

/// Serves one connection, whatever comes before its first request.
async fn serve_over<R>(app: &Arc<App>, stdio: Stdio<R>) -> anyhow::Result<()>
where
    R: AsyncRead + Send + Unpin + 'static,
{
    loop {
        let server = Server::new(Arc::clone(app)).over_own_transport();
        match server.serve(stdio.clone()).await {
            Ok(running) => {
                running.waiting().await?;
                return Ok(());
            }
            // A notification or a stray answer before any request: not a reason to end.
            Err(ServerInitializeError::ExpectedInitializeRequest(Some(_))) => {
                tracing::warn!("a message before initialization was ignored");
            }
            Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}

/// The two streams, shared by handles of one connection.
struct Stdio<R> {
    input: Arc<Mutex<Input<R>>>,
    output: Output,
    calls: Calls,
}

struct Input<R> {
    lines: Lines<BufReader<R>>,
    /// The answer to the last faulty line, on its way. It is a task of its own because rmcp drops
    /// `receive` whenever something else happens first, which must not lose an answer.
    answering: Option<JoinHandle<io::Result<()>>>,
}

impl<R> Input<R> {
    /// Waits until the last faulty line is answered. Survives being cancelled.
    async fn answered(&mut self) -> io::Result<()> {
        let Some(answering) = &mut self.answering else {
            return Ok(());
        };
        let sent = answering.await;
        self.answering = None;
        sent.map_err(io::Error::other)?
    }
}

impl<R> Clone for Stdio<R> {
    fn clone(&self) -> Self {
        Self {
            input: Arc::clone(&self.input),
            output: self.output.clone(),
            calls: self.calls.clone(),
        }
    }
}

impl<R: AsyncRead + Unpin> Stdio<R> {
    fn new(input: R, output: Output) -> Self {
        Self {
            input: Arc::new(Mutex::new(Input {
                lines: Lines::new(BufReader::with_capacity(64 * 1024, input)),
                answering: None,
            })),
            output,
            calls: Calls::default(),
        }
    }
}

impl<R> Transport<RoleServer> for Stdio<R>
where
    R: AsyncRead + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let output = self.output.clone();
        let alone = self.calls.ended(&item);
        async move {
            let mut line = structured::line(item)?;
            line.push(b'\n');
            output.send(line, alone).await
        }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        let input = Arc::clone(&self.input);
        let mut input = input.lock().await;
        loop {
            input
                .answered()
                .await
                .inspect_err(|error| tracing::error!(%error, "standard output broke"))
                .ok()?;
            let line = input
                .lines
                .next()
                .await
                .inspect_err(|error| tracing::error!(%error, "standard input broke"))
                .ok()?;
            let fault = match line {
                Line::End => return None,
                Line::Message(message) => {
                    self.calls.begun(&message);
                    return Some(*message);
                }
                Line::Ignored => continue,
                Line::Faulty(fault) => fault,
            };
            // What is wrong goes to the client: it may hold somebody's words.
            tracing::warn!(code = fault.code, "a line that is no MCP message");
            input.answering = answer(fault).map(|answer| tokio::spawn(self.send(answer)));
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        // Lines handed over are written in any case: `serve` waits for them before it ends.
        Ok(())
    }
}

/// What cannot be traced to a request is only logged: a peer that echoes errors back would
/// otherwise never fall silent.
fn answer(fault: Fault) -> Option<TxJsonRpcMessage<RoleServer>> {
    let id: RequestId = serde_json::from_value(fault.id?).ok()?;
    let error = ErrorData::new(ErrorCode(fault.code), fault.problem, None);
    Some(TxJsonRpcMessage::<RoleServer>::error(error, Some(id)))
}
