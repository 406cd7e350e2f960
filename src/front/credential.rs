//! With what requests go: a token that stays, or one that is renewed by somebody else.
//!
//! `front` does not know how a token is renewed. It asks [`Renewing`] for the one to use, and says
//! when Front refused it.

use std::{fmt::Debug, sync::Arc};

use futures_util::future::BoxFuture;

use super::{base::Token, wire::WireFault};

/// A token that changes while the process runs.
pub trait Renewing: Send + Sync + Debug {
    /// The one to use now. It is renewed beforehand when its time is nearly over.
    ///
    /// # Errors
    /// `NoToken`, `SignedOut`, `NotRenewed`.
    fn token(&self) -> BoxFuture<'_, Result<Token, WireFault>>;

    /// Front answered 401 to this token: another one, if there is one.
    ///
    /// # Errors
    /// As [`Self::token`].
    fn after_refusal(&self, refused: Token) -> BoxFuture<'_, Result<Token, WireFault>>;

    /// Waits until nothing is being renewed: what ends the process then loses no token.
    fn settled(&self) -> BoxFuture<'_, ()>;
}

/// What requests go with.
#[derive(Clone, Debug, Default)]
pub enum Credential {
    /// Nothing: every request is refused before it is made.
    #[default]
    None,
    /// An API token.
    Token(Token),
    /// A sign-in.
    Renewing(Arc<dyn Renewing>),
}

impl Credential {
    /// The token of the next request.
    ///
    /// # Errors
    /// `NoToken`, and those of [`Renewing::token`].
    pub async fn token(&self) -> Result<Token, WireFault> {
        match self {
            Self::None => Err(WireFault::NoToken),
            Self::Token(token) => Ok(token.clone()),
            Self::Renewing(renewing) => renewing.token().await,
        }
    }

    /// Whether there is another token now that Front refused this one.
    pub async fn is_renewed(&self, refused: Token) -> bool {
        match self {
            Self::None | Self::Token(_) => false,
            Self::Renewing(renewing) => renewing.after_refusal(refused).await.is_ok(),
        }
    }

    /// Waits until nothing is being renewed.
    pub async fn settled(&self) {
        if let Self::Renewing(renewing) = self {
            renewing.settled().await;
        }
    }
}

impl From<Option<Token>> for Credential {
    fn from(token: Option<Token>) -> Self {
        token.map_or(Self::None, Self::Token)
    }
}
