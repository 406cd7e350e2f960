//! `snooze-conversation`: lets a conversation come back later, or now.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::changes::Remind,
        id::{ConversationId, TeammateId},
        model::{Conversation, Teammate},
    },
    shape::{
        ahead,
        moment::Moment,
        text::{Text, Vouched},
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments, before::before,
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<SnoozeConversationTool>();

struct SnoozeConversationTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id or pasted Front link.
    conversation_id: String,
    /// ISO 8601, `2d`, `tomorrow`, `monday 14:00`; a day alone is 09:00.
    until: Option<String>,
    /// Ends the snooze.
    #[serde(default)]
    cancel: bool,
    /// Teammate, by default the assignee.
    teammate: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    conversation_id: ConversationId,
    /// When it comes back; absent when it is not snoozed.
    #[serde(skip_serializing_if = "Option::is_none")]
    snoozed_until: Option<Moment>,
    /// The same with its weekday, in this server's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    local: Option<String>,
    /// When it was to come back before.
    #[serde(skip_serializing_if = "Option::is_none")]
    was_snoozed_until: Option<Moment>,
    /// Whose snooze it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    teammate_id: Option<TeammateId>,
}

impl Tool for SnoozeConversationTool {
    const SPEC: Spec = Spec {
        name: "snooze-conversation",
        title: "Snooze a conversation",
        description: "Snoozes a conversation until a time, for everybody in a shared inbox, or ends its snooze.",
        effect: Effect::Set,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] =
        &["get-conversation-by-id", "update-conversation-reminders"];
    const USES: &'static [&'static str] = &["list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        let until = until(context, &input)?;
        let given = match &input.teammate {
            None => None,
            Some(given) => Some(resolve::id::<Teammate>(context, "teammate", given).await?),
        };
        let now = before(context, &conversation).await?;
        let was = now.scheduled_reminders.first();
        let was_until = was.and_then(|reminder| Moment::from_front(reminder.scheduled_at));
        let at = until.map(Timestamp::as_second);
        let mut output = Output {
            conversation_id: conversation.clone(),
            snoozed_until: until.map(Moment::at),
            local: until.map(|at| ahead::local(at, &context.zone)),
            was_snoozed_until: was_until,
            teammate_id: None,
        };
        let is_so = match at {
            None => now.scheduled_reminders.is_empty(),
            Some(at) => given.is_none() && was_until.map(Moment::seconds) == Some(at),
        };
        if is_so {
            return Ok(output);
        }
        let teammate = whose(&now, given, until.is_none())?;
        output.teammate_id = Some(teammate.clone());
        let remind = Remind {
            conversation,
            teammate,
            at,
        };
        context.client.send(&remind).await?;
        Ok(output)
    }
}

/// The time asked for; none to end the snooze.
fn until(context: &Context<'_>, input: &Input) -> Result<Option<Timestamp>, ToolError> {
    let given = match (input.until.as_deref().map(str::trim), input.cancel) {
        (None | Some(""), true) => return Ok(None),
        (Some(given), false) if !given.is_empty() => given,
        (_, true) => {
            let message = Text::of("cannot be combined with `cancel`");
            return Err(ToolError::invalid("until", message).next("give one of the two"));
        }
        _ => {
            let message = Text::of("is missing");
            return Err(ToolError::invalid("until", message)
                .next("say until when, or `cancel: true` to end a snooze"));
        }
    };
    let now = context.now();
    let wrong = |says: &'static str| {
        let mut message = Text::of(says);
        message
            .quote_text(&arguments::clip(given))
            .say("; now is ")
            .say(Vouched::ours(ahead::local(now, &context.zone)));
        ToolError::invalid("until", message).next(ahead::FORMS)
    };
    let at = ahead::parse(given, now, &context.zone)
        .ok_or_else(|| wrong("is no time that is understood here: "))?;
    if at <= now {
        let mut error = Text::of("is in the past: ");
        error
            .say(Vouched::ours(ahead::local(at, &context.zone)))
            .say("; now is ")
            .say(Vouched::ours(ahead::local(now, &context.zone)));
        return Err(ToolError::invalid("until", error).next("give a time that is still to come"));
    }
    match at.as_second() - now.as_second() > ahead::FARTHEST {
        true => Err(wrong("is more than 50 years ahead, which Front refuses: ")),
        false => Ok(Some(at)),
    }
}

/// Front wants to know for whom, though in a shared inbox it is for all of them.
fn whose(
    now: &Conversation,
    given: Option<TeammateId>,
    is_end: bool,
) -> Result<TeammateId, ToolError> {
    let owner = || now.scheduled_reminders.first()?.links.owner();
    let assignee = || Some(now.assignee.as_ref()?.id.clone());
    given
        .or_else(|| is_end.then(owner).flatten())
        .or_else(assignee)
        .ok_or_else(|| {
            ToolError::invalid(
                "teammate",
                Text::of("is missing, and nobody has this conversation; nothing was changed"),
            )
            .next("name a teammate who has access to its inbox; `list-teammates` shows all")
        })
}

impl Report for Output {
    fn report(&self) -> Text {
        let is_written = self.teammate_id.is_some();
        let mut text = Text::of(match (self.snoozed_until.is_some(), is_written) {
            (true, true) => "Snoozed ",
            (true, false) => "Already snoozed: ",
            (false, true) => "Ended the snooze of ",
            (false, false) => "Not snoozed, so nothing was changed: ",
        });
        text.say(&self.conversation_id);
        if let (Some(until), Some(local)) = (&self.snoozed_until, &self.local) {
            text.say(" until ")
                .say(Vouched::ours(local.clone()))
                .say(" (")
                .say(until)
                .say(")");
        }
        if let Some(was) = self.was_snoozed_until.filter(|_| is_written) {
            text.say("; it was until ").say(was);
        }
        if let Some(teammate) = &self.teammate_id {
            text.say("; teammate ").say(teammate);
        }
        text
    }
}
