//! `If-None-Match`: a client that has the present state gets no second copy (RFC 9110, 13.1.2).

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Answers 304 where the entity tag of a GET's answer is one that the client names.
pub async fn layer(request: Request, next: Next) -> Response {
    let reads = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let (Some(known), true, StatusCode::OK) = (known, reads, response.status()) else { return response };
    match response.headers().get(header::ETAG) {
        Some(tag) if names(&known, tag) => {
            (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.clone())]).into_response()
        }
        Some(_) | None => response,
    }
}

fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}
