//! Which tools are there, by every setting alone and by several at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{
    gate::policy::Settings,
    tools::{Context, Report, Tool, choice},
};

#[derive(Deserialize, JsonSchema)]
struct Input {}

#[derive(Serialize, JsonSchema)]
struct Output {}

impl Report for Output {
    fn report(&self) -> Text {
        Text::of("done")
    }
}

/// A tool that does nothing.
macro_rules! tools {
    ($($tool:ident = $name:literal, $effect:ident, $toolset:ident, $needs:expr;)+) => {$(
        struct $tool;

        impl Tool for $tool {
            const SPEC: Spec = Spec {
                name: $name,
                title: $name,
                description: "Does nothing.",
                effect: Effect::$effect,
                toolset: Toolset::$toolset,
            };
            const NEEDS: &'static [&'static str] = $needs;
            type Input = Input;
            type Output = Output;

            async fn run(_: &Context<'_>, _: Input) -> Result<Output, ToolError> {
                Ok(Output {})
            }
        }
    )+};
}

tools! {
    Report1 = "a-report", Read, Analytics, &[];
    Deleting = "delete-tag", Set, Core, &["delete-tag"];
    Listing = "list-tags", Read, Core, &["list-tags"];
    Raw = "raw-api-request", Any, Core, &[];
    Sending = "send-message", Seal, Core, &[];
    Releasing = "confirm-send", Send, Core, &[];
    Looking = "check-send", Read, Core, &[];
    Making = "create-template", Create, Templates, &[];
}

static A_REPORT: Entry = Entry::of::<Report1>();
static DELETING: Entry = Entry::of::<Deleting>();
static LISTING: Entry = Entry::of::<Listing>();
static RAW: Entry = Entry::of::<Raw>();
static SENDING: Entry = Entry::of::<Sending>();
static RELEASING: Entry = Entry::of::<Releasing>();
static LOOKING: Entry = Entry::of::<Looking>();
static MAKING: Entry = Entry::of::<Making>();

/// The order of the files, in which sets are mixed.
static TOOLS: [&Entry; 7] = [
    &A_REPORT, &LOOKING, &RELEASING, &MAKING, &LISTING, &RAW, &SENDING,
];

fn policy(lines: &str) -> Policy {
    let settings: Settings = toml::from_str(lines).unwrap();
    Policy::read(&settings, &["delete-tag", "list-tags"]).unwrap()
}

fn choice(toolsets: &str, only: &str) -> Choice {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let toolsets = given(toolsets).map(|text| choice::toolsets(&text).unwrap());
    let only = given(only).map(|text| choice::only(&text, toolsets.as_deref(), &TOOLS).unwrap());
    Choice::new(toolsets, only, &TOOLS)
}

fn names(surface: &Surface) -> Vec<&'static str> {
    surface.among(&TOOLS).map(|entry| entry.spec.name).collect()
}

#[test]
fn a_tool_of_a_guarded_operation_is_there_when_the_policy_names_it() {
    for (lines, is_there) in [
        ("", false),
        ("allow_tools = [\"delete-tag\"]", false),
        ("allow_operations = [\"delete-tag\"]", true),
        (
            "allow_operations = [\"delete-tag\"]\ndeny_tools = [\"delete-tag\"]",
            false,
        ),
        (
            "allow_operations = [\"delete-tag\"]\nread_only = true",
            false,
        ),
    ] {
        let surface = Surface::new(SendMode::Confirm).under(&policy(lines));
        assert_eq!(surface.shows(&DELETING), is_there, "{lines}");
        assert_eq!(surface.permit(&DELETING).is_ok(), is_there, "{lines}");
    }
}

const CORE: [&str; 5] = [
    "check-send",
    "confirm-send",
    "list-tags",
    "raw-api-request",
    "send-message",
];

