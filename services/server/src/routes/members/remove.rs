//! Ending a membership.

use axum::{extract::State, http::StatusCode};
use guildhall_core::UserId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    extract::{Asked, Path, Query},
    problem::{Problem, Problems},
};

/// What becomes of what he alone owned.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RemovalQuery {
    /// The member who takes over the projects that he alone owned; whoever removes him, where it is absent.
    #[param(value_type = Option<Uuid>)]
    transfer_to: Option<UserId>,
}

/// Remove a member
///
/// Ends his sessions here, his grants, his part in projects and work, and the invitations that he sent, at once.
#[utoipa::path(
    delete,
    path = "/members/{user_id}",
    tag = "members",
    params(("user_id" = Uuid, Path), RemovalQuery),
    responses((status = 204), Problems)
)]
pub async fn remove_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<UserId>,
    Query(query): Query<RemovalQuery>,
) -> Result<StatusCode, Problem> {
    kernel.remove_member(&request, id, query.transfer_to).await?;
    Ok(StatusCode::NO_CONTENT)
}
