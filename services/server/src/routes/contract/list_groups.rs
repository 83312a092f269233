//! The groups of a workspace.

use axum::{Json, extract::State};
use guildhall_core::{GroupId, Name, WorkspaceId};
use guildhall_kernel::Kernel;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    error::{ContractError, ContractErrors},
    extract::{Asked, Path, Query},
    paging::{Numbered, SearchText},
};

/// Which groups, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupListQuery {
    /// The page, the first being 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<usize>,
    /// How many groups a page has: 10 when absent.
    #[serde(rename = "itemsPerPage")]
    #[param(minimum = 1, maximum = 200)]
    items_per_page: Option<usize>,
    /// What they are ordered by: their names.
    #[serde(rename = "sort")]
    _sort: Option<GroupOrder>,
    /// A text that the name has in it, in any case of its letters.
    #[serde(rename = "filter[search]")]
    search: Option<SearchText>,
}

/// What groups can be ordered by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupOrder {
    /// Their names.
    Name,
}

/// A page of groups.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractGroupsView {
    /// The groups, by name.
    data: Vec<ContractGroupView>,
}

/// A group.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractGroupView {
    /// The group's id.
    id: GroupId,
    /// What people call it.
    name: Name,
}

/// List the groups of a workspace
#[utoipa::path(
    get,
    path = "/api/tenants/{workspace_id}/groups",
    tag = "open os contract",
    params(("workspace_id" = Uuid, Path, description = "The tenant's id, which is the workspace's"), GroupListQuery),
    responses((status = 200, body = ContractGroupsView), ContractErrors)
)]
pub async fn list_groups(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(workspace): Path<WorkspaceId>,
    Query(query): Query<GroupListQuery>,
) -> Result<Json<ContractGroupsView>, ContractError> {
    let numbered = Numbered::new(query.page, query.items_per_page)?;
    let SearchText(search) = query.search.unwrap_or_default();
    let found = kernel.find_groups(&request, workspace, &search).await?;
    let page = found.into_iter().skip(numbered.offset()).take(numbered.size);
    let data = page.map(|shown| ContractGroupView { id: shown.group.id, name: shown.group.name }).collect();
    Ok(Json(ContractGroupsView { data }))
}
