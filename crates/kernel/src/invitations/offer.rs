//! What an invitation would give, and who may give it. Asked when it goes out and again when it is taken.

use guildhall_core::{AccountId, NodeId, PermissionCode};
use guildhall_orchestration::ProjectRole;
use guildhall_tenancy::{Invitation, WorkspaceRole};

use crate::{KernelError, UnitOfWork, code};

/// What an invitation would give.
pub(crate) struct Offer<'a> {
    /// The workspace's account.
    pub(crate) workspace: AccountId,
    /// What the member would be.
    pub(crate) role: WorkspaceRole,
    /// What he would be assigned to.
    pub(crate) node_ids: &'a [NodeId],
    /// The account of the project that he would join, and what he would be in it.
    pub(crate) project: Option<(AccountId, ProjectRole)>,
}

impl<'a> Offer<'a> {
    /// What a stored invitation would give; `None` where its project is gone.
    pub(crate) async fn of(
        unit: &dyn UnitOfWork,
        workspace: AccountId,
        invitation: &'a Invitation,
    ) -> Result<Option<Self>, KernelError> {
        let project = match &invitation.project {
            None => None,
            Some(to) => {
                let project = unit.projects().find(to.project_id).await?;
                let role = to.role.as_str().parse::<ProjectRole>();
                match (project, role) {
                    (Some(project), Ok(role)) => Some((project.account_id, role)),
                    _ => return Ok(None),
                }
            }
        };
        let node_ids = invitation.node_ids.as_deref().unwrap_or_default();
        Ok(Some(Self { workspace, role: invitation.role, node_ids, project }))
    }

    /// A code that whoever makes the offer lacks for it, where `holds` says what he holds. Nobody gives what he may not:
    /// who manages members offers every role, anybody else `EXTERNAL` alone, and no ownership of a project.
    pub(crate) fn lacks(&self, holds: impl Fn(&PermissionCode, AccountId) -> bool) -> Option<PermissionCode> {
        let manages = holds(&code::MEMBER_MANAGE, self.workspace) || self.names_admin(&holds);
        let needs_managing = self.role != WorkspaceRole::External
            || self.project.is_some_and(|(_, role)| role == ProjectRole::Owner);
        if needs_managing && !manages {
            return Some(code::MEMBER_MANAGE);
        }
        if !manages && !holds(&code::MEMBER_INVITE, self.workspace) {
            return Some(code::MEMBER_INVITE);
        }
        if self.node_ids.iter().any(|node| !holds(&code::ROLE_GRANT, node.account())) {
            return Some(code::ROLE_GRANT);
        }
        let project = self.project.map(|(account, _)| account);
        project.filter(|account| !holds(&code::PROJECT_MEMBERS, *account)).map(|_| code::PROJECT_MEMBERS)
    }

    /// Whether it does no more than put somebody in charge, which whoever manages workspaces may do.
    fn names_admin(&self, holds: &impl Fn(&PermissionCode, AccountId) -> bool) -> bool {
        let bare = self.node_ids.is_empty() && self.project.is_none();
        bare && self.role == WorkspaceRole::WorkspaceAdmin && holds(&code::WORKSPACE_MANAGE, self.workspace)
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::IdGenerator as _;
    use guildhall_core::testing::SequentialIds;

    use super::*;

    fn offer(role: WorkspaceRole, project: Option<ProjectRole>) -> Offer<'static> {
        let account = AccountId::new(SequentialIds::default().uuid());
        Offer {
            workspace: AccountId::SYSTEM,
            role,
            node_ids: &[],
            project: project.map(|role| (account, role)),
        }
    }

    fn lacks(offer: &Offer<'_>, held: &[PermissionCode]) -> Option<PermissionCode> {
        offer.lacks(|code, _| held.contains(code))
    }

    #[test]
    fn an_external_member_is_invited_by_whoever_may_invite_or_manages_members() {
        let offer = offer(WorkspaceRole::External, None);

        assert_eq!(lacks(&offer, &[]), Some(code::MEMBER_INVITE));
        assert_eq!(lacks(&offer, &[code::MEMBER_INVITE]), None);
        assert_eq!(lacks(&offer, &[code::MEMBER_MANAGE]), None);
    }

    #[test]
    fn other_roles_are_offered_by_whoever_manages_members() {
        for role in [WorkspaceRole::Internal, WorkspaceRole::WorkspaceAdmin] {
            let offer = offer(role, None);

            assert_eq!(lacks(&offer, &[code::MEMBER_INVITE]), Some(code::MEMBER_MANAGE));
            assert_eq!(lacks(&offer, &[code::MEMBER_MANAGE]), None);
        }
    }

    #[test]
    fn assigning_is_granting() {
        let node = NodeId::new(SequentialIds::default().uuid());
        let offer = Offer { node_ids: &[node], ..offer(WorkspaceRole::External, None) };

        assert_eq!(lacks(&offer, &[code::MEMBER_INVITE]), Some(code::ROLE_GRANT));
        assert_eq!(lacks(&offer, &[code::MEMBER_INVITE, code::ROLE_GRANT]), None);
    }

    #[test]
    fn a_project_is_joined_by_leave_of_whoever_manages_its_members() {
        let offer = offer(WorkspaceRole::External, Some(ProjectRole::Contributor));

        assert_eq!(lacks(&offer, &[code::MEMBER_INVITE]), Some(code::PROJECT_MEMBERS));
        assert_eq!(lacks(&offer, &[code::MEMBER_INVITE, code::PROJECT_MEMBERS]), None);
    }

    #[test]
    fn an_external_member_owns_a_project_by_leave_of_an_admin_alone() {
        let offer = offer(WorkspaceRole::External, Some(ProjectRole::Owner));

        let lacking = lacks(&offer, &[code::MEMBER_INVITE, code::PROJECT_MEMBERS]);

        assert_eq!(lacking, Some(code::MEMBER_MANAGE));
    }
}
