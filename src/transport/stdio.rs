//! MCP over standard input and output.
//!
//! Lines are read and judged here rather than in rmcp's own transport, which drops what it
//! cannot parse without an answer and so leaves a client waiting. Here every line that is no
//! message is logged, and answered with a JSON-RPC error where its id can still be read. A key
//! that stands twice in one object is refused before anything is done with either reading.
//! Standard output carries nothing but messages.

mod id_search;
mod line;

use std::{io, sync::Arc};

use rmcp::{
    RoleServer, ServiceExt,
    model::{ErrorCode, ErrorData, RequestId},
    service::{RxJsonRpcMessage, ServerInitializeError, TxJsonRpcMessage},
    transport::Transport,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    sync::Mutex,
    task::JoinHandle,
};

use self::line::{Fault, Line, Lines};
use crate::{app::App, server::Server};

/// Serves until the host closes standard input, then lets posts under way finish.
pub async fn serve(app: Arc<App>) -> anyhow::Result<()> {
    let stdio = Stdio::new(tokio::io::stdin(), tokio::io::stdout());
    loop {
        match Server::new(Arc::clone(&app)).serve(stdio.clone()).await {
            Ok(running) => {
                running.waiting().await?;
                break;
            }
            // A notification or a stray answer before any request: not a reason to end.
            Err(ServerInitializeError::ExpectedInitializeRequest(Some(_))) => {
                tracing::warn!("a message before initialization was ignored");
            }
            Err(ServerInitializeError::ConnectionClosed(_)) => break,
            Err(error) => return Err(error.into()),
        }
    }
    app.gate.drain().await;
    Ok(())
}

/// The two streams, shared by handles of one connection.
struct Stdio<R, W> {
    input: Arc<Mutex<Input<R>>>,
    out: Arc<Mutex<W>>,
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

impl<R, W> Clone for Stdio<R, W> {
    fn clone(&self) -> Self {
        Self {
            input: Arc::clone(&self.input),
            out: Arc::clone(&self.out),
        }
    }
}

impl<R: AsyncRead + Unpin, W> Stdio<R, W> {
    fn new(input: R, out: W) -> Self {
        Self {
            input: Arc::new(Mutex::new(Input {
                lines: Lines::new(BufReader::with_capacity(64 * 1024, input)),
                answering: None,
            })),
            out: Arc::new(Mutex::new(out)),
        }
    }
}

impl<R, W> Transport<RoleServer> for Stdio<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let out = Arc::clone(&self.out);
        async move {
            let mut bytes = serde_json::to_vec(&item)?;
            bytes.push(b'\n');
            let mut out = out.lock().await;
            out.write_all(&bytes).await?;
            out.flush().await
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
                Line::Message(message) => return Some(*message),
                Line::Ignored => continue,
                Line::Faulty(fault) => fault,
            };
            tracing::warn!(problem = %fault.problem, "a line that is no MCP message");
            input.answering = answer(fault).map(|answer| tokio::spawn(self.send(answer)));
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.out.lock().await.flush().await
    }
}

/// What cannot be traced to a request is only logged: a peer that echoes errors back would
/// otherwise never fall silent.
fn answer(fault: Fault) -> Option<TxJsonRpcMessage<RoleServer>> {
    let id: RequestId = serde_json::from_value(fault.id?).ok()?;
    let error = ErrorData::new(ErrorCode(fault.code), fault.problem, None);
    Some(TxJsonRpcMessage::<RoleServer>::error(error, Some(id)))
}
