//! What of the operator's lines is refused, and in which words. What is listed by those that are
//! good is tried in `surface`.

use super::*;
use crate::tools::catalog::CATALOG;

fn refused(text: &str) -> String {
    toolsets(text).unwrap_err()
}

#[test]
fn an_unknown_set_is_answered_with_the_nearest() {
    for (text, nearest) in [
        ("cor", "`core`"),
        ("core,analitics", "`analytics`"),
        ("Core", "`core`"),
        ("al", "`all`"),
        ("channel", "`channel-api`"),
    ] {
        let said = refused(text);
        assert!(said.contains("there is no toolset"), "{said}");
        assert!(
            said.contains(&format!("the nearest is {nearest}")),
            "{said}"
        );
    }
}

#[test]
fn every_set_has_tools() {
    for set in Toolset::ALL {
        assert_eq!(toolsets(set.name()), Ok(vec![set]));
        assert!(CATALOG.iter().any(|entry| entry.spec.toolset == set));
    }
}

#[test]
fn a_list_of_nothing_is_no_list() {
    for text in [",", "", " , "] {
        assert!(refused(text).contains("names no toolset"), "{text:?}");
        let said = only(text, None, &CATALOG).unwrap_err();
        assert!(said.contains("names no tool;"), "{said}");
    }
}

#[test]
fn a_tool_is_named_exactly_and_is_of_a_chosen_set() {
    let said = only("list-tag", None, &CATALOG).unwrap_err();
    assert!(
        said.contains("no tool `list-tag`; the nearest is `list-tags`"),
        "{said}"
    );
    let said = only("list-tags", Some(&[Toolset::Analytics]), &CATALOG).unwrap_err();
    assert!(said.contains("of the toolset `core`"), "{said}");
    let chosen = only("list-tags, add-tag list-tags", None, &CATALOG).unwrap();
    assert_eq!(chosen, ["add-tag", "list-tags"]);
}

#[test]
fn search_and_raw_requests_are_of_core_as_refusals_promise() {
    for name in ["search-api", "raw-api-request"] {
        let entry = CATALOG
            .iter()
            .find(|entry| entry.spec.name == name)
            .unwrap();
        assert_eq!(entry.spec.toolset, Toolset::Core);
    }
}