#[test]
fn the_list_is_core_first_and_then_set_by_set_whatever_the_order_of_the_settings() {
    let listed = |toolsets: &str, only: &str| {
        names(&Surface::new(SendMode::Confirm).choosing(&choice(toolsets, only)))
    };
    let all = [&CORE[..], &["create-template", "a-report"]].concat();
    for (toolsets, only, expected) in [
        ("", "", &CORE[..]),
        ("core", "", &CORE),
        ("all", "", &all),
        ("analytics,templates,core", "", &all),
        ("core, core all", "", &all),
        ("analytics", "", &["a-report"]),
        ("analytics templates", "", &["create-template", "a-report"]),
        (
            "",
            "a-report,send-message,list-tags",
            &["list-tags", "send-message", "a-report"],
        ),
        ("all", "a-report,list-tags", &["list-tags", "a-report"]),
        ("analytics", "a-report", &["a-report"]),
    ] {
        assert_eq!(listed(toolsets, only), expected, "{toolsets:?} {only:?}");
    }
}

#[test]
fn a_server_that_reads_lists_what_reads_whatever_was_chosen() {
    for (toolsets, only, expected) in [
        ("", "", &["list-tags", "raw-api-request"][..]),
        ("all", "", &["list-tags", "raw-api-request", "a-report"]),
        ("templates", "", &[]),
        ("", "send-message,list-tags", &["list-tags"]),
        ("", "create-template", &[]),
    ] {
        for policy in [
            Policy::default().reading_only(),
            policy("read_only = true"),
            policy("read_only = true").reading_only(),
        ] {
            let surface = Surface::new(SendMode::Confirm)
                .choosing(&choice(toolsets, only))
                .under(&policy);
            assert_eq!(names(&surface), expected, "{toolsets:?} {only:?}");
            for entry in surface.among(&TOOLS) {
                assert_eq!(surface.effect(&entry.spec), Effect::Read);
            }
        }
    }
}

#[test]
fn a_choice_widens_neither_send_mode_nor_policy() {
    let off = Surface::new(SendMode::Off).choosing(&choice("all", "send-message,list-tags"));
    assert_eq!(names(&off), ["list-tags"]);
    let denied = policy("deny_tools = [\"list-tags\"]");
    let surface = Surface::new(SendMode::Confirm)
        .choosing(&choice("", "list-tags,a-report"))
        .under(&denied);
    assert_eq!(names(&surface), ["a-report"]);
}

#[test]
fn what_is_not_listed_is_refused_with_what_the_operator_set() {
    let confirm = || Surface::new(SendMode::Confirm);
    let reading = Policy::default().reading_only();
    for (surface, entry, line, flag) in [
        (
            confirm(),
            &A_REPORT,
            "tools.toolsets = [\"core\"] (`--toolsets`)",
            "`--toolsets`",
        ),
        (
            confirm().choosing(&choice("", "list-tags,a-report")),
            &SENDING,
            "tools.only = [\"a-report\", \"list-tags\"] (`--tools`)",
            "`--tools`",
        ),
        (
            confirm().under(&reading),
            &SENDING,
            "tools.read_only = true (`--read-only`)",
            "`--read-only`",
        ),
        (
            confirm().under(&reading),
            &LOOKING,
            "tools.read_only = true",
            "`--read-only`",
        ),
        (
            confirm().under(&policy("read_only = true")),
            &SENDING,
            "policy.read_only = true",
            "the policy",
        ),
        (
            Surface::new(SendMode::Off),
            &RELEASING,
            "switched this tool off",
            "`--send`",
        ),
    ] {
        let error = surface.permit(entry).unwrap_err();
        let text = error.text();
        assert_eq!(error.code, "refused");
        assert!(error.is_refusal(), "{text}");
        assert!(text.contains(line), "{text}");
        assert!(text.contains("nothing was done"), "{text}");
        let (_, next) = text.split_once("Next: ").unwrap();
        assert!(next.contains(flag), "{text}");
    }
}

#[test]
fn every_need_is_an_operation() {
    for entry in CATALOG {
        for id in entry.needs.iter().chain(entry.uses) {
            assert!(Operation::by_id(id).is_some(), "{}: {id}", entry.spec.name);
        }
    }
}
