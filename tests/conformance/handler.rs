//! The handler: what the suite expects of a server that has everything.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CompleteRequestParams, CompleteResult,
        CompletionInfo, GetPromptRequestParams, GetPromptResponse, ListPromptsResult,
        ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
        ReadResourceRequestParams, ReadResourceResponse, RequestStateCodec, ServerConfig,
        SubscribeRequestParams, SubscriptionFilter, Tool, UnsubscribeRequestParams,
    },
    service::{RequestContext, SubscriptionContext},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::{sync::broadcast, time::sleep};

use crate::{
    rounds::{self, Given},
    shown, tools,
};

/// A list that changed.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Tools,
    Prompts,
}

/// Everything, for everybody.
#[derive(Clone)]
pub struct Fixture(Arc<Kept>);

/// What is kept from one request to the next. There are no sessions: it is the caller's.
struct Kept {
    tools: Vec<Tool>,
    codec: RequestStateCodec,
    changes: broadcast::Sender<Change>,
    subscribed: Mutex<HashSet<String>>,
}

/// A value of the protocol, told as JSON.
pub fn typed<T: DeserializeOwned>(value: Value) -> Result<T, ErrorData> {
    serde_json::from_value(value)
        .map_err(|error| ErrorData::internal_error(format!("the fixture is wrong: {error}"), None))
}

impl Fixture {
    /// With no subscriptions.
    pub fn new() -> Result<Self, String> {
        Ok(Self(Arc::new(Kept {
            tools: typed(tools::definitions()).map_err(|error| error.message.to_string())?,
            codec: RequestStateCodec::try_new(*b"a key of nothing but a test's own")
                .map_err(|error| error.to_string())?,
            changes: broadcast::channel(16).0,
            subscribed: Mutex::default(),
        })))
    }

    /// Tells of a change, once whoever is about to listen does.
    pub async fn changed(&self, change: Change) {
        sleep(Duration::from_millis(20)).await;
        // Nobody may be listening.
        let _ = self.0.changes.send(change);
    }

    fn subscriptions(&self, change: impl FnOnce(&mut HashSet<String>)) {
        let subscribed = self.0.subscribed.lock();
        change(&mut subscribed.unwrap_or_else(PoisonError::into_inner));
    }
}

#[expect(
    deprecated,
    reason = "the earlier revision has levels of logging and subscriptions"
)]
impl ServerHandler for Fixture {
    fn get_info(&self) -> ServerConfig {
        let capabilities = json!({
            "tools": { "listChanged": true },
            "prompts": { "listChanged": true },
            "resources": { "subscribe": true },
            "completions": {},
            "logging": {},
        });
        ServerConfig::new(typed(capabilities).unwrap_or_default())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.0.tools.clone()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.tools.iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let given = Given {
            responses: request.input_responses.as_ref(),
            state: request.request_state.as_deref(),
        };
        match rounds::of(&request.name, context.client_capabilities()) {
            Some(asking) => Ok(match asking.next(&given, &self.0.codec)? {
                Ok(said) => tools::text(&said)?.into(),
                Err(required) => required.into(),
            }),
            None => tools::call(self, &request, &context).await.map(Into::into),
        }
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        typed(shown::prompts()).map(ListPromptsResult::with_all_items)
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let given = Given {
            responses: request.input_responses.as_ref(),
            state: request.request_state.as_deref(),
        };
        match rounds::of(&request.name, context.client_capabilities()) {
            Some(asking) => Ok(match asking.next(&given, &self.0.codec)? {
                Ok(said) => shown::said(&said)?.into(),
                Err(required) => required.into(),
            }),
            None => shown::prompt(&request).map(Into::into),
        }
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        typed(shown::resources()).map(ListResourcesResult::with_all_items)
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        typed(shown::templates()).map(ListResourceTemplatesResult::with_all_items)
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        shown::resource(&request.uri).map(Into::into)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let values = vec![format!("{} and more", request.argument.value)];
        CompletionInfo::with_all_values(values)
            .map(CompleteResult::new)
            .map_err(|error| ErrorData::internal_error(error, None))
    }

    async fn set_level(
        &self,
        _request: rmcp::model::SetLevelRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        // Log messages here are all of the one level that the suite asks for.
        Ok(())
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.subscriptions(|all| {
            all.insert(request.uri);
        });
        Ok(())
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.subscriptions(|all| {
            all.remove(&request.uri);
        });
        Ok(())
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let mut changes = self.0.changes.subscribe();
        loop {
            let change = tokio::select! {
                () = context.cancelled() => return Ok(()),
                change = changes.recv() => change,
            };
            // What was not asked for is not told.
            let _ = match change {
                Ok(Change::Tools) => context.sink().notify_tool_list_changed().await,
                Ok(Change::Prompts) => context.sink().notify_prompt_list_changed().await,
                Err(_) => return Ok(()),
            };
        }
    }
}
