//! `render-template`: a message template filled for a conversation or a recipient, as text to send
//! or as a draft of a reply.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{id::TemplateId, model::Template},
    shape::{
        outgoing::{Format, outgoing},
        text::Text,
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        drafting::DraftReport,
        fit, placeholders, resolve,
        template::{
            self,
            drafting::{check_drafting, draft_reply},
            facts::{About, Facts, Source},
        },
        timeline::cut,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<RenderTemplateTool>();

/// Characters of a body: no message that people read is longer.
const LONGEST: usize = 20_000;

struct RenderTemplateTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Id or exact name.
    template: String,
    /// Whose recipient and inbox fill it: id or pasted link.
    conversation_id: Option<String>,
    /// Instead of the conversation's: contact id, e-mail or phone number.
    recipient: Option<String>,
    /// Who writes: name, e-mail or id.
    teammate: Option<String>,
    /// Instead of the conversation's: name or id.
    inbox: Option<String>,
    /// Values by placeholder: `{"order_number": "5"}`. They win.
    #[serde(default)]
    variables: BTreeMap<String, String>,
    /// Leave it as a shared draft of a reply too.
    #[serde(default)]
    draft: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    template_id: TemplateId,
    name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Words>,
    /// The text, as Markdown; that of a draft stands in its `message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Words>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    body_cut: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    filled: Vec<Filled>,
    /// Placeholders without a value, which still stand in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Words>,
    /// Files of the template that are not part of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    files_left_out: Option<usize>,
    /// The draft that was left, as `create-draft` tells of it.
    #[serde(flatten)]
    draft: Option<DraftReport>,
}

#[derive(Serialize, JsonSchema)]
struct Filled {
    placeholder: Words,
    value: Words,
    from: Source,
}

impl Tool for RenderTemplateTool {
    const SPEC: Spec = Spec {
        name: "render-template",
        title: "Fill a template",
        description: "Fills a message template's placeholders for a conversation or recipient and gives the text; lists those it cannot fill. Sends nothing.",
        effect: Effect::Create,
        toolset: Toolset::Templates,
    };
    const NEEDS: &'static [&'static str] = &["get-message-template"];
    const USES: &'static [&'static str] = &[
        "list-message-templates",
        "get-conversation-by-id",
        "get-contact",
        "list-teammates",
        "list-inboxes",
        "list-conversation-inboxes",
        "list-conversation-messages",
        "list-channels",
        "create-draft-reply",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let conversation = match &input.conversation_id {
            Some(given) => Some(resolve::conversation("conversation_id", given)?),
            None => None,
        };
        if input.draft && conversation.is_none() {
            let message = Text::of("a draft is one of a reply, and no conversation is given");
            return Err(ToolError::invalid("draft", message).next("give `conversation_id`"));
        }
        if input.draft {
            check_drafting(context)?;
        }
        let template = template::one(context, "template", &input.template).await?;
        let variables: Vec<_> = input.variables.into_iter().collect();
        let html = template.body.raw();
        let names = placeholders::names(&format!("{}\n{html}", template.subject.raw()));
        let about = About {
            conversation: conversation.as_ref(),
            recipient: input.recipient.as_deref(),
            teammate: input.teammate.as_deref(),
            inbox: input.inbox.as_deref(),
            variables: &variables,
        };
        let facts = Facts::read(context, &about, &names).await?;
        let made = Made::of(&template, &facts);
        let mut output = made.output(&template, &facts, &names);
        if let (true, Some(conversation)) = (input.draft, &conversation) {
            refuse_gaps(&output)?;
            let filled = template::drafting::Filled {
                subject: made.subject.clone(),
                body: made.outgoing()?,
                author: input.teammate,
            };
            let draft = draft_reply(context, conversation, filled).await?;
            output = Output {
                subject: None,
                body: None,
                body_cut: false,
                draft: Some(draft),
                ..output
            };
        }
        Ok(output)
    }
}

/// A template with its values.
struct Made {
    subject: Option<String>,
    html: String,
    markdown: String,
}

