//! Giving groups roles, and taking them away.

use axum::{Json, extract::State, http::StatusCode};
use guildhall_authz::AuthzError;
use guildhall_core::{AccountId, GrantId, GroupId, RoleId};
use guildhall_kernel::{Changes, GroupRole, Kernel, KernelError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    error::{ContractError, ContractErrorBody, ContractErrors},
    extract::{self, Asked},
};

/// Which roles groups are to have, and which no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupRolesPatch {
    /// To be given.
    #[schema(max_items = 100)]
    create: Option<Vec<GroupRoleEntry>>,
    /// To be taken away.
    #[schema(max_items = 100)]
    delete: Option<Vec<GroupRoleEntry>>,
}

/// A role of a group on an account.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupRoleEntry {
    /// The group.
    group_id: GroupId,
    /// The role.
    role_id: RoleId,
    /// Where it holds, and below.
    account_id: AccountId,
}

impl From<GroupRoleEntry> for GroupRole {
    fn from(entry: GroupRoleEntry) -> Self {
        Self { group: entry.group_id, role: entry.role_id, account: entry.account_id }
    }
}

/// A role that was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenRoleView {
    /// The grant's id.
    uid: GrantId,
    /// The group.
    group_uid: GroupId,
    /// Where it holds, and below.
    account_uid: AccountId,
    /// The role.
    role_uid: RoleId,
}

/// Change the roles of groups
///
/// All of it or nothing. The workspace follows from the account.
#[utoipa::path(
    patch,
    path = "/api/az/groups/roles",
    tag = "open os contract",
    request_body = GroupRolesPatch,
    responses(
        (status = 201, body = [GivenRoleView]),
        (status = 412, description = "It has no versions to match", body = ContractErrorBody),
        (status = 422, description = "A group has the role there already, or can't have it", body = ContractErrorBody),
        ContractErrors
    )
)]
pub async fn change_group_roles(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    extract::Json(patch): extract::Json<GroupRolesPatch>,
) -> Result<(StatusCode, Json<Vec<GivenRoleView>>), ContractError> {
    let roles = |entries: Option<Vec<GroupRoleEntry>>| -> Vec<GroupRole> {
        entries.unwrap_or_default().into_iter().map(Into::into).collect()
    };
    let changes = Changes { create: roles(patch.create), delete: roles(patch.delete) };
    let given = kernel.change_group_roles(&request, &changes).await.map_err(spelled)?;
    let views = changes.create.iter().zip(given).map(|(role, grant)| GivenRoleView {
        uid: grant.id,
        group_uid: role.group,
        account_uid: grant.account,
        role_uid: grant.role,
    });
    Ok((StatusCode::CREATED, Json(views.collect())))
}

/// The contract says 422 where a group has the role already.
fn spelled(error: KernelError) -> ContractError {
    match error {
        KernelError::Authz(AuthzError::GrantExists { .. }) => {
            let message = "a group has the role on that account already";
            ContractError::new(StatusCode::UNPROCESSABLE_ENTITY, message)
        }
        other => other.into(),
    }
}
