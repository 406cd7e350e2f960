//! Asking a person whether a sealed message may go: through the host where it can, on the page,
//! in a terminal. All ways are open from the moment of sealing; the operator's order says which
//! one is put before the person first.

use std::{fmt, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use tokio::{sync::oneshot, time::Instant};

use super::{
    context::Context,
    error::ToolError,
    sending::{Envelope, EnvelopeId, EnvelopeState, SendReport, approvers, refused, report},
};
use crate::{
    gate::{Gate, approval::Heard, envelope::Channel},
    host::{Answer, Ask, Means, Question, Reply},
};

/// A body longer than this, in characters, or with attachments, is not put into a host's dialog:
/// nobody reads it there, or can look at them.
const LONGEST_ASKED: usize = 2_000;

/// How often a person who mistypes the word is asked again.
const MOST_ASKINGS: u32 = 3;

/// A dialog that is taken away after so long was shown to nobody.
const UNSEEN: Duration = Duration::from_secs(45);

/// A way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The host asks its user (MCP elicitation).
    Elicitation,
    /// A page in their browser.
    Page,
    /// `front-mcp approve` in a terminal.
    Terminal,
}

/// How a page was put before the person.
#[derive(Debug)]
pub enum Shown {
    /// It was opened in their browser.
    Opened,
    /// It is to be handed over: an address that opens nothing without a sign-in.
    Link(String),
}

/// Puts the approval page before the person.
pub trait Pages: Send + Sync {
    /// Shows an envelope; the reason when it cannot be shown.
    fn show<'a>(&'a self, envelope: &'a Envelope) -> BoxFuture<'a, Result<Shown, String>>;
}

/// The operator's ways of asking.
pub struct Ways {
    /// In this order.
    pub order: Vec<Way>,
    /// How long a call waits for an answer.
    pub wait: Duration,
    /// The page, where there may be one.
    pub page: Option<Arc<dyn Pages>>,
    /// What `front-mcp approve` must be told to find them: empty for the platform's own folder.
    pub folder_flag: String,
}

impl fmt::Debug for Ways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} for {:?}", self.order, self.wait)
    }
}

/// Asks, and waits for as long as the operator allows.
pub async fn ask(context: &Context<'_>, envelope: &Envelope) -> Result<SendReport, ToolError> {
    let ways = context.ways;
    let deadline = (Instant::now() + ways.wait).min(context.client.deadline());
    let mut could = Could::default();
    for way in &ways.order {
        match way {
            Way::Elicitation => match through_host(context, envelope, deadline).await? {
                Heard::Decided(envelope) => return Ok(report(&envelope)),
                Heard::Posed => return Ok(report(envelope)),
                Heard::Nothing => {}
            },
            other => could.offer(context, *other, envelope).await,
        }
    }
    // Nobody can have a link before the answer is there that holds it.
    if could.link().is_some() || !could.at_all() {
        return Ok(waiting(ways, envelope, &could));
    }
    let wait = deadline.saturating_duration_since(Instant::now());
    let now = context
        .gate
        .decided(&envelope.id, wait)
        .await
        .map_err(refused)?;
    Ok(match now.state {
        EnvelopeState::Sealed => waiting(ways, &now, &could),
        _ => report(&now),
    })
}

/// Takes the answer that came with a repeated call.
pub async fn answered(context: &Context<'_>, answer: &Answer) -> Result<SendReport, ToolError> {
    let envelope = context
        .gate
        .check(&context.caller, &answer.envelope)
        .await
        .map_err(refused)?;
    if answer.reply == Reply::Cancelled {
        let seconds = jiff::Timestamp::now()
            .duration_since(answer.asked_at)
            .as_secs_f64();
        let is_silent = seconds >= UNSEEN.as_secs_f64();
        note_silent(context.gate, &context.caller.client, is_silent).await?;
    }
    let heard = hear(
        context.gate,
        &envelope.id,
        answer.asking,
        answer.reply.clone(),
    )
    .await?;
    match heard {
        Heard::Decided(envelope) if envelope.state != EnvelopeState::Sealed => {
            Ok(report(&envelope))
        }
        // A mistyped word, or a dialog that was closed: the other ways stay open.
        _ => again(context, &envelope, &answer.reply).await,
    }
}

