//! `bulk-update`: one change to many conversations, shown first and made by its handle.

mod progress;
mod report;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::progress::{Progress, progress};
use crate::{
    drawn::DrawnId,
    front::id::ConversationId,
    shape::{moment::Moment, text::Text, tokens::estimate, words::Words},
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        bulk::{
            MOST,
            change::{Change, Kind, Why},
            plan::Plan,
            plans::LIFE,
            seen::Moved,
            survey::{self, Survey},
            work::carry_out,
        },
        conversation_row::{Person, Status, person},
        resolve,
        search_filters::{Wanted, searches},
        search_query::Is,
    },
};

pub static TOOL: Entry = Entry::of::<BulkUpdateTool>();

struct BulkUpdateTool;

/// Tokens of subjects that one answer holds; what comes after is told by its id.
const SUBJECTS: usize = 4_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// From a dry run; alone.
    handle: Option<String>,
    /// What to do.
    change: Option<Kind>,
    /// Tag; teammate or `unassigned`.
    to: Option<String>,
    /// Or `search`.
    #[serde(default)]
    #[schemars(length(max = 200))]
    conversation_ids: Vec<String>,
    /// As `search-conversations`.
    search: Option<Search>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    /// Words.
    text: Option<String>,
    /// Any.
    #[serde(default)]
    from: Vec<String>,
    /// Or `unassigned`.
    assignee: Option<String>,
    /// All.
    #[serde(default)]
    tags: Vec<String>,
    /// Any.
    #[serde(default)]
    inboxes: Vec<String>,
    /// All.
    #[serde(default)]
    is: Vec<Is>,
    /// Has a message since: `7d`.
    after: Option<String>,
    /// Has a message before.
    before: Option<String>,
}

