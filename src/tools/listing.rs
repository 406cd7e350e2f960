//! Which of Front's endpoints answers a list of conversations: a pure plan.
//!
//! Plain lists are cheaper than search, which has a tighter limit, so search is used only for
//! what plain lists cannot express. A combination that neither can express is an error that
//! says so; no filter is ever dropped.

use crate::{
    front::{
        id::{InboxId, TagId, TeammateId},
        path::Segment,
    },
    shape::text::Text,
    tools::error::ToolError,
};

/// What was asked, names already resolved.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    /// Any of these inboxes; all when empty.
    pub inboxes: Vec<InboxId>,
    /// Has this tag.
    pub tag: Option<TagId>,
    /// Who has it.
    pub assignee: Assignee,
    /// Any of these statuses.
    pub statuses: Vec<Status>,
    /// Words or Front's search grammar.
    pub query: Option<String>,
    /// At or after, Unix seconds.
    pub after: Option<i64>,
    /// Before, Unix seconds.
    pub before: Option<i64>,
}

/// The assignee asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// Anybody or nobody.
    #[default]
    Any,
    /// Nobody.
    Nobody,
    /// This teammate.
    One(TeammateId),
}

/// A status as users say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Assigned or unassigned.
    Open,
    /// Done.
    Archived,
    /// Open and taken.
    Assigned,
    /// Open and free.
    Unassigned,
    /// Comes back later.
    Snoozed,
    /// In the trash.
    Trashed,
}

/// Where the rows come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// `GET /conversations`.
    Company(Vec<&'static str>),
    /// `GET /inboxes/{id}/conversations`, once for each.
    Inboxes(Vec<InboxId>, Vec<&'static str>),
    /// `GET /tags/{id}/conversations`.
    Tag(TagId, Vec<&'static str>),
    /// `GET /teammates/{id}/conversations`.
    Teammate(TeammateId, Vec<&'static str>),
    /// `GET /conversations/search/{query}`, once for each inbox.
    Search(Vec<SearchIn>),
}

/// One search.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchIn {
    /// The inbox it is limited to.
    pub inbox: Option<InboxId>,
    /// The encoded query.
    pub query: Segment,
}

/// The cheapest plan that answers the whole filter.
pub fn plan(filter: &Filter) -> Result<Plan, ToolError> {
    let statuses = statuses_of(filter)?;
    let needs_search = filter.query.is_some()
        || filter.after.is_some()
        || filter.before.is_some()
        || statuses.contains(&Status::Snoozed);
    let sources = usize::from(!filter.inboxes.is_empty())
        + usize::from(filter.tag.is_some())
        + usize::from(matches!(filter.assignee, Assignee::One(_)));
    if needs_search || sources > 1 {
        return search(filter, &statuses);
    }
    let words = list_words(&statuses);
    Ok(
        match (filter.inboxes.as_slice(), &filter.tag, &filter.assignee) {
            ([], None, Assignee::One(teammate)) => Plan::Teammate(teammate.clone(), words),
            ([], Some(tag), _) => Plan::Tag(tag.clone(), words),
            ([], None, _) => Plan::Company(words),
            (inboxes, _, _) => Plan::Inboxes(inboxes.to_vec(), words),
        },
    )
}

/// The statuses, with `assignee` folded in: nobody's are the unassigned ones.
fn statuses_of(filter: &Filter) -> Result<Vec<Status>, ToolError> {
    let mut statuses = filter.statuses.clone();
    statuses.dedup();
    let conflict = |message: &'static str| {
        ToolError::invalid("statuses", Text::of(message)).next("drop one of the two filters")
    };
    match &filter.assignee {
        Assignee::Nobody if statuses.is_empty() || statuses.contains(&Status::Open) => {
            statuses.retain(|status| *status != Status::Open);
            statuses.insert(0, Status::Unassigned);
        }
        Assignee::Nobody if statuses.iter().all(|status| *status == Status::Unassigned) => {}
        Assignee::Nobody => {
            return Err(conflict(
                "cannot be combined with `unassigned`: Front keeps unassigned as a status of its own, beside archived and trashed",
            ));
        }
        Assignee::One(_) if statuses.contains(&Status::Unassigned) => {
            return Err(conflict("`unassigned` cannot be combined with an assignee"));
        }
        _ => {}
    }
    Ok(statuses)
}

/// The words of `q[statuses]`.
fn list_words(statuses: &[Status]) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    for status in statuses {
        let each: &[&'static str] = match status {
            Status::Open => &["assigned", "unassigned"],
            Status::Archived => &["archived"],
            Status::Assigned => &["assigned"],
            Status::Unassigned => &["unassigned"],
            Status::Trashed => &["trashed"],
            Status::Snoozed => &[],
        };
        for word in each {
            if !words.contains(word) {
                words.push(*word);
            }
        }
    }
    words
}

