//! The people of a workspace.

use axum::{Json, extract::State};
use guildhall_kernel::{Kernel, PeopleQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    error::{ContractError, ContractErrors},
    extract::{Asked, Query},
    paging::{Numbered, SearchText},
    view::ContractUserView,
};

/// Which people, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserListQuery {
    /// The page, the first being 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<usize>,
    /// How many people a page has: 10 when absent, 200 at most.
    #[serde(rename = "itemsPerPage")]
    #[param(minimum = 1, maximum = 200)]
    items_per_page: Option<usize>,
    /// A text that a name or the address has in it, in any case of its letters.
    #[serde(rename = "filter[search]")]
    search: Option<SearchText>,
}

/// A page of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractUsersView {
    /// The people, by family name, given name and id.
    data: Vec<ContractUserView>,
    /// Which page it is.
    pagination: PaginationView,
}

/// Which page it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaginationView {
    /// How many people a page has.
    items_per_page: usize,
    /// The page, the first being 1.
    page: usize,
    /// How many people there are on all pages.
    total: usize,
}

/// List the people of a workspace
///
/// The workspace is the request's. Whoever may not read its directory finds himself and those with whom he shares a project.
#[utoipa::path(
    get,
    path = "/api/users/",
    tag = "open os contract",
    params(UserListQuery),
    responses((status = 200, body = ContractUsersView), ContractErrors)
)]
pub async fn list_users(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<UserListQuery>,
) -> Result<Json<ContractUsersView>, ContractError> {
    let numbered = Numbered::new(query.page, query.items_per_page)?;
    let SearchText(search) = query.search.unwrap_or_default();
    let asked = PeopleQuery { search, offset: numbered.offset(), limit: numbered.size };
    let found = kernel.find_people(&request, &asked).await?;
    let data = found.people.into_iter().map(Into::into).collect();
    let Numbered { page, size } = numbered;
    let pagination = PaginationView { items_per_page: size, page, total: found.total_count };
    Ok(Json(ContractUsersView { data, pagination }))
}
