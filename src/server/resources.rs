//! Resources in the protocol's types.

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CacheScope, ListResourceTemplatesResult, ListResourcesResult, ReadResourceResult, Resource,
        ResourceContents, ResourceTemplate,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

use super::{caller, progress::progress};
use crate::{
    app::App,
    call::Outcome,
    host::Host,
    resources,
    tools::{arguments::clip, surface::Surface},
};

/// Tools write Markdown.
const MARKDOWN: &str = "text/markdown";

/// Those with one address.
pub fn list(surface: &Surface) -> ListResourcesResult {
    let listed = resources::listed(surface).filter(|one| !one.is_template());
    let resources = listed.map(|one| {
        Resource::new(one.uri, one.name)
            .with_title(one.title)
            .with_description(one.description)
            .with_mime_type(MARKDOWN)
    });
    ListResourcesResult::with_all_items(resources.collect())
}

/// Those with an address for each id.
pub fn templates(surface: &Surface) -> ListResourceTemplatesResult {
    let listed = resources::listed(surface).filter(|one| one.is_template());
    let templates = listed.map(|one| {
        ResourceTemplate::new(one.uri, one.name)
            .with_title(one.title)
            .with_description(one.description)
            .with_mime_type(MARKDOWN)
    });
    ListResourceTemplatesResult::with_all_items(templates.collect())
}

/// What is at an address, read by its tool.
pub async fn read(
    app: &App,
    uri: &str,
    context: &RequestContext<RoleServer>,
) -> Result<ReadResourceResult, ErrorData> {
    // However long an address is, an error repeats little of it.
    let missing = |said: &str| {
        ErrorData::resource_not_found(said.to_owned(), Some(json!({ "uri": clip(uri) })))
    };
    let nowhere = || {
        let known: Vec<_> = resources::listed(&app.surface).map(|one| one.uri).collect();
        missing(&format!(
            "there is no such resource; there are {}",
            known.join(", ")
        ))
    };
    let reading = resources::reading(uri, &app.surface).ok_or_else(nowhere)?;
    let host = Host::silent().hearing(progress(context));
    let call = app.call(
        reading.tool,
        reading.arguments,
        caller(app, context),
        &host,
        &context.ct,
    );
    let outcome = call.await.map_err(|_| nowhere())?;
    if outcome.is_error {
        return Err(failed(outcome, missing));
    }
    let contents = ResourceContents::text(outcome.text, uri).with_mime_type(MARKDOWN);
    let fresh = u64::try_from(reading.resource.fresh.as_millis()).unwrap_or_default();
    Ok(ReadResourceResult::new(vec![contents])
        .with_ttl_ms(fresh)
        .with_cache_scope(CacheScope::Private))
}

/// A tool's error, which a client shows as it is: the text says what to do next.
fn failed(outcome: Outcome, missing: impl Fn(&str) -> ErrorData) -> ErrorData {
    match outcome.meta.get("code").and_then(Value::as_str) {
        // rmcp gives it the code that the client's version of the protocol has for it.
        Some("not_found") => missing(&outcome.text),
        Some("invalid_argument") => ErrorData::invalid_params(outcome.text, Some(outcome.meta)),
        _ => ErrorData::internal_error(outcome.text, Some(outcome.meta)),
    }
}
