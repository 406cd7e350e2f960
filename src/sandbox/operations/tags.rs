//! Tags and their hierarchy.

use crate::sandbox::{
    answer::{Outcome, created, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::{State, Tag},
    view::{self, Listing},
};

const HIGHLIGHTS: [&str; 9] = [
    "grey",
    "pink",
    "red",
    "orange",
    "yellow",
    "green",
    "light-blue",
    "blue",
    "purple",
];

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    let cut = Cut::of(call)?;
    let mut tags: Vec<&Tag> = state.tags.iter().collect();
    tags.sort_by_key(|tag| tag.id);
    if call.query.first("sort_order") == Some("desc") {
        tags.reverse();
    }
    ok(&cut.page(call, &tags, None, |tag| view::tag(tag)))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Tag, Refusal> {
    let id = call.id("tag", "tag")?;
    state
        .tags
        .get(id)
        .ok_or_else(|| Refusal::not_found("tag", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::tag(find(state, call)?))
}

pub(super) fn children(state: &State, call: &Call) -> Outcome {
    let parent = find(state, call)?.id;
    let children = state.tags.iter().filter(|tag| tag.parent == Some(parent));
    ok(&Listing::new(&call.path, children.map(view::tag)))
}

pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    make(state, call, None)
}

pub(super) fn create_child(state: &mut State, call: &Call) -> Outcome {
    let parent = find(state, call)?.id;
    make(state, call, Some(parent))
}

fn make(state: &mut State, call: &Call, parent: Option<Id>) -> Outcome {
    let mut fields = Fields::of(call)?;
    let name = fields.required_text("name");
    let description = fields.text("description");
    let highlight = fields.word("highlight", &HIGHLIGHTS);
    let is_visible = fields.flag("is_visible_in_conversation_lists");
    fields.check()?;
    let now = state.tick();
    let tag = Tag {
        id: state.tags.next_id("tag"),
        name,
        description,
        highlight: highlight.map(str::to_owned),
        parent,
        is_visible: is_visible.unwrap_or(false),
        created_at: now,
        updated_at: now,
    };
    let answer = created(&view::tag(&tag));
    state.tags.insert(tag);
    answer
}
