//! Changing what a member is, whether he may come in, and what he is assigned to.

use std::collections::BTreeSet;

use guildhall_authz::Epoch;
use guildhall_core::{AccountId, NodeId, UserId};
use guildhall_tenancy::{Member, MemberPatch, MemberState, WorkspaceRole, assigned_accounts};
use serde::Serialize;

use super::{MemberShown, assign, assignments::assigned};
use crate::{Begun, Event, Kernel, KernelError, Request, code, work::Work};

/// What changes of a membership; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChangeMember {
    /// The new role.
    pub role: Option<WorkspaceRole>,
    /// The new state.
    pub state: Option<MemberState>,
    /// The nodes that he is assigned to from now on; `Some(None)` for what his role gives.
    pub node_ids: Option<Option<Vec<NodeId>>>,
}

/// A membership with its assignments, as its events tell it.
#[derive(Serialize)]
struct Standing {
    role: WorkspaceRole,
    state: MemberState,
    assigned_to: BTreeSet<AccountId>,
}

impl Kernel {
    /// Changes a membership. A member who never was assigned to anything of his own has what his role gives, the new role
    /// too.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `MEMBER_MANAGE`; [`KernelError::NotFound`] where the user is no member;
    /// [`KernelError::Tenancy`] where the workspace would be left without an admin or a node can't be assigned;
    /// [`KernelError::Stale`] where the membership has changed since the caller read it.
    pub async fn update_member(
        &self,
        request: &Request,
        id: UserId,
        command: ChangeMember,
    ) -> Result<MemberShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_member(request, id).await;
        };
        work.authorize_workspace(&code::MEMBER_MANAGE)?;
        work.raise(Epoch::Workspace, &[id.into()]).await?;
        let before = work.workspace_members().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let assigned_before = assigned(&*work, id).await?;
        let patch = MemberPatch { role: command.role, state: command.state };
        let after = self.tenancy(&*work).change_member(before.clone(), patch).await?;
        let assigned_after =
            self.reassign(&work, &before, &after, &assigned_before, command.node_ids).await?;
        let user = work.users().find(id).await?.ok_or(KernelError::NotFound)?;
        let event = Event::new("member.changed", id.uuid(), user.display_name());
        work.finish(event.changing(&standing(&before, assigned_before), &standing(&after, assigned_after)))
            .await?;
        self.find_member(request, id).await
    }

    async fn reassign(
        &self,
        work: &Work<'_>,
        before: &Member,
        after: &Member,
        assigned: &BTreeSet<AccountId>,
        node_ids: Option<Option<Vec<NodeId>>>,
    ) -> Result<BTreeSet<AccountId>, KernelError> {
        let organisation = work.organisation()?;
        let node_ids = match node_ids {
            Some(node_ids) => node_ids,
            None if assigned.iter().eq(&assigned_accounts(before.role, None, organisation)) => None,
            None => return Ok(assigned.clone()),
        };
        let nodes = node_ids.as_deref().unwrap_or_default();
        work.may_assign(nodes)?;
        self.tenancy(&**work).check_assignable(nodes).await?;
        assign(self, &**work, after.user_id, after.role, node_ids.as_deref(), organisation).await
    }
}

fn standing(member: &Member, assigned_to: BTreeSet<AccountId>) -> Standing {
    Standing { role: member.role, state: member.state, assigned_to }
}
