//! Listing projects.

use axum::extract::State;
use guildhall_core::{Name, NodeId};
use guildhall_kernel::{Kernel, ProjectQuery};
use guildhall_orchestration::{ProjectOrder, ProjectRole, ProjectState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::ProjectView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which projects, in which order, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProjectsQuery {
    /// Only those whose name contains this.
    q: Option<Name>,
    /// Only those that belong to this node or to one below it.
    node_id: Option<NodeId>,
    /// Only those in this state.
    state: Option<ProjectState>,
    /// Only those in which the reader himself has this role.
    role: Option<ProjectRole>,
    /// Only those that the reader himself is a member of.
    mine: Option<bool>,
    /// What the list is sorted by, `created_at` when absent; `-` stands for descending.
    sort: Option<ProjectOrder>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List projects
///
/// Those that the reader may read.
#[utoipa::path(
    get,
    path = "/projects",
    tag = "projects",
    params(ProjectsQuery),
    responses((status = 200, body = PageView<ProjectView>), Problems)
)]
pub async fn list_projects(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ProjectsQuery>,
) -> Result<Answer<PageView<ProjectView>>, Problem> {
    let ProjectsQuery { q, node_id, state, role, mine, sort, limit, cursor } = query;
    let wanted = ProjectQuery {
        q,
        node_id,
        state,
        role,
        mine: mine.unwrap_or_default(),
        order: sort.unwrap_or_default(),
    };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_projects(&request, wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
