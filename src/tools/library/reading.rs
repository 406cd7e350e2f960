//! Bringing the library up to date, as far as time and the request budget go.

use std::collections::HashSet;

use futures_util::future::join_all;
use tokio::time::{Instant, timeout_at};

use super::{
    Library,
    shelf::{Base, MOST_ARTICLES},
};
use crate::{
    front::{
        Client, FrontError, FrontErrorKind, Priority,
        endpoints::knowledge::{GetKnowledgeBase, ListArticles, ListKnowledgeBases, edition},
        id::{ArticleId, KnowledgeBaseId},
        knowledge::Edition,
        page::Paged,
        path::Segment,
    },
    host::Progress,
    untrusted::Untrusted,
};

/// Articles that are read at once.
const AT_ONCE: usize = 4;
/// Articles on a page of the list: as many as Front gives.
const PAGE: u32 = 100;

/// Why the library is not as it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// The call's time.
    Time,
    /// The company's request budget.
    Budget,
    /// Front failed.
    Front,
}

impl Behind {
    /// In words of ours.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Time => "the call's time was up",
            Self::Budget => "the company's request budget was spent",
            Self::Front => "Front failed",
        }
    }

    fn of(error: &FrontError) -> Self {
        match error.kind {
            FrontErrorKind::RateLimited(_) => Self::Budget,
            FrontErrorKind::TimedOut(_) => Self::Time,
            _ => Self::Front,
        }
    }
}

impl Base {
    /// Every knowledge base with its name, which takes a request each.
    ///
    /// # Errors
    /// As Front's: of the list or of one of the names.
    pub async fn listed(client: &Client) -> Result<Vec<Self>, FrontError> {
        let mut bases = Vec::new();
        for base in client.send(&ListKnowledgeBases).await?.results {
            let content = GetKnowledgeBase {
                base: base.id.clone(),
            };
            bases.push(Self {
                name: client.send(&content).await?.name,
                // What is not known to be internal is treated as public.
                is_external: base.kind != "internal",
                id: base.id,
            });
        }
        Ok(bases)
    }
}

impl Library {
    /// Reads what is new or changed, that of this base and language first, until four fifths of
    /// the call's time are over; the answer says why it stopped before the end, if it did.
    ///
    /// # Errors
    /// When nothing could be listed and nothing is known from before.
    pub async fn refresh(
        &self,
        client: &Client,
        progress: &Progress,
        base: Option<&KnowledgeBaseId>,
        locale: Option<&str>,
    ) -> Result<Option<Behind>, FrontError> {
        let left = client.deadline().saturating_duration_since(Instant::now());
        let stop = Instant::now() + left * 4 / 5;
        let client = client.within(stop).with_priority(Priority::Bulk);
        // Another call reads: what it has read by then is there.
        let Ok(_reader) = timeout_at(stop, self.reader.lock()).await else {
            return Ok(Some(Behind::Time));
        };
        let is_fresh = self
            .shelf()
            .listed
            .is_some_and(|(at, _)| at.elapsed() < self.fresh);
        if !is_fresh && let Err(error) = self.list(&client).await {
            tracing::warn!(%error, "the articles could not be listed");
            if self.coverage().known == 0 {
                return Err(error);
            }
            return Ok(Some(Behind::of(&error)));
        }
        Ok(self.read(&client, stop, progress, (base, locale)).await)
    }

    async fn list(&self, client: &Client) -> Result<(), FrontError> {
        let bases = Base::listed(client).await?;
        let mut all = HashSet::new();
        {
            let mut shelf = self.shelf();
            shelf.is_cut = false;
            shelf.bases.clone_from(&bases);
        }
        for base in bases {
            let of = ListArticles {
                base: base.id.clone(),
            };
            let mut token: Option<String> = None;
            while all.len() < MOST_ARTICLES {
                let page = client
                    .send(&Paged {
                        of: &of,
                        limit: Some(PAGE),
                        token: token.as_deref(),
                    })
                    .await?;
                let mut shelf = self.shelf();
                for article in page.results {
                    all.insert(article.id.clone());
                    shelf.list(article, &base.id);
                }
                if page.next.is_none() || page.next == token {
                    break;
                }
                token = page.next;
            }
            if all.len() >= MOST_ARTICLES {
                self.shelf().is_cut = true;
                break;
            }
        }
        self.shelf().end_list(&all);
        Ok(())
    }

    async fn read(
        &self,
        client: &Client,
        stop: Instant,
        progress: &Progress,
        first: (Option<&KnowledgeBaseId>, Option<&str>),
    ) -> Option<Behind> {
        let missing = self.shelf().missing(first.0, first.1);
        let total = u64::try_from(missing.len()).ok();
        let mut done = 0;
        for some in missing.chunks(AT_ONCE) {
            if Instant::now() >= stop {
                return Some(Behind::Time);
            }
            let read = join_all(some.iter().map(|(id, locale)| fetch(client, id, locale))).await;
            for ((id, locale), edition) in some.iter().zip(read) {
                match edition {
                    Ok(edition) => self.shelf().take(id, locale.as_ref(), edition),
                    Err(error) => {
                        tracing::warn!(%error, "an article could not be read");
                        return Some(Behind::of(&error));
                    }
                }
                done += 1;
            }
            progress.tell(done, total, "articles").await;
        }
        None
    }
}

/// An article in one language; nothing when it is gone, or not for this token.
async fn fetch(
    client: &Client,
    id: &ArticleId,
    locale: &Option<Untrusted>,
) -> Result<Option<Edition>, FrontError> {
    let locale = locale.as_ref().map(|locale| Segment::plain(locale.raw()));
    let Ok(locale) = locale.transpose() else {
        return Ok(None);
    };
    match edition(client, id.clone(), locale).await {
        Ok(edition) => Ok(Some(edition)),
        Err(error) => match error.kind {
            FrontErrorKind::Status(403 | 404 | 410) | FrontErrorKind::Unreadable(_) => Ok(None),
            _ => Err(error),
        },
    }
}