impl From<Search> for Wanted {
    fn from(search: Search) -> Self {
        Self {
            text: search.text,
            from: search.from,
            assignee: search.assignee,
            tags: search.tags,
            inboxes: search.inboxes,
            is: search.is,
            after: search.after,
            before: search.before,
            ..Self::default()
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Pass it alone to make the changes, or to go on; absent when nothing is left to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<DrawnId>,
    change: Change,
    /// A dry run: nothing was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    dry_run: Option<DryRun>,
    /// What was made of a plan so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Progress>,
}

/// What would be changed.
#[derive(Serialize, JsonSchema)]
struct DryRun {
    would_change: Vec<Row>,
    /// Left as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Skipped>,
    /// The queries that Front was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    searched: Vec<Words>,
    /// How many more the search finds than one plan takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<u64>,
}

/// A conversation as it is, in what the change is about.
#[derive(Serialize, JsonSchema)]
struct Row {
    conversation_id: ConversationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Words>,
    /// The last activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Moment>,
    /// Who has it, where it would be assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<Person>,
    /// Where it stands, where it would be archived.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
}

#[derive(Serialize, JsonSchema)]
struct Skipped {
    why: Why,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<ConversationId>,
    /// What changed since the dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Moved>,
    conversation_ids: Vec<ConversationId>,
}

impl Tool for BulkUpdateTool {
    const SPEC: Spec = Spec {
        name: "bulk-update",
        title: "Update many conversations",
        description: "Makes one change to up to 200 conversations. The first call changes nothing: it lists what would change and returns a handle; a call with the handle makes these changes, and another goes on where it stopped.",
        effect: Effect::Set,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-conversation-by-id", "update-conversation"];
    const USES: &'static [&'static str] = &[
        "search-conversations",
        "add-conversation-tag",
        "remove-conversation-tag",
        "list-tags",
        "list-teammates",
        "list-inboxes",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        match input.handle.as_deref().map(str::trim) {
            Some(handle) if !handle.is_empty() => {
                if input.change.is_some()
                    || input.to.is_some()
                    || !input.conversation_ids.is_empty()
                    || input.search.is_some()
                {
                    let message = Text::of("is given with other arguments, and nothing was done");
                    return Err(ToolError::invalid("handle", message).next(
                        "give it alone to make its changes, or leave it out for a new dry run",
                    ));
                }
                make(context, handle).await
            }
            _ => dry_run(context, input).await,
        }
    }
}

async fn dry_run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
    let Some(kind) = input.change else {
        return Err(ToolError::invalid("change", Text::of("is missing"))
            .next("say what to do, or give the `handle` of a dry run to make its changes"));
    };
    let ids = ids(&input.conversation_ids)?;
    let searched = match (&input.search, ids.is_empty()) {
        (Some(_), false) => {
            let message = Text::of("cannot be combined with `conversation_ids`");
            return Err(ToolError::invalid("search", message).next("give one of the two"));
        }
        (None, true) => {
            let message = Text::of("is empty, and no `search` is given");
            return Err(ToolError::invalid("conversation_ids", message)
                .next("say which conversations, by their ids or by a search"));
        }
        _ => input.search,
    };
    let change = Change::of(context, kind, input.to.as_deref()).await?;
    let (survey, searched) = match searched {
        None => (survey::named(context, &change, ids).await?, Vec::new()),
        Some(search) => {
            let searches = searches(context, &search.into())
                .await
                .map_err(within_search)?;
            let survey = survey::found(context, &change, &searches).await?;
            let queries = searches.queries().map(|query| Words::block(&query));
            (survey, queries.collect())
        }
    };
    let handle = match survey.due.is_empty() {
        true => None,
        false => Some(keep(context, Plan::new(change.clone(), &survey.due))?),
    };
    Ok(Output {
        handle,
        dry_run: Some(DryRun {
            would_change: rows(&change, &survey),
            skipped: skipped(&survey),
            searched,
            beyond: Some(survey.beyond).filter(|beyond| *beyond > 0),
        }),
        change,
        progress: None,
    })
}

fn ids(given: &[String]) -> Result<Vec<ConversationId>, ToolError> {
    let mut ids = Vec::new();
    for (index, given) in given.iter().enumerate().take(MOST) {
        let id = resolve::conversation(&format!("conversation_ids[{index}]"), given)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The search's arguments stand one step deeper here.
fn within_search(error: ToolError) -> ToolError {
    match &error.field {
        Some(field) => {
            let field = format!("search.{field}");
            error.on(field)
        }
        None => error,
    }
}

fn keep(context: &Context<'_>, plan: Plan) -> Result<DrawnId, ToolError> {
    context
        .plans
        .keep(&context.caller.id, plan)
        .map_err(|error| {
            tracing::error!(%error, "no random bytes for a handle");
            ToolError::new(
                "internal",
                Text::of("this system gives no random bytes, so no plan could be kept; nothing was changed"),
            )
        })
}

fn rows(change: &Change, survey: &Survey) -> Vec<Row> {
    let mut cost = 0;
    let width = if survey.due.len() > 60 { 50 } else { 100 };
    let each = survey.due.iter().map(|conversation| {
        let subject = Some(Words::cut(&conversation.subject, width)).filter(|subject| {
            cost += estimate(subject.as_str());
            !subject.is_empty() && cost <= SUBJECTS
        });
        Row {
            conversation_id: conversation.id.clone(),
            subject,
            updated: Moment::from_front(conversation.updated_at.or(conversation.created_at)),
            assignee: conversation
                .assignee
                .as_ref()
                .filter(|_| change.kind == Kind::Assign)
                .map(person),
            status: (change.kind == Kind::Archive).then(|| Status::of(conversation)),
        }
    });
    each.collect()
}

fn skipped(survey: &Survey) -> Vec<Skipped> {
    let mut groups: Vec<Skipped> = Vec::new();
    for (id, why, into) in &survey.skipped {
        let same = |group: &&mut Skipped| group.why == *why && group.merged_into == *into;
        match groups.iter_mut().find(same) {
            Some(group) => group.conversation_ids.push(id.clone()),
            None => groups.push(Skipped {
                why: *why,
                merged_into: into.clone(),
                changed: None,
                conversation_ids: vec![id.clone()],
            }),
        }
    }
    groups
}

async fn make(context: &Context<'_>, handle: &str) -> Result<Output, ToolError> {
    let (handle, plan) = context.plans.find(&context.caller.id, handle).ok_or_else(|| {
        let mut message = Text::of("is no handle that is known here, and nothing was changed: a handle is kept for ");
        message
            .say(LIFE.as_secs() / 60)
            .say(" minutes after its last use, by the server that gave it, and for the caller who got it");
        ToolError::not_found("handle", message).next("make a new dry run with `change`")
    })?;
    let Ok(_running) = plan.running.try_lock() else {
        let message = Text::of("is being carried out by another call");
        return Err(ToolError::invalid("handle", message)
            .coded("busy")
            .next("wait for that call, then call again: what is done is not done twice"));
    };
    let stop = carry_out(context, &plan)
        .await
        .map_err(|error| error.and("nothing was changed, and the same handle can be used again"))?;
    let progress = progress(&plan, stop);
    let is_left = progress.not_tried > 0 || !progress.unknown.is_empty();
    Ok(Output {
        handle: is_left.then_some(handle),
        change: plan.change.clone(),
        dry_run: None,
        progress: Some(progress),
    })
}
