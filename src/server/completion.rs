//! Completions in the protocol's types.

use rmcp::{
    ErrorData, RoleServer,
    model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference},
    service::RequestContext,
};

use super::{caller, prompts::refused};
use crate::{
    app::App,
    completion::Offer,
    prompts::{self, Kind},
    resources,
};

/// What the value of an argument may become.
pub async fn complete(
    app: &App,
    request: &CompleteRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CompleteResult, ErrorData> {
    let Some(kind) = kind(app, request)? else {
        return offered(Offer::default());
    };
    let caller = caller(app, context);
    let typed = &request.argument.value;
    tokio::select! {
        offer = app.complete(kind, typed, &caller) => offered(offer),
        // Nobody hears it.
        () = context.ct.cancelled() => offered(Offer::default()),
    }
}

/// What is being typed; `None` for what is never offered: ids of which there are too many.
fn kind(app: &App, request: &CompleteRequestParams) -> Result<Option<Kind>, ErrorData> {
    let argument = &request.argument.name;
    match &request.r#ref {
        Reference::Prompt(prompt) => {
            let prompt = prompts::find(&prompt.name, &app.surface).map_err(refused)?;
            let argument = prompt.argument(argument).map_err(refused)?;
            Ok(Some(argument.kind))
        }
        Reference::Resource(template) => {
            let mut listed = resources::listed(&app.surface);
            let is_known = listed.any(|one| one.is_template() && one.uri == template.uri);
            match is_known && argument == "id" {
                true => Ok(None),
                false => Err(ErrorData::invalid_params(
                    "there is no resource template with this address and argument",
                    None,
                )),
            }
        }
        _ => Err(ErrorData::invalid_params(
            "this kind of reference is not known",
            None,
        )),
    }
}

fn offered(offer: Offer) -> Result<CompleteResult, ErrorData> {
    let has_more = offer.total > offer.values.len();
    let total = u32::try_from(offer.total).ok();
    CompletionInfo::with_pagination(offer.values, total, has_more)
        .map(CompleteResult::new)
        .map_err(|error| ErrorData::internal_error(error, None))
}
