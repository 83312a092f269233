//! Listing a project's members.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ProjectMemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProjectMembersQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List a project's members
///
/// After the members, whoever is invited to the project, for readers who may see the workspace's members.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/members",
    tag = "project members",
    params(("project_id" = Uuid, Path), ProjectMembersQuery),
    responses((status = 200, body = PageView<ProjectMemberView>), Problems)
)]
pub async fn list_project_members(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Query(query): Query<ProjectMembersQuery>,
) -> Result<Answer<PageView<ProjectMemberView>>, Problem> {
    let filter = project.to_string();
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let found = kernel.list_project_members(&request, project, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
