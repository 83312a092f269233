//! Reading the tree.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::BranchView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    problem::{Problem, Problems},
};

/// What the tree shows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HierarchyQuery {
    /// Whether archived nodes are in it too; they are not, unless it says so.
    #[serde(default)]
    include_archived: bool,
}

/// The hierarchy.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HierarchyView {
    /// The nodes directly below the workspace, each with those below it.
    items: Vec<BranchView>,
}

/// Read the hierarchy
///
/// What the reader is assigned to and below, and the nodes above those by id, type and name.
#[utoipa::path(
    get,
    path = "/hierarchy",
    tag = "hierarchy",
    params(HierarchyQuery),
    responses((status = 200, body = HierarchyView), Problems)
)]
pub async fn read_hierarchy(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<HierarchyQuery>,
) -> Result<Answer<HierarchyView>, Problem> {
    let branches = kernel.read_hierarchy(&request, query.include_archived).await?;
    Ok(Answer::of(HierarchyView { items: branches.into_iter().map(Into::into).collect() }))
}
