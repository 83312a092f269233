//! The request's id: the client's own, or a new one; in every answer, every problem and every line of the log.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use guildhall_core::{IdGenerator, RequestId, SystemIds};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that the current task answers; empty outside of any.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// The same work in another task, under the same id.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(current(), work)
}

/// The request's own id, for the log: ours even where the client sent another text.
#[derive(Debug, Clone, Copy)]
pub struct OwnId(pub RequestId);

/// Gives the request its id for as long as it is worked on.
pub async fn layer(State(ids): State<SystemIds>, mut request: Request, next: Next) -> Response {
    let own = RequestId::new(ids.uuid());
    let id = request.headers().get(HEADER).and_then(acceptable).unwrap_or_else(|| own.to_string());
    request.extensions_mut().insert(OwnId(own));
    let header = HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("unreadable"));
    let mut response = CURRENT.scope(id, next.run(request)).await;
    response.headers_mut().insert(HEADER, header);
    response
}

/// A client's id is taken where it is short and plain.
fn acceptable(header: &HeaderValue) -> Option<String> {
    let text = header.to_str().ok()?;
    let plain = (1..=128).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    plain.then(|| text.to_owned())
}