impl Made {
    fn of(template: &Template, facts: &Facts) -> Self {
        let value = |name: &str| facts.value(name).map(|(value, _)| value.clone());
        let html = placeholders::fill(template.body.raw(), |name| {
            value(name).map(|value| placeholders::escaped(&value))
        });
        let subject = placeholders::fill(template.subject.raw(), value);
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            subject: Some(subject).filter(|subject| !subject.is_empty()),
            markdown: template::markdown(&html),
            html,
        }
    }

    fn output(&self, template: &Template, facts: &Facts, names: &[String]) -> Output {
        let line = |text: &str| Words::line(&Untrusted::new(text));
        let (shown, body_cut) = cut(&self.markdown, LONGEST, fit::BODY);
        // Looked for in what came of it: markup may have hidden the form of one.
        let subject = self.subject.as_deref().unwrap_or_default();
        let left = placeholders::names(&format!("{subject}\n{}", self.markdown));
        Output {
            template_id: template.id.clone(),
            name: Words::line(&template.name),
            subject: self.subject.as_deref().map(line),
            body: Some(Words::block(shown)),
            body_cut,
            filled: names
                .iter()
                .filter_map(|name| {
                    let (value, from) = facts.value(name)?;
                    Some(Filled {
                        placeholder: line(name),
                        value: line(value),
                        from: *from,
                    })
                })
                .collect(),
            missing: left.iter().take(100).map(|name| line(name)).collect(),
            files_left_out: Some(template.attachments.len()).filter(|count| *count > 0),
            draft: None,
        }
    }

    /// With its looks where they are harmless, otherwise the words that are shown.
    fn outgoing(&self) -> Result<crate::shape::outgoing::Outgoing, ToolError> {
        let made = outgoing(&self.html, Format::Html)
            .or_else(|_| outgoing(&self.markdown, Format::Markdown));
        made.map_err(|refusal| {
            let mut message = Text::of("cannot be left as a draft: ");
            message.quote_text(&refusal.to_string());
            ToolError::invalid("template", message)
                .next("call again without `draft`, correct the text and draft that")
        })
    }
}

/// Somebody might send a draft with a gap.
fn refuse_gaps(output: &Output) -> Result<(), ToolError> {
    if output.missing.is_empty() {
        return Ok(());
    }
    let mut message = Text::of("no draft was left, for these placeholders have no value: ");
    for (index, name) in output.missing.iter().enumerate() {
        message.say(if index == 0 { "" } else { ", " }).quote(name);
    }
    Err(ToolError::invalid("variables", message)
        .coded("missing_values")
        .next("call again with their values in `variables`; `teammate` fills those of `user.`"))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = match &self.draft {
            Some(draft) => {
                let mut text = draft.report();
                text.say("\nOut of");
                text
            }
            None => Text::of("Filled; nothing was sent or drafted:"),
        };
        text.say(" template ")
            .say(&self.template_id)
            .say(" ")
            .quote(&self.name);
        for (index, name) in self.missing.iter().enumerate() {
            text.say(match index {
                0 => "\nNO VALUE, give them in `variables`: ",
                _ => ", ",
            })
            .quote(name);
        }
        for filled in &self.filled {
            text.say("\n- ")
                .quote(&filled.placeholder)
                .say(" is ")
                .quote(&filled.value)
                .say(match filled.from {
                    Source::Variables => ", as given",
                    Source::Conversation => ", of the conversation",
                    Source::Recipient => ", of the recipient",
                    Source::Teammate => ", of the teammate",
                    Source::Inbox => ", of the inbox",
                });
        }
        if let Some(files) = self.files_left_out {
            text.say("\nFiles of the template that are left out: ")
                .say(files);
        }
        if let Some(subject) = &self.subject {
            text.say("\nSubject ").quote(subject);
        }
        if let Some(body) = &self.body {
            text.say(if self.body_cut {
                "\nBody (cut):\n"
            } else {
                "\nBody:\n"
            })
            .quote(body);
        }
        text
    }
}
