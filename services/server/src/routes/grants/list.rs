//! Listing grants.

use axum::extract::State;
use guildhall_authz::Holder;
use guildhall_core::{AccountId, GroupId, RoleId, UserId};
use guildhall_kernel::{GrantQuery, Kernel};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::GrantView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Fault, Problem, Problems},
};

/// Which grants, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GrantsQuery {
    /// Those on this very account.
    #[param(value_type = Option<Uuid>)]
    account_id: Option<AccountId>,
    /// Those of this user.
    #[param(value_type = Option<Uuid>)]
    user_id: Option<UserId>,
    /// Those of this group.
    #[param(value_type = Option<Uuid>)]
    group_id: Option<GroupId>,
    /// Those of this role.
    #[param(value_type = Option<Uuid>)]
    role_id: Option<RoleId>,
    /// How many at most: 1 to 200, 50 when it is absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

impl GrantsQuery {
    fn wanted(&self) -> Result<GrantQuery, Problem> {
        let holder = match (self.user_id, self.group_id) {
            (Some(user), None) => Some(Holder::User(user)),
            (None, Some(group)) => Some(Holder::Group(group)),
            (None, None) => None,
            (Some(_), Some(_)) => {
                let detail = "a grant is a user's or a group's: name one of them".to_owned();
                return Err(Problem::invalid_request(vec![Fault {
                    pointer: "?group_id".to_owned(),
                    detail,
                }]));
            }
        };
        Ok(GrantQuery { account_id: self.account_id, holder, role_id: self.role_id })
    }
}

/// List the grants
///
/// Those on accounts where the caller reads or grants roles. What follows from memberships is not among them.
#[utoipa::path(
    get,
    path = "/grants",
    tag = "grants",
    params(GrantsQuery),
    responses((status = 200, body = PageView<GrantView>), Problems)
)]
pub async fn list_grants(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<GrantsQuery>,
) -> Result<Answer<PageView<GrantView>>, Problem> {
    let wanted = query.wanted()?;
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let grants = kernel.list_grants(&request, &wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, grants)?))
}
