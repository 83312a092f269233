//! Changing when a grant ends.

use axum::extract::State;
use chrono::{DateTime, Utc};
use guildhall_core::GrantId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GrantView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a grant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantPatch {
    /// From when on it holds no more; `null` for no end.
    #[serde(default, deserialize_with = "nullable")]
    expires_at: Option<Option<DateTime<Utc>>>,
}

/// Change when a grant ends
///
/// To let it last longer takes what granting takes.
#[utoipa::path(
    patch,
    path = "/grants/{grant_id}",
    tag = "grants",
    params(("grant_id" = Uuid, Path)),
    request_body = GrantPatch,
    responses((status = 200, body = GrantView), Problems)
)]
pub async fn update_grant(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<GrantId>,
    Json(patch): Json<GrantPatch>,
) -> Result<Answer<GrantView>, Problem> {
    let shown = kernel.update_grant(&request, id, patch.expires_at).await?;
    let version = shown.grant.version;
    Ok(Answer::of(GrantView::from(shown)).tagged(version))
}
