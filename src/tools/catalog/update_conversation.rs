//! `update-conversation`: who has a conversation, where it stands and lies, what its fields say.

mod fields;
mod report;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    front::{
        FrontErrorKind,
        endpoints::{changes::UpdateConversation, conversations::ListInboxesOfConversation},
        id::{ConversationId, TicketStatusId},
        model::{Conversation, Inbox, Teammate, TicketStatus},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        before::{FromTo, before},
        conversation_row::{Named, Person, Place, Status, person, place},
        resolve,
    },
    untrusted::Untrusted,
};

use self::fields::FieldChange;

pub static TOOL: Entry = Entry::of::<UpdateConversationTool>();

struct UpdateConversationTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Conversation id or pasted Front link.
    conversation_id: String,
    /// Teammate, or `unassigned`.
    assignee: Option<String>,
    /// New status.
    status: Option<NewStatus>,
    /// Name or id, where ticketing is on; not with `status`.
    ticket_status: Option<String>,
    /// Inbox to move to.
    inbox: Option<String>,
    /// Name to value; null clears, others stay.
    #[serde(default)]
    custom_fields: Map<String, Value>,
}

/// Where a conversation can be put.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum NewStatus {
    Open,
    Archived,
    Spam,
    Trashed,
}

impl NewStatus {
    /// What `PATCH` calls it; what is in the trash, it calls deleted.
    const fn in_patch(self) -> &'static str {
        match self {
            Self::Trashed => "deleted",
            other => other.word(),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Archived => "archived",
            Self::Spam => "spam",
            Self::Trashed => "trashed",
        }
    }

    /// Whether a conversation that stands so needs no change. Front does not tell spam apart.
    const fn is(self, status: Status) -> bool {
        match self {
            Self::Open => matches!(status, Status::Assigned | Status::Unassigned),
            Self::Archived => matches!(status, Status::Archived),
            Self::Trashed => matches!(status, Status::Trashed),
            Self::Spam => false,
        }
    }
}

/// A ticket status: id and name.
type Ticket = Named<TicketStatusId>;

/// What was changed; what is absent was not.
#[derive(Serialize, JsonSchema)]
struct Output {
    conversation_id: ConversationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<FromTo<Person>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<FromTo<Status, NewStatus>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket_status: Option<FromTo<Ticket>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inbox: Option<FromTo<Vec<Place>, Place>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    custom_fields: Vec<FieldChange>,
    /// Arguments that it already answered to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    already: Vec<&'static str>,
}

impl Tool for UpdateConversationTool {
    const SPEC: Spec = Spec {
        name: "update-conversation",
        title: "Update a conversation",
        description: "Assigns, unassigns, opens, archives or moves a conversation, or sets its custom fields, in one step. Reports before and after; what is already so is not written.",
        effect: Effect::Set,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-conversation-by-id", "update-conversation"];
    const USES: &'static [&'static str] = &[
        "list-teammates",
        "list-inboxes",
        "list-conversation-inboxes",
        "list-company-ticket-statuses",
        "list-conversation-custom-fields",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = resolve::conversation("conversation_id", &input.conversation_id)?;
        let wanted = Wanted::of(context, input).await?;
        let now = before(context, &conversation).await?;
        let mut output = Output {
            conversation_id: conversation.clone(),
            assignee: None,
            status: None,
            ticket_status: None,
            inbox: None,
            custom_fields: Vec::new(),
            already: Vec::new(),
        };
        let fields = wanted.changes(context, &now, &mut output).await?;
        if !fields.is_empty() {
            let update = UpdateConversation {
                conversation,
                fields,
            };
            context.client.send(&update).await?;
        }
        Ok(output)
    }
}

/// What is wanted, with every name looked up.
struct Wanted {
    /// Somebody, or nobody.
    assignee: Option<Option<Teammate>>,
    status: Option<NewStatus>,
    ticket_status: Option<TicketStatus>,
    inbox: Option<Inbox>,
    custom_fields: Map<String, Value>,
}

