//! `search-templates`: message templates by words, folder and inbox; the list is kept for a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        id::{TemplateFolderId, TemplateId},
        model::{Inbox, Template, TemplateFolder},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::Named,
        ranking::{Vocabulary, Weighed},
        resolve, template,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<SearchTemplatesTool>();

struct SearchTemplatesTool;

const USUAL: u32 = 10;
/// Characters of the beginning.
const BEGINNING: usize = 160;
/// What a word counts in the name, in the subject, in the body.
const WEIGHTS: [f32; 3] = [4.0, 2.0, 1.0];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Words of name, subject or body.
    #[schemars(length(max = 500))]
    query: Option<String>,
    /// Name or id; those below count too.
    folder: Option<String>,
    /// Only those usable here: name or id.
    inbox: Option<String>,
    /// Last changed first, instead of best first.
    #[serde(default)]
    newest: bool,
    /// Default 10.
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u32>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    templates: Vec<Row>,
    /// Others that match too.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    template_id: TemplateId,
    name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<Named<TemplateFolderId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Words>,
    /// How it begins.
    beginning: Words,
}

impl Tool for SearchTemplatesTool {
    const SPEC: Spec = Spec {
        name: "search-templates",
        title: "Search templates",
        description: "Finds message templates by words, folder or inbox; without any of them, lists those changed last.",
        effect: Effect::Read,
        toolset: Toolset::Templates,
    };
    const NEEDS: &'static [&'static str] = &["list-message-templates"];
    const USES: &'static [&'static str] = &["list-folders", "list-inboxes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let folders = context.directory.template_folders(&context.client).await?;
        let within = match &input.folder {
            Some(given) => {
                let top = resolve::id::<TemplateFolder>(context, "folder", given).await?;
                Some(template::within(&folders, &top))
            }
            None => None,
        };
        let inbox = match &input.inbox {
            Some(given) => Some(resolve::id::<Inbox>(context, "inbox", given).await?),
            None => None,
        };
        let all = context.directory.templates(&context.client).await?;
        // In Front's order: last changed first.
        let matching: Vec<(&Template, String)> = all
            .iter()
            .filter(|one| {
                inbox
                    .as_ref()
                    .is_none_or(|inbox| template::is_for(one, inbox))
            })
            .filter(|one| {
                within.as_ref().is_none_or(|within| {
                    let folder = one.links.parent_folder();
                    folder.is_some_and(|folder| within.contains(&folder))
                })
            })
            .map(|one| (one, template::markdown(one.body.raw())))
            .collect();
        let found = match input.query.as_deref().map(str::trim) {
            Some(query) if !query.is_empty() => ranked(&matching, query, input.newest),
            _ => (0..matching.len()).collect(),
        };
        let limit = input.limit.unwrap_or(USUAL) as usize;
        let rows = found.iter().take(limit).filter_map(|at| matching.get(*at));
        Ok(Output {
            templates: rows.map(|(one, body)| row(one, body, &folders)).collect(),
            more: Some(found.len().saturating_sub(limit)).filter(|more| *more > 0),
        })
    }
}

/// The positions of those that hold any of the words.
fn ranked(templates: &[(&Template, String)], query: &str, newest: bool) -> Vec<usize> {
    let mut vocabulary = Vocabulary::default();
    let weighed: Vec<Weighed> = templates
        .iter()
        .map(|(one, body)| {
            let parts = [one.name.raw(), one.subject.raw(), body];
            vocabulary.weigh(&parts.into_iter().zip(WEIGHTS).collect::<Vec<_>>())
        })
        .collect();
    let ranked = vocabulary
        .query(query)
        .rank(&weighed.iter().collect::<Vec<_>>());
    let mut found: Vec<usize> = ranked.into_iter().map(|(at, _)| at).collect();
    if newest {
        found.sort_unstable();
    }
    found
}

fn row(template: &Template, body: &str, folders: &[TemplateFolder]) -> Row {
    let folder = template.links.parent_folder();
    Row {
        template_id: template.id.clone(),
        name: Words::line(&template.name),
        folder: folder.map(|id| Named {
            name: folders
                .iter()
                .find(|folder| folder.id == id)
                .map(|folder| Words::line(&folder.name))
                .unwrap_or_default(),
            id,
        }),
        subject: Words::some_line(&template.subject),
        beginning: Words::cut(&Untrusted::new(body), BEGINNING),
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        text.say(match self.templates.len() {
            0 => "No template found.",
            _ => "Templates:",
        });
        for row in &self.templates {
            text.say("\n- ")
                .say(&row.template_id)
                .say(" ")
                .quote(&row.name);
            if let Some(folder) = &row.folder {
                text.say(" in ");
                folder.say(&mut text);
            }
            if let Some(subject) = &row.subject {
                text.say(", subject ").quote(subject);
            }
            text.say("\n  ").quote(&row.beginning);
        }
        if let Some(more) = self.more {
            text.say("\n")
                .say(more)
                .say(" more match: narrow the words, or give a larger `limit`.");
        }
        text
    }
}
