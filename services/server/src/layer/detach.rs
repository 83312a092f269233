//! A task of its own for each request, so that a client who hangs up interrupts nothing.
//!
//! A future that is dropped while it begins a transaction gives the pool a connection with that transaction still open; the next
//! request's acknowledged writes would then be rolled back. So no handler can be dropped.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;

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

/// Works on the request in a task of its own, which holds its place until it is done, whoever still waits for it.
pub async fn layer(State(places): State<Places>, request: Request, next: Next) -> Response {
    let Ok(place) = places.0.try_acquire_owned() else {
        return Problem::unavailable(&"too many requests at a time").into_response();
    };
    let work = tokio::spawn(request_id::carried(async move {
        let response = next.run(request).await;
        drop(place);
        response
    }));
    work.await.unwrap_or_else(|died| Problem::internal(&died).into_response())
}
