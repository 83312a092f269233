//! Listing workspaces.

use axum::extract::State;
use guildhall_core::Name;
use guildhall_kernel::Kernel;
use guildhall_tenancy::{WorkspaceFilter, WorkspaceState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::PlatformWorkspaceView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which workspaces, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkspacesQuery {
    /// Only those whose name or prefix contains this.
    q: Option<Name>,
    /// Only those in this state.
    state: Option<WorkspaceState>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the platform's workspaces
///
/// For platform admins, on the base domain.
#[utoipa::path(
    get,
    path = "/workspaces",
    tag = "platform",
    params(WorkspacesQuery),
    responses((status = 200, body = PageView<PlatformWorkspaceView>), Problems)
)]
pub async fn list_workspaces(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<WorkspacesQuery>,
) -> Result<Answer<PageView<PlatformWorkspaceView>>, Problem> {
    let WorkspacesQuery { q, state, limit, cursor } = query;
    let wanted = WorkspaceFilter { q, state };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_workspaces(&request, &wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