fn search(filter: &Filter, statuses: &[Status]) -> Result<Plan, ToolError> {
    let mut filters = Vec::new();
    if let Some(tag) = &filter.tag {
        filters.push(format!("tag:{tag}"));
    }
    if let Assignee::One(teammate) = &filter.assignee {
        filters.push(format!("assignee:{teammate}"));
    }
    match statuses {
        [] => {}
        [only] => filters.push(format!("is:{}", search_word(*only))),
        [one, other]
            if [one, other].contains(&&Status::Assigned)
                && [one, other].contains(&&Status::Unassigned) =>
        {
            filters.push("is:open".into());
        }
        _ => {
            return Err(ToolError::invalid(
                "statuses",
                Text::of(
                    "holds several statuses, which Front's search cannot combine, and the other filters (`query`, `after`, `before`, `snoozed`, or several of inbox, tag and assignee) need its search",
                ),
            )
            .next("call once for each status"));
        }
    }
    // Whether Front's `after:` takes its own second is not documented; one second early, the
    // edge is inside either way.
    if let Some(after) = filter.after {
        filters.push(format!("after:{}", after.saturating_sub(1)));
    }
    if let Some(before) = filter.before {
        filters.push(format!("before:{before}"));
    }
    let words = filter.query.as_deref().map(str::trim).unwrap_or_default();
    let searches: Result<Vec<_>, ToolError> = if filter.inboxes.is_empty() {
        Ok(vec![one_search(None, words, &filters)?])
    } else {
        filter
            .inboxes
            .iter()
            .map(|inbox| one_search(Some(inbox), words, &filters))
            .collect()
    };
    Ok(Plan::Search(searches?))
}

fn one_search(
    inbox: Option<&InboxId>,
    words: &str,
    filters: &[String],
) -> Result<SearchIn, ToolError> {
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(words.to_owned());
    }
    parts.extend(inbox.map(|inbox| format!("inbox:{inbox}")));
    parts.extend_from_slice(filters);
    let query = Segment::encoded(&parts.join(" ")).map_err(|_| {
        ToolError::invalid("query", Text::of("holds nothing that can be searched for"))
    })?;
    Ok(SearchIn {
        inbox: inbox.cloned(),
        query,
    })
}

fn search_word(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Archived => "archived",
        Status::Assigned => "assigned",
        Status::Unassigned => "unassigned",
        Status::Snoozed => "snoozed",
        Status::Trashed => "trashed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbox() -> InboxId {
        InboxId::parse("inb_1").unwrap()
    }

    #[test]
    fn plain_lists_come_before_search() {
        let plan_of = |filter: Filter| plan(&filter).unwrap();
        assert_eq!(plan_of(Filter::default()), Plan::Company(vec![]));
        assert_eq!(
            plan_of(Filter {
                inboxes: vec![inbox()],
                assignee: Assignee::Nobody,
                ..Filter::default()
            }),
            Plan::Inboxes(vec![inbox()], vec!["unassigned"])
        );
        assert_eq!(
            plan_of(Filter {
                statuses: vec![Status::Open, Status::Trashed],
                ..Filter::default()
            }),
            Plan::Company(vec!["assigned", "unassigned", "trashed"])
        );
    }

    #[test]
    fn what_lists_cannot_say_is_searched() {
        let filter = Filter {
            inboxes: vec![inbox()],
            tag: TagId::parse("tag_2"),
            statuses: vec![Status::Open],
            after: Some(100),
            query: Some("refund/now?".into()),
            ..Filter::default()
        };
        let Plan::Search(searches) = plan(&filter).unwrap() else {
            panic!("not a search");
        };
        assert_eq!(
            searches[0].query,
            Segment::encoded("refund/now? inbox:inb_1 tag:tag_2 is:open after:99").unwrap()
        );
    }

    #[test]
    fn what_front_cannot_combine_is_an_error() {
        for filter in [
            Filter {
                statuses: vec![Status::Open, Status::Archived],
                query: Some("x".into()),
                ..Filter::default()
            },
            Filter {
                statuses: vec![Status::Archived],
                assignee: Assignee::Nobody,
                ..Filter::default()
            },
            Filter {
                statuses: vec![Status::Unassigned],
                assignee: Assignee::One(TeammateId::parse("tea_1").unwrap()),
                ..Filter::default()
            },
        ] {
            assert!(plan(&filter).is_err(), "{filter:?}");
        }
    }
}