async fn again(
    context: &Context<'_>,
    envelope: &Envelope,
    reply: &Reply,
) -> Result<SendReport, ToolError> {
    let mistyped = matches!(reply, Reply::Accepted(Some(word)) if !word.trim().is_empty());
    if mistyped && envelope.asked < MOST_ASKINGS {
        return ask(context, envelope).await;
    }
    let mut could = Could::default();
    for way in &context.ways.order {
        could.offer(context, *way, envelope).await;
    }
    Ok(waiting(context.ways, envelope, &could))
}

/// Which ways a person could still take.
#[derive(Debug, Default)]
struct Could {
    page: Option<Shown>,
    terminal: bool,
}

impl Could {
    /// Opens a way that is none of the host's.
    async fn offer(&mut self, context: &Context<'_>, way: Way, envelope: &Envelope) {
        match way {
            Way::Elicitation => {}
            Way::Page => self.page = show_page(context.ways, envelope).await,
            Way::Terminal => self.terminal = context.gate.is_shared(),
        }
    }

    fn at_all(&self) -> bool {
        self.page.is_some() || self.terminal
    }

    fn link(&self) -> Option<&str> {
        match &self.page {
            Some(Shown::Link(link)) => Some(link),
            _ => None,
        }
    }
}

async fn show_page(ways: &Ways, envelope: &Envelope) -> Option<Shown> {
    let shown = match &ways.page {
        Some(page) => page.show(envelope).await,
        None => Err("this server has no approval page".to_owned()),
    };
    shown
        .inspect_err(|why| tracing::warn!(why, "the approval page could not be opened"))
        .ok()
}

/// The report of an envelope that still waits, with where a person can decide.
fn waiting(ways: &Ways, envelope: &Envelope, could: &Could) -> SendReport {
    let mut report = report(envelope);
    let id = &envelope.id;
    if let Some(link) = could.link() {
        report.next = format!(
            "hand the user this link: {link} . It opens for {} alone, after a sign-in, to send or decline the message, for as long as the envelope lives; then call `check-send` with envelope_id `{id}`",
            approvers(envelope)
        );
        return report;
    }
    let terminal = terminal(ways, envelope);
    report.next = match (could.page.is_some(), could.terminal) {
        (true, true) => format!(
            "ask the user to decide on the approval page that was opened in their browser, or with {terminal}; then call `check-send` with envelope_id `{id}`"
        ),
        (true, false) => format!(
            "ask the user to decide on the approval page that was opened in their browser; then call `check-send` with envelope_id `{id}`"
        ),
        (false, true) => format!(
            "ask the user to run {terminal}; then call `check-send` with envelope_id `{id}`"
        ),
        (false, false) => "nobody could be asked: this host shows no dialog and no browser could be opened. The operator can keep state in a folder and approve with `front-mcp approve` (PIN by `front-mcp approver set`), or start the server with `--send draft` to leave drafts in Front, or `--send confirm`".to_owned(),
    };
    report
}

fn terminal(ways: &Ways, envelope: &Envelope) -> String {
    let (id, flag) = (&envelope.id, &ways.folder_flag);
    match &envelope.approvers {
        None => format!(
            "`front-mcp approve {id}{flag}` in a terminal (with the PIN of `front-mcp approver set{flag}`)"
        ),
        Some(_) => format!(
            "`front-mcp approve {id} --as NAME{flag}` in a terminal of the server, as {}",
            approvers(envelope)
        ),
    }
}

