//! Reading the log.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};
use guildhall_core::{Name, UserId};
use guildhall_kernel::{EventFilter, Kernel};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    export::{JSON_LINES, export},
    view::AuditEventView,
};
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which events, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// Only what happened in this way, such as `project.created`.
    kind: Option<Name>,
    /// Only what this user or service account did.
    actor_id: Option<UserId>,
    /// Nothing before this moment.
    since: Option<DateTime<Utc>>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Read the audit log
///
/// Newest first. In the System space it is the log of the platform's acts. With `Accept: application/jsonl` all of it is
/// answered, one event on each line; that is itself recorded.
#[utoipa::path(
    get,
    path = "/audit",
    tag = "audit",
    params(EventsQuery),
    responses(
        (status = 200, content((PageView<AuditEventView> = "application/json"), (String = "application/jsonl"))),
        Problems
    )
)]
pub async fn list_events(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    headers: HeaderMap,
    Query(query): Query<EventsQuery>,
) -> Result<Response, Problem> {
    let EventsQuery { kind, actor_id, since, limit, cursor } = query;
    // A service account's id is spelled like a user's.
    let wanted = EventFilter { kind, actor_id: actor_id.map(UserId::uuid), since, ..EventFilter::default() };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    if takes_json_lines(&headers) {
        return export(kernel, request, wanted, page.after).await;
    }
    let found = kernel.list_events(&request, &wanted, &page).await?;
    let view: PageView<AuditEventView> = page::view(&kernel, &request, &filter, found)?;
    Ok(Answer::of(view).into_response())
}

fn takes_json_lines(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut media =
        named.flat_map(|line| line.split(',')).map(|one| one.split(';').next().unwrap_or_default());
    media.any(|one| one.trim().eq_ignore_ascii_case(JSON_LINES))
}
