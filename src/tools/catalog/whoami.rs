//! `whoami`: for which company, and within which limits, this server works.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{endpoints::company::Me, id::TeammateId},
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset},
};

pub static TOOL: Entry = Entry::of::<WhoamiTool>();

struct WhoamiTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Whose the token or sign-in is: a company, and no teammate.
    company: Company,
    /// What the operator calls this caller; over HTTP alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    caller: Option<String>,
    /// The teammate in whose name all is written, where the operator said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    writes_as: Option<TeammateId>,
    /// What `send-message` leads to: `off`, `draft`, `approve` or `confirm`.
    send_mode: &'static str,
    /// What the operator's policy limits; nothing where empty.
    policy: Vec<String>,
    /// The sets that tools are listed of.
    toolsets: Vec<&'static str>,
    /// How many tools are listed.
    tools: usize,
    /// What Front's last answer left of the company's request budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    requests: Option<Requests>,
}

#[derive(Serialize, JsonSchema)]
struct Company {
    id: Words,
    name: Words,
}

#[derive(Serialize, JsonSchema)]
struct Requests {
    /// Left now; a reserve for bursts can make it more than a minute's.
    left: u32,
    /// In each minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
}

impl Tool for WhoamiTool {
    const SPEC: Spec = Spec {
        name: "whoami",
        title: "Who am I",
        description: "Tells which company this is, what the operator's policy and send mode allow, and the request budget left.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["api-token-details"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, _: Input) -> Result<Output, ToolError> {
        let company = context.client.send(&Me).await?;
        let budget = context.client.budget();
        let writes_as = match context.client.signature() {
            Some(signature) => Some(signature.id(&context.client).await?.clone()),
            None => None,
        };
        let listed: Vec<_> = context
            .surface
            .listed()
            .map(|entry| entry.spec.name)
            .collect();
        Ok(Output {
            company: Company {
                id: Words::line(&company.id),
                name: Words::line(&company.name),
            },
            caller: context.caller.name().map(str::to_owned),
            writes_as,
            // Where nothing can be sent, the mode that is set means nothing.
            send_mode: match listed.contains(&"send-message") {
                true => context.gate.mode().word(),
                false => "off",
            },
            policy: context.gate.policy().in_words(),
            toolsets: context
                .surface
                .choice()
                .toolsets()
                .iter()
                .map(|set| set.name())
                .collect(),
            tools: listed.len(),
            requests: budget.remaining().map(|left| Requests {
                left,
                limit: budget.limit(),
            }),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Company ");
        text.quote(&self.company.name).say(" ");
        text.quote(&self.company.id);
        if let Some(caller) = &self.caller {
            text.say("\nCaller: ").say(Vouched::ours(caller.clone()));
        }
        if let Some(teammate) = &self.writes_as {
            text.say("\nWrites as: ").say(teammate);
        }
        text.say("\nSend mode: ").say(self.send_mode);
        text.say("\nPolicy: ");
        if self.policy.is_empty() {
            text.say("no limits but the defaults");
        }
        for line in &self.policy {
            text.say("\n- ").say(Vouched::ours(line.clone()));
        }
        text.say("\nTools: ").say(self.tools).say(" of ");
        for (index, set) in self.toolsets.iter().enumerate() {
            text.say(if index == 0 { "" } else { ", " }).say(*set);
        }
        if let Some(requests) = &self.requests {
            text.say("\nRequests left: ").say(requests.left);
            if let Some(limit) = requests.limit {
                text.say(", ").say(limit).say(" a minute");
            }
        }
        text
    }
}