/// Asks through the host, where the client declared that it can and is known to show it.
async fn through_host(
    context: &Context<'_>,
    envelope: &Envelope,
    deadline: Instant,
) -> Result<Heard, ToolError> {
    let means = context.host.means();
    let is_short = envelope.letter.text.chars().count() <= LONGEST_ASKED;
    let has_files = !envelope.letter.attachments.is_empty();
    if matches!(means, Means::None) || !is_short || has_files {
        return Ok(Heard::Nothing);
    }
    let client = &context.caller.client;
    if context.gate.is_silent(client).await.map_err(refused)? {
        return Ok(Heard::Nothing);
    }
    let Some(asked) = context.gate.asking(&envelope.id).await.map_err(refused)? else {
        let now = context.gate.check(&context.caller, &envelope.id).await;
        return Ok(Heard::Decided(Box::new(now.map_err(refused)?)));
    };
    let question = Question {
        envelope: asked.id.clone(),
        asking: asked.asked,
        message: super::question::text(&asked),
    };
    match means {
        Means::Rounds => {
            context.host.pose(question);
            Ok(Heard::Posed)
        }
        Means::Inline(asker) => inline(context, asker.as_ref(), question, deadline).await,
        Means::None => Ok(Heard::Nothing),
    }
}

/// Asks over the open connection. Whatever comes after the wait approves nothing.
async fn inline(
    context: &Context<'_>,
    asker: &dyn Ask,
    question: Question,
    deadline: Instant,
) -> Result<Heard, ToolError> {
    let (id, asking) = (question.envelope.clone(), question.asking);
    let mut reply = listen(context, asker.ask(question), &id);
    let wait = deadline.saturating_duration_since(Instant::now());
    let decided = context.gate.decided(&id, wait);
    tokio::select! {
        // What was answered counts before what was not.
        biased;
        reply = &mut reply => match reply {
            Ok(Some(reply)) => {
                note_silent(context.gate, &context.caller.client, false).await?;
                let is_cancelled = reply == Reply::Cancelled;
                let heard = hear(context.gate, &id, asking, reply).await?;
                Ok(if is_cancelled { Heard::Nothing } else { heard })
            }
            // The connection could not carry it.
            Ok(None) | Err(_) => Ok(Heard::Nothing),
        },
        now = decided => {
            let now = now.map_err(refused)?;
            if now.state == EnvelopeState::Sealed {
                note_silent(context.gate, &context.caller.client, true).await?;
                // Its answer is good no more.
                context.gate.heard(&id, asking, None).await.map_err(refused)?;
                return Ok(Heard::Nothing);
            }
            Ok(Heard::Decided(Box::new(now)))
        }
    }
}

/// Listens for the answer beyond the call, so that a late one is seen and recorded.
fn listen(
    context: &Context<'_>,
    asked: BoxFuture<'static, Option<Reply>>,
    id: &EnvelopeId,
) -> oneshot::Receiver<Option<Reply>> {
    let (heard, reply) = oneshot::channel();
    let gate = Arc::clone(context.gate);
    let (id, client) = (id.clone(), context.caller.client.clone());
    tokio::spawn(async move {
        let Err(Some(late)) = heard.send(asked.await) else {
            return;
        };
        let noted = gate.note_silent(&client, false).await;
        let recorded = match late {
            Reply::Accepted(_) => gate.too_late(&id).await,
            Reply::Declined => gate.decline(&id, Channel::Elicitation).await.map(drop),
            Reply::Cancelled => Ok(()),
        };
        if let Err(refusal) = noted.and(recorded) {
            tracing::error!(?refusal, "a late answer could not be recorded");
        }
    });
    reply
}

/// Acts on an answer that came in time.
async fn hear(
    gate: &Arc<Gate>,
    id: &EnvelopeId,
    asking: u32,
    reply: Reply,
) -> Result<Heard, ToolError> {
    let now = match reply {
        Reply::Accepted(word) => {
            let word = word.unwrap_or_default();
            if gate.heard(id, asking, Some(&word)).await.map_err(refused)? {
                gate.approve(id, Channel::Elicitation).await
            } else {
                gate.look(id).await
            }
        }
        Reply::Declined => gate.decline(id, Channel::Elicitation).await,
        Reply::Cancelled => {
            gate.heard(id, asking, None).await.map_err(refused)?;
            gate.look(id).await
        }
    };
    Ok(Heard::Decided(Box::new(now.map_err(refused)?)))
}

async fn note_silent(gate: &Gate, client: &str, is_silent: bool) -> Result<(), ToolError> {
    gate.note_silent(client, is_silent).await.map_err(refused)
}
