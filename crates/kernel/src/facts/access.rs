//! What follows from grants, groups, and the roles that a workspace made itself.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{Facts, Grant, Group, GroupMember, Holder, OwnRole, Owner, Permission, Role};
use guildhall_core::{AccountId, GroupId, ProductId, RoleId, UserId, WorkspaceId};
use guildhall_tenancy::Member;

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

/// The stored grants that count, and who is in which group. Suspended members hold nothing, whatever is stored of them, and are
/// in no group.
pub(super) async fn add_grants(
    unit: &dyn UnitOfWork,
    members: &BTreeMap<UserId, Member>,
    facts: &mut Facts,
) -> Result<(), KernelError> {
    let groups: BTreeMap<GroupId, Group> =
        unit.groups().list().await?.into_iter().map(|group| (group.id, group)).collect();
    let tree: BTreeMap<AccountId, Option<AccountId>> = if groups.is_empty() {
        BTreeMap::new()
    } else {
        facts.accounts.iter().map(|account| (account.id, account.parent)).collect()
    };
    // A role that is not here now, such as one of a product that is switched off, gives nothing.
    let roles: BTreeSet<RoleId> = facts.roles.iter().map(|role| role.id).collect();
    let granted = unit.grants().list().await?.into_iter().map(Grant::from);
    facts.grants.extend(granted.filter(|grant| roles.contains(&grant.role)).filter(
        |grant| match grant.holder {
            Holder::User(user) => members.contains_key(&user),
            Holder::ServiceAccount(_) => true,
            // A node that was moved away from below the group's account took the group's grants out of its reach.
            Holder::Group(group) => {
                groups.get(&group).is_some_and(|group| is_below(&tree, grant.account, group.account))
            }
        },
    ));
    let memberships = unit.group_members().list().await?.into_iter();
    facts.group_members.extend(
        memberships
            .filter(|membership| members.contains_key(&membership.user))
            .map(|membership| GroupMember { group: membership.group, user: membership.user }),
    );
    Ok(())
}

/// Whether an account is the other one or below it.
fn is_below(tree: &BTreeMap<AccountId, Option<AccountId>>, account: AccountId, above: AccountId) -> bool {
    std::iter::successors(Some(account), |account| tree.get(account).copied().flatten())
        .any(|account| account == above)
}
