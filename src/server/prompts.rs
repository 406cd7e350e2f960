//! Prompts in the protocol's types.

use rmcp::{
    ErrorData,
    model::{
        GetPromptRequestParams, GetPromptResult, ListPromptsResult, Prompt, PromptArgument,
        PromptMessage, Role,
    },
};

use crate::{
    app::App,
    prompts::{self, Argument, Refusal, Setting},
    tools::surface::Surface,
};

/// Those whose tools are listed.
pub fn list(surface: &Surface) -> ListPromptsResult {
    ListPromptsResult::with_all_items(prompts::listed(surface).map(definition).collect())
}

/// What one says, for the arguments given.
pub fn get(app: &App, request: GetPromptRequestParams) -> Result<GetPromptResult, ErrorData> {
    let setting = Setting {
        surface: &app.surface,
        inboxes: app.gate.policy().inboxes(),
    };
    let prompt = prompts::find(&request.name, &app.surface).map_err(refused)?;
    let text = prompt.text(request.arguments, setting).map_err(refused)?;
    tracing::info!(prompt = prompt.name, "given");
    let message = PromptMessage::new_text(Role::User, text);
    Ok(GetPromptResult::new(vec![message]).with_description(prompt.description))
}

/// A request that cannot be met as it stands.
#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
pub fn refused(refusal: Refusal) -> ErrorData {
    ErrorData::invalid_params(refusal.text(), None)
}

fn definition(prompt: &'static prompts::Prompt) -> Prompt {
    let arguments = prompt.arguments.iter().map(argument).collect();
    Prompt::new(prompt.name, Some(prompt.description), Some(arguments)).with_title(prompt.title)
}

fn argument(argument: &Argument) -> PromptArgument {
    PromptArgument::new(argument.name)
        .with_description(argument.description)
        .with_required(argument.required)
}
