//! `update-template`: other words in a message template; the result holds those before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use crate::{
    front::{endpoints::templates::UpdateTemplate, id::TemplateId, model::TemplateFolder},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, article::html, fit,
        resolve, template, timeline::cut,
    },
};

pub static TOOL: Entry = Entry::of::<UpdateTemplateTool>();

/// Characters of the replaced text that are shown.
const SHOWN: usize = 6_000;

struct UpdateTemplateTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Id or exact name.
    template: String,
    /// The new name.
    #[schemars(length(min = 1, max = 200))]
    name: Option<String>,
    /// The whole new text, in Markdown.
    body: Option<String>,
    /// Of messages written with it.
    #[schemars(length(max = 900))]
    subject: Option<String>,
    /// Where to put it: name or id.
    folder: Option<String>,
    /// Only usable here: names or ids.
    #[serde(default)]
    #[schemars(length(max = 50))]
    inboxes: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    template_id: TemplateId,
    name: Words,
    /// The name before.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_before: Option<Words>,
    /// The subject before.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_before: Option<Words>,
    /// The text before, which Front does not keep for the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_before: Option<Words>,
    /// The text before was longer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    body_before_cut: bool,
}

impl Tool for UpdateTemplateTool {
    const SPEC: Spec = Spec {
        name: "update-template",
        title: "Change a template",
        description: "Changes a shared message template; what is not given stays. The result holds what was replaced.",
        effect: Effect::Remove,
        toolset: Toolset::Templates,
    };
    const NEEDS: &'static [&'static str] = &["get-message-template", "update-message-template"];
    const USES: &'static [&'static str] =
        &["list-message-templates", "list-folders", "list-inboxes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let mut change = Map::new();
        if let Some(name) = &input.name {
            change.insert("name".into(), json!(name.trim()));
        }
        if let Some(body) = &input.body {
            change.insert("body".into(), json!(html("body", body)?));
        }
        if let Some(subject) = &input.subject {
            change.insert("subject".into(), json!(subject));
        }
        if let Some(given) = &input.folder {
            let folder = resolve::id::<TemplateFolder>(context, "folder", given).await?;
            change.insert("folder_id".into(), json!(folder));
        }
        let inboxes = template::inboxes(context, &input.inboxes).await?;
        if !inboxes.is_empty() {
            change.insert("inbox_ids".into(), json!(inboxes));
        }
        if change.is_empty() {
            let message = Text::of("nothing to change is given");
            return Err(ToolError::invalid("body", message));
        }
        let before = template::one(context, "template", &input.template).await?;
        // Front puts a template into the root when no folder is named.
        if let (None, Some(folder)) = (&input.folder, before.links.parent_folder()) {
            change.insert("folder_id".into(), json!(folder));
        }
        let endpoint = UpdateTemplate {
            template: before.id.clone(),
            change: change.into(),
        };
        let changed = context.client.send(&endpoint).await?;
        context.directory.forget().await;
        let text = match &input.body {
            Some(_) => template::markdown(before.body.raw()),
            None => String::new(),
        };
        let (shown, is_cut) = cut(&text, SHOWN, fit::BODY);
        let line = |given: bool, words| Words::some_line(words).filter(|_| given);
        Ok(Output {
            template_id: changed.id,
            name: Words::line(&changed.name),
            name_before: line(input.name.is_some(), &before.name),
            subject_before: line(input.subject.is_some(), &before.subject),
            body_before: Some(Words::block(shown)).filter(|words| !words.is_empty()),
            body_before_cut: is_cut,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Changed template ");
        text.say(&self.template_id).say(" ").quote(&self.name);
        for (what, words) in [
            ("\nName before ", &self.name_before),
            ("\nSubject before ", &self.subject_before),
        ] {
            if let Some(words) = words {
                text.say(what).quote(words);
            }
        }
        if let Some(body) = &self.body_before {
            text.say(match self.body_before_cut {
                true => "\nText before (cut):\n",
                false => "\nText before:\n",
            })
            .quote(body);
        }
        text
    }
}
