//! Whether the process lives, and whether it can serve. On any host, without credentials.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use guildhall_kernel::Kernel;

/// Set while the process drains; it then is not ready.
#[derive(Debug, Clone, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// From now on the process takes no new work.
    pub fn begin(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn has_begun(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// `/healthz` and `/readyz`.
pub fn router(kernel: Kernel, draining: Draining) -> Router {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).with_state((kernel, draining))
}

/// The process answers; nothing else is asked.
async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers, and the process does not drain.
async fn ready(State((kernel, draining)): State<(Kernel, Draining)>) -> (StatusCode, &'static str) {
    if draining.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n");
    }
    match kernel.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
