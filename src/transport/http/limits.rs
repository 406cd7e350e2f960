//! How much is taken at once: of everybody together, and of each caller.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::StatusCode;
use http_body::{Body, Frame, SizeHint};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use super::{answer::Refused, caller::Admitted, site::Site};
use crate::config::http::Limits;

/// What one caller may ask.
#[derive(Debug)]
pub struct Allowance {
    room: Arc<Semaphore>,
    bucket: Mutex<Bucket>,
}

impl Allowance {
    /// A whole one.
    pub fn new(limits: &Limits) -> Self {
        Self {
            room: Arc::new(Semaphore::new(limits.requests_per_caller)),
            bucket: Mutex::new(Bucket::new(limits.per_second, Instant::now())),
        }
    }

    fn take(&self) -> Result<OwnedSemaphorePermit, Refused> {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(wait) = bucket.take(Instant::now()) {
            let seconds = u32::try_from(wait.as_secs() + 1).unwrap_or(1);
            return Err(Refused::for_now(
                StatusCode::TOO_MANY_REQUESTS,
                seconds,
                "this caller makes too many requests a second; nothing was done",
            ));
        }
        drop(bucket);
        Arc::clone(&self.room).try_acquire_owned().map_err(|_| {
            Refused::for_now(
                StatusCode::TOO_MANY_REQUESTS,
                1,
                "this caller has too many requests under way; nothing was done",
            )
        })
    }
}

/// Tokens that come back evenly, up to those of two seconds.
#[derive(Debug)]
struct Bucket {
    per_second: f64,
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn new(per_second: u32, now: Instant) -> Self {
        let per_second = f64::from(per_second);
        Self {
            per_second,
            tokens: 2.0 * per_second,
            filled: now,
        }
    }

    /// One token, or how long until there is one.
    fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let elapsed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.filled = now;
        self.tokens = (self.tokens + elapsed * self.per_second).min(2.0 * self.per_second);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64(
            (1.0 - self.tokens) / self.per_second,
        ))
    }
}

/// Room among everybody's requests, for as long as the answer takes.
pub async fn of_server(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    match Arc::clone(&site.room).try_acquire_owned() {
        Ok(place) => holding(next.run(request).await, place),
        Err(_) => Refused::for_now(
            StatusCode::SERVICE_UNAVAILABLE,
            1,
            "this server has too many requests under way; nothing was done",
        )
        .into_response(),
    }
}

/// Room among the caller's own.
pub async fn of_caller(request: Request, next: Next) -> Response {
    let Some(Admitted(caller)) = request.extensions().get::<Admitted>().cloned() else {
        return Refused::new(StatusCode::UNAUTHORIZED, "nobody was admitted").into_response();
    };
    match caller.allowance.take() {
        Ok(place) => holding(next.run(request).await, place),
        Err(refused) => refused.into_response(),
    }
}

/// Keeps a place until the whole answer was taken, or nobody wants it any more.
fn holding(response: Response, place: OwnedSemaphorePermit) -> Response {
    response.map(|body| axum::body::Body::new(Held { body, place }))
}

/// A body that holds a place for as long as it lives.
struct Held {
    body: axum::body::Body,
    #[expect(dead_code, reason = "it is held, and given back when this is dropped")]
    place: OwnedSemaphorePermit,
}

impl Body for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    // What is as long as it says is sent with its length.
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn tokens_come_back_evenly() {
        let start = Instant::now();
        let mut bucket = Bucket::new(10, start);
        for _ in 0..20 {
            assert!(bucket.take(start).is_ok());
        }
        let wait = bucket.take(start).unwrap_err();
        assert!(wait <= Duration::from_millis(100), "{wait:?}");
        let later = start + Duration::from_millis(100);
        assert!(bucket.take(later).is_ok() && bucket.take(later).is_err());
        let much_later = start + Duration::from_secs(60);
        let taken = (0..100).filter(|_| bucket.take(much_later).is_ok()).count();
        assert_eq!(taken, 20);
    }
}
