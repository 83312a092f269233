//! The roles that a workspace made itself.

use std::collections::BTreeSet;

use guildhall_authz::{Facts, OwnRole, Owner, Permission, Role};
use guildhall_core::{ProductId, WorkspaceId};

use crate::{KernelError, UnitOfWork, builtin};

/// The workspace's own roles, each with what of it can be had here now.
pub(super) async fn add_own_roles(
    unit: &dyn UnitOfWork,
    workspace: WorkspaceId,
    available: &BTreeSet<ProductId>,
    facts: &mut Facts,
) -> Result<(), KernelError> {
    let roles = unit.own_roles().list().await?;
    facts.roles.extend(roles.into_iter().map(|role| as_role(role, workspace, available)));
    Ok(())
}

fn as_role(own: OwnRole, workspace: WorkspaceId, available: &BTreeSet<ProductId>) -> Role {
    let OwnRole { id, code, name, mut permissions, .. } = own;
    permissions.retain(|permission| can_be_had(permission, available));
    Role { id, owner: Owner::Workspace(workspace), code, name, permissions }
}

/// A product's codes go with the product; the platform's that are not for own roles were never in one.
fn can_be_had(permission: &Permission, available: &BTreeSet<ProductId>) -> bool {
    match permission.owner {
        Owner::Platform => builtin::is_delegable(&permission.code),
        Owner::Product(product) => available.contains(&product),
        Owner::Workspace(_) => false,
    }
}
