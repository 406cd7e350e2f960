//! `get-article`: one article as Markdown, a long one in parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    aside::aside,
    front::id::{ArticleId, CategoryId, KnowledgeBaseId},
    shape::{
        mail::{Quotes, from_html},
        moment::Moment,
        text::{Text, Vouched},
        tokens::estimate,
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        article::{self, Status},
        cursor,
        timeline::{File, file},
    },
};

pub static TOOL: Entry = Entry::of::<GetArticleTool>();

/// Tokens of a part, estimated from above.
const BUDGET: usize = 7_000;
/// Bytes that a part is looked for in.
const WINDOW: usize = 32_000;

struct GetArticleTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Id, as `search-articles` shows it.
    article_id: String,
    /// Language; default the article's own.
    locale: Option<String>,
    /// `next_cursor` of the part before.
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    article_id: ArticleId,
    title: Words,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    knowledge_base_id: Option<KnowledgeBaseId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_id: Option<CategoryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<Moment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<Words>,
    /// The text, as Markdown.
    body: Words,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<File>,
    /// For the next part.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Tool for GetArticleTool {
    const SPEC: Spec = Spec {
        name: "get-article",
        title: "Read an article",
        description: "Reads a knowledge base article in one language, as Markdown; a long one in parts.",
        effect: Effect::Read,
        toolset: Toolset::Knowledge,
    };
    const NEEDS: &'static [&'static str] =
        &["get-knowledge-base-article-with-content-in-default-locale"];
    const USES: &'static [&'static str] =
        &["get-knowledge-base-article-with-content-in-specified-locale"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let id = article::id("article_id", &input.article_id)?;
        let locale = match &input.locale {
            Some(given) => Some(article::locale("locale", given)?),
            None => None,
        };
        let from: Option<(usize, String)> = match &input.cursor {
            Some(text) => Some(cursor::read(context, text)?),
            None => None,
        };
        let edition = article::read(context, id, locale).await?;
        let changed = edition.last_edited_at.or(edition.updated_at);
        let version = format!("{changed:?}");
        let from = match from {
            None => 0,
            Some((from, known)) if known == version => from,
            Some(_) => {
                let message = Text::of("the article was changed since its part before this one");
                return Err(ToolError::invalid("cursor", message)
                    .next("call again without `cursor` to read it from its beginning"));
            }
        };
        let html = edition.content.raw();
        let text = aside(html.len() * 8, || from_html(html, Quotes::Keep).markdown);
        let (part, end) = part(&text, from);
        Ok(Output {
            article_id: edition.id.clone(),
            title: Words::line(&edition.name),
            status: Status::of(&edition),
            locale: Words::some_line(&edition.locale),
            knowledge_base_id: edition.links.base(),
            category_id: edition.links.category(),
            changed_at: Moment::from_front(changed),
            keywords: edition.keywords.iter().take(30).map(Words::line).collect(),
            body: Words::block(part),
            attachments: edition.attachments.iter().take(30).map(file).collect(),
            next_cursor: match end < text.len() {
                true => cursor::write(context, (end, version)),
                false => None,
            },
        })
    }
}

/// As much from there as one result holds, to the end of a line where there is one, and its end.
fn part(text: &str, from: usize) -> (&str, usize) {
    let from = text.floor_char_boundary(from.min(text.len()));
    let mut end = text.floor_char_boundary((from + WINDOW).min(text.len()));
    loop {
        let part = text.get(from..end).unwrap_or_default();
        if estimate(part) <= BUDGET {
            break;
        }
        end = text.floor_char_boundary(from + part.len() * 4 / 5);
    }
    if end < text.len()
        && let Some(line) = text.get(from..end).and_then(|part| part.rfind('\n'))
        && line > 0
    {
        end = from + line;
    }
    (text.get(from..end).unwrap_or_default(), end)
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Article ");
        text.say(&self.article_id)
            .say(" ")
            .quote(&self.title)
            .say(", ")
            .say(self.status.word());
        if let Some(locale) = &self.locale {
            text.say(", in ").quote(locale);
        }
        if let Some(base) = &self.knowledge_base_id {
            text.say(", of ").say(base);
        }
        if let Some(category) = &self.category_id {
            text.say(" under ").say(category);
        }
        if let Some(changed) = &self.changed_at {
            text.say(", changed ").say(changed);
        }
        for (index, keyword) in self.keywords.iter().enumerate() {
            text.say(if index == 0 { "\nkeywords " } else { ", " })
                .quote(keyword);
        }
        for file in &self.attachments {
            text.say("\nfile ");
            file.say(&mut text);
        }
        text.say("\n").quote(&self.body);
        if let Some(next) = &self.next_cursor {
            text.say("\nIt goes on: call again with cursor ")
                .say(Vouched::ours(next.clone()));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_join_to_the_whole_and_each_fits() {
        let text =
            "A line of an article, with some words in it.\n".repeat(2_000) + &"ü".repeat(90_000);
        let (mut from, mut whole) = (0, String::new());
        while from < text.len() {
            let (part, end) = part(&text, from);
            assert!(estimate(part) <= BUDGET && end > from);
            whole.push_str(part);
            from = end;
        }
        assert_eq!(whole, text);
    }
}
