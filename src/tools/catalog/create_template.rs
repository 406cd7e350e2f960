//! `create-template`: a new shared message template.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    front::{endpoints::templates::CreateTemplate, id::TemplateId, model::TemplateFolder},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, article::html, resolve,
        template,
    },
};

pub static TOOL: Entry = Entry::of::<CreateTemplateTool>();

struct CreateTemplateTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// What teammates find it by.
    #[schemars(length(min = 1, max = 200))]
    name: String,
    /// Markdown; placeholders like `{{recipient.first_name}}`.
    body: String,
    /// Of messages written with it.
    #[schemars(length(max = 900))]
    subject: Option<String>,
    /// Name or id.
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
}

impl Tool for CreateTemplateTool {
    const SPEC: Spec = Spec {
        name: "create-template",
        title: "Create a template",
        description: "Creates a message template that the team shares.",
        effect: Effect::Create,
        toolset: Toolset::Templates,
    };
    const NEEDS: &'static [&'static str] = &["create-message-template"];
    const USES: &'static [&'static str] = &["list-folders", "list-inboxes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let mut template = json!({
            "name": input.name.trim(),
            "body": html("body", &input.body)?,
        });
        let folder = match &input.folder {
            Some(given) => Some(resolve::id::<TemplateFolder>(context, "folder", given).await?),
            None => None,
        };
        let inboxes = template::inboxes(context, &input.inboxes).await?;
        if let Some(fields) = template.as_object_mut() {
            if let Some(subject) = &input.subject {
                fields.insert("subject".into(), json!(subject));
            }
            if let Some(folder) = folder {
                fields.insert("folder_id".into(), json!(folder));
            }
            if !inboxes.is_empty() {
                fields.insert("inbox_ids".into(), json!(inboxes));
            }
        }
        let made = context.client.send(&CreateTemplate { template }).await?;
        context.directory.forget().await;
        Ok(Output {
            template_id: made.id,
            name: Words::line(&made.name),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Created template ");
        text.say(&self.template_id).say(" ").quote(&self.name);
        text
    }
}
