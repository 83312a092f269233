//! No handler is dropped: when its client hangs up, a task of its own takes it to its end.
//!
//! A future that is dropped while it begins a transaction gives the pool a connection with that transaction still open; the next
//! request's acknowledged writes would then be rolled back. A task for each request would do as well, and would cost a
//! permission query a third of its time: another thread is woken for each.

use std::{
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{FutureExt as _, future::BoxFuture};
use tokio::{runtime::Handle, sync::Semaphore};

use crate::{layer::request_id, problem::Problem};

/// How many requests are worked on at a time. What comes beyond is shed at once.
pub const AT_A_TIME: usize = 512;

/// The places of requests that are being worked on, of the whole process.
#[derive(Debug, Clone)]
pub struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

/// Works on the request, which holds its place until it is done, whoever still waits for it. A handler that dies is an
/// internal error of its own request alone.
pub async fn layer(State(places): State<Places>, request: Request, next: Next) -> Response {
    let Ok(place) = places.0.try_acquire_owned() else {
        return Problem::unavailable(&"too many requests at a time").into_response();
    };
    let work = request_id::carried(async move {
        let work = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        drop(place);
        work.unwrap_or_else(|_| Problem::internal(&"a handler died").into_response())
    });
    Undropped(Some(work.boxed())).await
}

/// Work that goes on by itself where nobody waits for it any more.
struct Undropped(Option<BoxFuture<'static, Response>>);

impl Future for Undropped {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Response> {
        let Some(work) = &mut self.0 else { return Poll::Pending };
        let polled = work.as_mut().poll(context);
        if polled.is_ready() {
            self.0 = None;
        }
        polled
    }
}

impl Drop for Undropped {
    fn drop(&mut self) {
        if let (Some(work), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(work);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        time::Duration,
    };

    use axum::{Router, body::Body, middleware, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    /// Whether a handler comes to its end although its client goes away in the middle.
    async fn ends(router: impl FnOnce(Router) -> Router) -> bool {
        let ended = Arc::new(AtomicBool::new(false));
        let seen = ended.clone();
        let handler = move || async move {
            tokio::time::sleep(Duration::from_millis(40)).await;
            ended.store(true, Ordering::SeqCst);
        };
        let service = router(Router::new().route("/", get(handler)));
        let answer = service.oneshot(Request::new(Body::empty()));

        drop(tokio::time::timeout(Duration::from_millis(10), answer).await);

        tokio::time::sleep(Duration::from_millis(200)).await;
        seen.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn a_handler_ends_although_its_client_has_gone() {
        assert!(ends(|router| router.layer(middleware::from_fn_with_state(Places::default(), layer))).await);
    }

    #[tokio::test]
    async fn without_the_layer_it_would_not() {
        assert!(!ends(|router| router).await);
    }

    #[tokio::test]
    async fn a_handler_that_dies_answers_an_internal_error() {
        async fn die() {
            panic!("as it must");
        }
        let router = Router::new().route("/", get(die));
        let service = router.layer(middleware::from_fn_with_state(Places::default(), layer));

        let answer = service.oneshot(Request::new(Body::empty())).await.unwrap();

        assert_eq!(answer.status(), axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[tokio::test]
    async fn what_comes_beyond_the_places_is_shed() {
        let full = Places(Arc::new(Semaphore::new(0)));
        let router = Router::new().route("/", get(|| async {}));
        let service = router.layer(middleware::from_fn_with_state(full, layer));

        let answer = service.oneshot(Request::new(Body::empty())).await.unwrap();

        assert_eq!(answer.status(), axum::http::StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key("retry-after"));
    }
}
