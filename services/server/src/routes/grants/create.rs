//! Granting a role.

use axum::extract::State;
use chrono::{DateTime, Utc};
use guildhall_authz::{Holder, NewGrant};
use guildhall_core::{AccountId, GroupId, RoleId, ServiceAccountId, UserId};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GrantView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Fault, Problem, Problems},
};

/// A role to give to exactly one holder.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantPost {
    /// A member of the workspace.
    user_id: Option<UserId>,
    /// A group, for its members.
    group_id: Option<GroupId>,
    /// A service account of the kind `AUTOMATION`.
    service_account_id: Option<ServiceAccountId>,
    /// The role.
    role_id: RoleId,
    /// Where it will hold, and below.
    account_id: AccountId,
    /// From when on it holds no more; without it, it does not end.
    expires_at: Option<DateTime<Utc>>,
}

impl GrantPost {
    fn holder(&self) -> Result<Holder, Problem> {
        let detail = match (self.user_id, self.group_id, self.service_account_id) {
            (Some(user), None, None) => return Ok(Holder::User(user)),
            (None, Some(group), None) => return Ok(Holder::Group(group)),
            (None, None, Some(account)) => return Ok(Holder::ServiceAccount(account)),
            (None, None, None) => "name the holder",
            _ => "name one holder alone",
        };
        let fault = |pointer: &str| Fault { pointer: pointer.to_owned(), detail: detail.to_owned() };
        let faults = ["/user_id", "/group_id", "/service_account_id"].map(fault);
        Err(Problem::invalid_request(faults.into()))
    }
}

/// Grant a role
///
/// Takes `ROLE_GRANT` on the account and everything that the role holds there, for as long as the grant lasts; the
/// workspace's admins grant any role. What follows from membership is 422 `use_members`. Refusals are recorded.
#[utoipa::path(
    post,
    path = "/grants",
    tag = "grants",
    request_body = GrantPost,
    responses((status = 201, body = GrantView), Problems)
)]
pub async fn create_grant(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<GrantPost>,
) -> Result<Answer<GrantView>, Problem> {
    let holder = post.holder()?;
    let GrantPost { role_id, account_id, expires_at, .. } = post;
    let command = NewGrant { holder, role: role_id, account: account_id, expires_at };
    let outcome = kernel.create_grant(&request, command).await?;
    let version = outcome.get().grant.version;
    Ok(Answer::created(outcome.map(GrantView::from)).tagged(version))
}
