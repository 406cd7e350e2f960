//! What a caller will not see: the one part of a search that excludes rather than ranks.

use super::words::stem;
use crate::front::{Effect, Operation};

/// Narrows a search.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    /// What the operation does.
    pub effect: Option<Effect>,
    /// Its resource: the first word of its scope or of its path.
    pub resource: Option<String>,
}

impl Filter {
    /// Whether an operation is among those asked for.
    pub(super) fn lets_pass(&self, operation: &Operation) -> bool {
        let resource_fits = self.resource.as_deref().is_none_or(|wanted| {
            let wanted = stem(&wanted.trim().to_lowercase().replace([' ', '-'], "_"));
            let scope = operation.scope.and_then(|scope| scope.split(':').next());
            let path = operation.segments().next();
            [scope, path]
                .into_iter()
                .flatten()
                .any(|name| stem(name) == wanted)
        });
        resource_fits && self.effect.is_none_or(|effect| effect == operation.effect)
    }
}
