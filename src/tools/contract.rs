//! What a tool is.

use std::{future::Future, pin::Pin, sync::OnceLock};

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{
    Map, Value,
    value::{RawValue, to_raw_value},
};

use super::{context::Context, error::ToolError, fit, schema, toolset::Toolset};
use crate::shape::text::Text;

/// What a tool does to the world; hints, policy and record follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Sets something that a second call leaves as it is.
    Set,
    /// Makes something new each time.
    Create,
    /// Removes or overwrites something that the API cannot bring back.
    Remove,
    /// Prepares a message, which other rules may then release.
    Seal,
    /// Releases a message to a customer.
    Send,
    /// Whatever the chosen operation does, short of a send.
    Any,
}

impl Effect {
    /// Nothing changes.
    pub const fn is_read_only(self) -> bool {
        matches!(self, Self::Read)
    }
    /// What it does may not be taken back.
    pub const fn is_destructive(self) -> bool {
        matches!(self, Self::Remove | Self::Seal | Self::Send | Self::Any)
    }
    /// A repeated call changes nothing more.
    pub const fn is_idempotent(self) -> bool {
        matches!(self, Self::Read | Self::Set | Self::Remove | Self::Send)
    }
}

/// A tool's face.
#[derive(Debug)]
pub struct Spec {
    /// Its name, as users know it.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it does and when to use it, for the model.
    pub description: &'static str,
    /// What it does to the world.
    pub effect: Effect,
    /// The set that it is listed with.
    pub toolset: Toolset,
}

/// A tool: face, input, output, script.
pub trait Tool {
    /// Its face.
    const SPEC: Spec;
    /// Operations of Front's that it cannot do without: where the policy denies one, it is not
    /// there.
    const NEEDS: &'static [&'static str] = &[];
    /// Operations that it may ask for besides: where Front does not grant one, some of its calls
    /// fail or say less.
    const USES: &'static [&'static str] = &[];
    /// Its arguments; unknown ones are refused.
    type Input: DeserializeOwned + JsonSchema + Send;
    /// Its result.
    type Output: Serialize + JsonSchema + Report + Send;
    /// Its script.
    fn run(
        context: &Context<'_>,
        input: Self::Input,
    ) -> impl Future<Output = Result<Self::Output, ToolError>> + Send;
}

/// A result that can say itself in readable text, with nothing of the structured form missing.
pub trait Report {
    /// The readable form.
    fn report(&self) -> Text;
    /// The pictures that go with it; programs find them in the content alone.
    fn pictures(&mut self) -> Vec<Picture> {
        Vec::new()
    }
}

/// A picture, for a model that can see.
#[derive(Debug)]
pub struct Picture {
    /// Such as `image/png`.
    pub media_type: &'static str,
    /// The file, as it is.
    pub bytes: Vec<u8>,
}

/// A finished result.
#[derive(Debug)]
pub struct Shaped {
    /// For reading.
    pub text: String,
    /// For `structuredContent`: written once, and passed on as it is.
    pub structured: Box<RawValue>,
    /// For looking at.
    pub pictures: Vec<Picture>,
    /// It was longer than a result may be, and says so.
    pub is_cut: bool,
}

type Running<'call> = Pin<Box<dyn Future<Output = Result<Shaped, ToolError>> + Send + 'call>>;

/// A tool in the catalog, its types erased.
pub struct Entry {
    /// Its face.
    pub spec: Spec,
    /// Operations of Front's that it cannot do without.
    pub needs: &'static [&'static str],
    /// Operations that it may ask for besides.
    pub uses: &'static [&'static str],
    make_schemas: fn() -> Schemas,
    schemas: OnceLock<Schemas>,
    run: for<'call> fn(&'call Context<'call>, Value) -> Running<'call>,
}

/// What clients and the argument parser read.
#[derive(Debug)]
pub struct Schemas {
    /// The input schema, without `$ref`, `null` or combinators.
    pub input: Map<String, Value>,
    /// The output schema.
    pub output: Map<String, Value>,
    /// Where a stranger's words stand in the output, such as `conversations[].subject`.
    pub untrusted: Vec<String>,
    /// Where among these stands JSON of a stranger's, which is kept as it is.
    pub foreign: Vec<String>,
    /// Where a string stands that no type vouches for.
    pub plain: Vec<String>,
}

impl Entry {
    /// The entry of a tool.
    pub const fn of<T: Tool>() -> Self {
        Self {
            spec: T::SPEC,
            needs: T::NEEDS,
            uses: T::USES,
            make_schemas: || {
                let output = schema::output::<T::Output>();
                Schemas {
                    input: schema::input::<T::Input>(),
                    output: output.schema,
                    untrusted: output.untrusted,
                    foreign: output.foreign,
                    plain: output.plain,
                }
            },
            schemas: OnceLock::new(),
            run: |context, arguments| {
                Box::pin(async move {
                    let input = serde_json::from_value(arguments)
                        .map_err(|error| ToolError::unreadable_arguments(&error))?;
                    let mut output = T::run(context, input).await?;
                    let structured = to_raw_value(&output).map_err(|_| ToolError::unshapable())?;
                    let (text, structured, is_cut) = match T::SPEC.effect {
                        // Whoever releases a message reads all of it.
                        Effect::Seal | Effect::Send => {
                            (output.report().finish(), structured, false)
                        }
                        _ => fit::held(output.report(), structured),
                    };
                    Ok(Shaped {
                        text,
                        pictures: output.pictures(),
                        structured,
                        is_cut,
                    })
                })
            },
        }
    }

    /// The schemas, made when first asked for.
    pub fn schemas(&self) -> &Schemas {
        self.schemas.get_or_init(self.make_schemas)
    }

    /// Runs the tool with arguments that its input schema accepted.
    pub fn run<'call>(&self, context: &'call Context<'call>, arguments: Value) -> Running<'call> {
        (self.run)(context, arguments)
    }
}
