//! Assignments: grants of the role `ASSIGNED` on nodes, or on the organisation for all of them.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{Holder, StoredGrant};
use guildhall_core::{AccountId, NodeId, UserId};
use guildhall_tenancy::{TenancyError, WorkspaceRole, assigned_accounts};

use crate::{BuiltinRole, Kernel, KernelError, UnitOfWork, code, work::Work};

/// Assigns a member to exactly these nodes; `None` is what his role gives.
pub(crate) async fn assign(
    kernel: &Kernel,
    unit: &dyn UnitOfWork,
    user: UserId,
    role: WorkspaceRole,
    node_ids: Option<&[NodeId]>,
    organisation: AccountId,
) -> Result<BTreeSet<AccountId>, KernelError> {
    let accounts = BTreeSet::from_iter(assigned_accounts(role, node_ids, organisation));
    let holder = Holder::User(user);
    kernel.authz(unit).replace_grants_of(holder, BuiltinRole::Assigned.id(), &accounts).await?;
    Ok(accounts)
}

/// The accounts that a member is assigned to.
pub(super) async fn assigned(
    unit: &dyn UnitOfWork,
    user: UserId,
) -> Result<BTreeSet<AccountId>, KernelError> {
    let held = unit.grants().list_by_holder(Holder::User(user)).await?;
    Ok(held.iter().filter(|grant| is_assignment(grant)).map(|grant| grant.account).collect())
}

/// The accounts that each member is assigned to.
pub(super) async fn all_assigned(
    unit: &dyn UnitOfWork,
) -> Result<BTreeMap<Holder, BTreeSet<AccountId>>, KernelError> {
    let mut assigned: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for grant in unit.grants().list().await?.iter().filter(|grant| is_assignment(grant)) {
        assigned.entry(grant.holder).or_default().insert(grant.account);
    }
    Ok(assigned)
}

fn is_assignment(grant: &StoredGrant) -> bool {
    grant.role == BuiltinRole::Assigned.id()
}

impl Work<'_> {
    /// Refuses to assign anybody to nodes that the caller does not see, or where he may not grant: to assign is to grant.
    /// A node that he does not see is answered like one that is not there.
    pub(crate) fn may_assign(&self, node_ids: &[NodeId]) -> Result<(), KernelError> {
        let unseen: Vec<_> =
            node_ids.iter().copied().filter(|node| !self.may(&code::NODE_READ, node.account())).collect();
        if !unseen.is_empty() {
            return Err(TenancyError::NodesNotAssignable { ids: unseen }.into());
        }
        node_ids.iter().try_for_each(|node| self.require(&code::ROLE_GRANT, node.account()))
    }
}
