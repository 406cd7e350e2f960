//! With what requests go: a token that stays, or one that is renewed by somebody else.
//!
//! `front` does not know how a token is renewed. It asks [`Renewing`] for the one to use, and says
//! when Front refused it.

use std::{fmt::Debug, sync::Arc};

use futures_util::future::BoxFuture;

use super::{base::Token, wire::WireFault};

/// Why there is no token to go with; nothing leaves without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// None is configured, and nobody signed in.
    None,
    /// There was a sign-in, and a person must sign in again; why.
    SignedOut(&'static str),
    /// It could not be renewed just now; why.
    NotRenewed(&'static str),
}

impl From<Withheld> for WireFault {
    fn from(withheld: Withheld) -> Self {
        match withheld {
            Withheld::None => Self::NoToken,
            Withheld::SignedOut(why) => Self::SignedOut(why),
            Withheld::NotRenewed(why) => Self::NotRenewed(why),
        }
    }
}

/// A token that changes while the process runs.
pub trait Renewing: Send + Sync + Debug {
    /// The one to use now. It is renewed beforehand when its time is nearly over.
    ///
    /// # Errors
    /// Why there is none.
    fn token(&self) -> BoxFuture<'_, Result<Token, Withheld>>;

    /// Front answered 401 to this token: another one, if there is one.
    ///
    /// # Errors
    /// As [`Self::token`].
    fn after_refusal(&self, refused: Token) -> BoxFuture<'_, Result<Token, Withheld>>;

    /// Waits until nothing is being renewed: what ends the process then loses no token.
    fn settled(&self) -> BoxFuture<'_, ()>;
}

/// A token that Front refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is another one now.
    Renewed,
    /// There is none but this one.
    ForGood,
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
    /// Why there is none.
    pub async fn token(&self) -> Result<Token, Withheld> {
        match self {
            Self::None => Err(Withheld::None),
            Self::Token(token) => Ok(token.clone()),
            Self::Renewing(renewing) => renewing.token().await,
        }
    }

    /// What follows from Front's 401 to this token.
    ///
    /// # Errors
    /// Those of [`Renewing::after_refusal`].
    pub async fn after_refusal(&self, refused: Token) -> Result<Refused, Withheld> {
        match self {
            Self::None | Self::Token(_) => Ok(Refused::ForGood),
            Self::Renewing(renewing) => {
                renewing.after_refusal(refused).await?;
                Ok(Refused::Renewed)
            }
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