impl Wanted {
    async fn of(context: &Context<'_>, input: Input) -> Result<Self, ToolError> {
        if input.status.is_some() && input.ticket_status.is_some() {
            let message = Text::of("cannot be given with `status`: Front takes one of the two");
            return Err(ToolError::invalid("ticket_status", message));
        }
        let wanted = Self {
            assignee: match input.assignee.as_deref().map(resolve::unwrapped) {
                None => None,
                Some(nobody) if nobody.eq_ignore_ascii_case("unassigned") => Some(None),
                Some(given) => {
                    let found = resolve::one(context, "assignee", given).await;
                    Some(Some(
                        found.map_err(|error| resolve::or_unassigned(error, given))?,
                    ))
                }
            },
            status: input.status,
            ticket_status: match &input.ticket_status {
                None => None,
                Some(given) => Some(ticket_status(context, given).await?),
            },
            inbox: match &input.inbox {
                None => None,
                Some(given) => Some(resolve::one(context, "inbox", given).await?),
            },
            custom_fields: fields::named(context, input.custom_fields).await?,
        };
        if wanted.is_nothing() {
            return Err(ToolError::new(
                "invalid_argument",
                Text::of("nothing to change is named"),
            )
            .next("give one or more of `assignee`, `status`, `ticket_status`, `inbox` and `custom_fields`"));
        }
        Ok(wanted)
    }

    fn is_nothing(&self) -> bool {
        self.assignee.is_none()
            && self.status.is_none()
            && self.ticket_status.is_none()
            && self.inbox.is_none()
            && self.custom_fields.is_empty()
    }

    /// The body of the one request, with nothing in it that is so already.
    async fn changes(
        self,
        context: &Context<'_>,
        now: &Conversation,
        output: &mut Output,
    ) -> Result<Map<String, Value>, ToolError> {
        let mut body = Map::new();
        if let Some(assignee) = self.assignee {
            let id = |one: Option<&Teammate>| one.map(|one| one.id.clone());
            let (was, will) = (id(now.assignee.as_ref()), id(assignee.as_ref()));
            if was == will {
                output.already.push("assignee");
            } else {
                body.insert("assignee_id".into(), json!(will));
                output.assignee = Some(FromTo {
                    before: now.assignee.as_ref().map(person),
                    after: assignee.as_ref().map(person),
                });
            }
        }
        if let Some(status) = self.status {
            let was = Status::of(now);
            if status.is(was) {
                output.already.push("status");
            } else {
                body.insert("status".into(), status.in_patch().into());
                output.status = Some(FromTo {
                    before: Some(was),
                    after: Some(status),
                });
            }
        }
        if let Some(status) = self.ticket_status {
            if now.status_id.as_ref() == Some(&status.id) {
                output.already.push("ticket_status");
            } else {
                body.insert("status_id".into(), json!(status.id));
                output.ticket_status = Some(FromTo {
                    before: ticket_before(context, now).await?,
                    after: Some(ticket(&status)),
                });
            }
        }
        if let Some(inbox) = self.inbox {
            move_to(context, now, &inbox, &mut body, output).await?;
        }
        if !self.custom_fields.is_empty() {
            fields::merge(now, self.custom_fields, &mut body, output);
        }
        Ok(body)
    }
}

/// By name or id; where ticketing is off there are none.
async fn ticket_status(context: &Context<'_>, given: &str) -> Result<TicketStatus, ToolError> {
    if let Err(error) = context.directory.ticket_statuses(&context.client).await
        && matches!(error.kind, FrontErrorKind::Status(404))
    {
        let message = Text::of(
            "cannot be set: ticketing is not enabled for this company, and nothing was changed",
        );
        return Err(ToolError::invalid("ticket_status", message).next("use `status` instead"));
    }
    resolve::one(context, "ticket_status", given).await
}

fn ticket(status: &TicketStatus) -> Ticket {
    Named {
        id: status.id.clone(),
        name: Words::line(&status.name),
    }
}

async fn ticket_before(
    context: &Context<'_>,
    now: &Conversation,
) -> Result<Option<Ticket>, ToolError> {
    let Some(id) = &now.status_id else {
        return Ok(None);
    };
    let all = context.directory.ticket_statuses(&context.client).await?;
    let known = all.iter().find(|status| status.id == *id).map(ticket);
    // Front may have taken it off the list since.
    Ok(known.or_else(|| {
        Some(Named {
            id: id.clone(),
            name: Words::line(&Untrusted::new(
                now.status_category.clone().unwrap_or_default(),
            )),
        })
    }))
}

async fn move_to(
    context: &Context<'_>,
    now: &Conversation,
    inbox: &Inbox,
    body: &mut Map<String, Value>,
    output: &mut Output,
) -> Result<(), ToolError> {
    let list = ListInboxesOfConversation {
        conversation: now.id.clone(),
    };
    let lies_in = context.client.send(&list).await?.results;
    if matches!(lies_in.as_slice(), [only] if only.id == inbox.id) {
        output.already.push("inbox");
        return Ok(());
    }
    body.insert("inbox_id".into(), json!(inbox.id));
    output.inbox = Some(FromTo {
        before: Some(lies_in.iter().map(place).collect()),
        after: Some(place(inbox)),
    });
    Ok(())
}
