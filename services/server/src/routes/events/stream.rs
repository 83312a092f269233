//! Listening to what happens.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use futures::{StreamExt as _, stream};
use guildhall_core::ProjectId;
use guildhall_kernel::{After, Kernel};
use serde::Deserialize;
use utoipa::IntoParams;

use super::frame::{StreamedEventView, frame, opening};
use crate::{
    extract::{Asked, Query},
    problem::{Problem, ProblemBody, Problems},
};

/// What a client says that comes back (WHATWG HTML, 9.2).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What is listened to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StreamQuery {
    /// Only what happens in this project.
    project_id: Option<ProjectId>,
}

/// Listen to what happens
///
/// Server-sent events, one for each change of what the caller may read at that moment: ids and kinds, no more. With
/// `Last-Event-ID` everything that has happened since, in its order; where that is too long ago or unknown, an event `reset` says to
/// read everything again. Without it, what happens from now on. The stream ends with the session, and every quarter of an hour;
/// clients come back by themselves.
#[utoipa::path(
    get,
    path = "/events",
    tag = "events",
    params(StreamQuery, ("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event that was seen.")),
    responses(
        (status = 200, description = "The stream.", body = StreamedEventView, content_type = "text/event-stream"),
        (status = 429, description = "The caller has too many streams open.", body = ProblemBody,
            content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn stream_events(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    headers: HeaderMap,
    Query(query): Query<StreamQuery>,
) -> Result<Response, Problem> {
    let subscription = kernel.subscribe(&request, query.project_id, last_seen(&headers)).await?;
    // A client who hangs up drops this body, and nothing but a channel's end with it.
    let told = stream::unfold(subscription, |mut subscription| async move {
        let told = subscription.next().await?;
        Some((frame(told), subscription))
    });
    let frames = stream::once(async { Ok(opening()) }).chain(told);
    let mut response = Body::from_stream(frames).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that gathers answers would keep everything back.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// What the client has seen last. Something that no stream has told him is a reason to read again, not a fault.
fn last_seen(headers: &HeaderMap) -> Option<After> {
    let value = headers.get(LAST_EVENT_ID)?;
    let text = value.to_str().unwrap_or("?").trim();
    if text.is_empty() {
        return None;
    }
    Some(text.parse().map_or(After::Unknown, After::Seq))
}
