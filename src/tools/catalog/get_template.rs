//! `get-template`: one message template whole, with the placeholders in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::id::{InboxId, TemplateFolderId, TemplateId},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, fit, placeholders,
        template,
        timeline::{File, cut, file},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<GetTemplateTool>();

/// Characters of a body: no message that people read is longer.
const LONGEST: usize = 20_000;

struct GetTemplateTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Id or exact name.
    template: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    template_id: TemplateId,
    name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder_id: Option<TemplateFolderId>,
    /// Where it can be used; everywhere without.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inbox_ids: Vec<InboxId>,
    /// Names to be filled, as they stand between `{{` and `}}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    placeholders: Vec<Words>,
    /// The text, as Markdown.
    body: Words,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    body_cut: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File>,
}

impl Tool for GetTemplateTool {
    const SPEC: Spec = Spec {
        name: "get-template",
        title: "Read a template",
        description: "Reads a message template whole, with its placeholders and files.",
        effect: Effect::Read,
        toolset: Toolset::Templates,
    };
    const NEEDS: &'static [&'static str] = &["get-message-template"];
    const USES: &'static [&'static str] = &["list-message-templates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let template = template::one(context, "template", &input.template).await?;
        let body = template::markdown(template.body.raw());
        let (shown, body_cut) = cut(&body, LONGEST, fit::BODY);
        let names = placeholders::names(&format!("{}\n{}", template.subject.raw(), body));
        Ok(Output {
            name: Words::line(&template.name),
            subject: Words::some_line(&template.subject),
            folder_id: template.links.parent_folder(),
            inbox_ids: template.inbox_ids.unwrap_or_default(),
            placeholders: names
                .into_iter()
                .take(100)
                .map(|name| Words::line(&Untrusted::new(name)))
                .collect(),
            body: Words::block(shown),
            body_cut,
            attachments: template.attachments.iter().take(30).map(file).collect(),
            template_id: template.id,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Template ");
        text.say(&self.template_id).say(" ").quote(&self.name);
        if let Some(folder) = &self.folder_id {
            text.say(" in ").say(folder);
        }
        for (index, inbox) in self.inbox_ids.iter().enumerate() {
            text.say(if index == 0 { ", for " } else { ", " })
                .say(inbox);
        }
        if let Some(subject) = &self.subject {
            text.say("\nsubject ").quote(subject);
        }
        for (index, name) in self.placeholders.iter().enumerate() {
            text.say(if index == 0 { "\nplaceholders " } else { ", " })
                .quote(name);
        }
        for file in &self.attachments {
            text.say("\nfile ");
            file.say(&mut text);
        }
        text.say(if self.body_cut {
            "\nBody (cut):\n"
        } else {
            "\nBody:\n"
        })
        .quote(&self.body);
        text
    }
}
