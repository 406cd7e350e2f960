//! What the fence would say of a call, as far as that can be told without asking Front.

use super::{
    Denied, Doorkeeper, TagLook,
    place::{Place, places},
    reach::{Admission, Rows, reach, rows},
    search::names_visible_inboxes,
    tags::{Named, tags, unclear},
};
use crate::front::{client::Call, id::InboxId};

/// What would become of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foresight {
    /// It would pass.
    Passes,
    /// It would be refused.
    Refused(Denied),
    /// It depends on what Front says; on what.
    Depends(&'static str),
}

/// What a doorkeeper's fence would say of a call.
pub fn foresee(keeper: &dyn Doorkeeper, call: &Call) -> Foresight {
    let decided = keeper
        .operation(call.operation)
        .and_then(|()| of_inboxes(keeper, call))
        .and_then(|places| Ok((places, of_tags(keeper, call)?)));
    match decided {
        Err(denied) => Foresight::Refused(denied),
        Ok((None, None)) => Foresight::Passes,
        Ok((Some(what), _) | (None, Some(what))) => Foresight::Depends(what),
    }
}

type Open = Option<&'static str>;

fn of_inboxes(keeper: &dyn Doorkeeper, call: &Call) -> Result<Open, Denied> {
    let Some(visible) = keeper.inboxes() else {
        return Ok(None);
    };
    let line = |why: &str| Denied(format!("policy.allow_inboxes; {why}"));
    match reach(call.operation) {
        Admission::Anywhere => Ok((rows(call.operation) != Rows::All)
            .then_some("rows of other inboxes would be left out of the answer")),
        Admission::Answer => Ok(Some("it must belong to a conversation of an allowed inbox")),
        Admission::Nowhere => Err(line("it cannot be limited to inboxes")),
        Admission::CompanyWide => Err(line("it reads the whole company's: name an inbox")),
        Admission::Search => {
            let query = call.parameters.first();
            match query.is_some_and(|query| names_visible_inboxes(query, visible)) {
                true => Ok(Some(
                    "rows of other inboxes would be left out of the answer",
                )),
                false => Err(line("the search names no allowed inbox (`inbox:inb_...`)")),
            }
        }
        Admission::Named => {
            let mut open = None;
            for place in places(call) {
                match place {
                    Place::Inbox(id) => {
                        let id = InboxId::parse(id.as_str());
                        if !id.is_some_and(|id| visible.contains(&id)) {
                            return Err(line("the inbox is not one of them"));
                        }
                    }
                    Place::Missing => return Err(line("it names no inbox that could be allowed")),
                    _ => open = Some("what it names must lie in an allowed inbox"),
                }
            }
            Ok(open)
        }
    }
}

fn of_tags(keeper: &dyn Doorkeeper, call: &Call) -> Result<Open, Denied> {
    let TagLook::At { ids, names } = keeper.tags() else {
        return Ok(None);
    };
    let mut open = None;
    for tag in tags(call) {
        match tag {
            Named::Id(id) => {
                keeper.tag(Some(id.as_str()), None)?;
                if names {
                    open = Some("the tag's name must not be denied");
                }
            }
            Named::Name(name) if !ids => keeper.tag(None, Some(&name))?,
            Named::Name(_) | Named::Unclear => return Err(unclear()),
        }
    }
    Ok(open)
}
