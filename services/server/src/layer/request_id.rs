//! The request's id: the client's own, or a new one; in every answer, every problem and every line of the log.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use guildhall_core::{IdGenerator, RequestId, SystemIds};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: HeaderValue;
}

/// The id of the request that the current task answers; empty outside of any.
pub fn current() -> String {
    CURRENT.try_with(|id| id.to_str().unwrap_or_default().to_owned()).unwrap_or_default()
}

/// The same work in another task, under the same id.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let id = CURRENT.try_with(Clone::clone).unwrap_or_else(|_| HeaderValue::from_static(""));
    CURRENT.scope(id, work)
}

/// The request's own id, for the log: ours even where the client sent another text.
#[derive(Debug, Clone, Copy)]
pub struct OwnId(pub RequestId);

/// Gives the request its id for as long as it is worked on.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let own = RequestId::new(SystemIds.uuid());
    let id = request.headers().get(HEADER).filter(|id| is_acceptable(id)).cloned();
    let id = id.or_else(|| HeaderValue::from_str(&own.to_string()).ok());
    let id = id.unwrap_or_else(|| HeaderValue::from_static("unreadable"));
    request.extensions_mut().insert(OwnId(own));
    let mut response = CURRENT.scope(id.clone(), next.run(request)).await;
    response.headers_mut().insert(HEADER, id);
    response
}

/// A client's id is taken where it is short and plain.
fn is_acceptable(id: &HeaderValue) -> bool {
    (1..=128).contains(&id.len())
        && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}
