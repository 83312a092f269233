//! The token of a write, by which a later permission query can ask to see it.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use guildhall_kernel::Kernel;

use super::admit::Admitted;

/// Where the token stands in the answer of a write.
pub const HEADER: HeaderName = HeaderName::from_static("guildhall-consistency-token");

/// Adds the token to the answer of whatever changed something in a workspace.
pub async fn layer(State(kernel): State<Kernel>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let caller = request.extensions().get::<Admitted>().and_then(|admitted| admitted.entry.caller.ok());
    let mut response = next.run(request).await;
    if reads || !response.status().is_success() {
        return response;
    }
    let token = caller
        .and_then(|caller| caller.workspace())
        .and_then(|workspace| kernel.consistency_token(workspace))
        .and_then(|token| HeaderValue::from_str(&token).ok());
    if let Some(token) = token {
        response.headers_mut().insert(HEADER, token);
    }
    response
}
