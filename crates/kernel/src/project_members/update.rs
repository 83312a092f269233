//! Changing somebody's part in a project.

use guildhall_authz::{Epoch, Holder};
use guildhall_core::{MetaRoleCode, ProjectId, UserId};
use guildhall_orchestration::ProjectRole;

use super::{ProjectMemberShown, seen::may_become};
use crate::{
    Begun, Event, Kernel, KernelError, Request, code,
    granting::{Gift, RefusedGrant},
};

/// What changes of somebody's part in a project; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeProjectMember {
    /// What he is to be.
    pub role: Option<ProjectRole>,
    /// All meta roles that he is to have besides the one that the role implies.
    pub meta_roles: Option<Vec<MetaRoleCode>>,
}

impl From<ProjectRole> for ChangeProjectMember {
    fn from(role: ProjectRole) -> Self {
        Self { role: Some(role), meta_roles: None }
    }
}

impl Kernel {
    /// Gives a member another role in a project, which keeps an owner, or other meta roles.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`, where an external member would become an owner without
    /// `MEMBER_MANAGE`, and for a meta role that the caller may not give; [`KernelError::Refused`] for one that nobody gives;
    /// [`KernelError::Orchestration`] for the rules of members.
    pub async fn update_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        user: UserId,
        command: impl Into<ChangeProjectMember> + Send,
    ) -> Result<ProjectMemberShown, KernelError> {
        let ChangeProjectMember { role, meta_roles } = command.into();
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_project_member(request, project, user).await;
        };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        work.raise(Epoch::Workspace, &[user.into()]).await?;
        let project = work.lock_board(project.id).await?;
        let before = self.orchestration(&*work).find_member(project.id, user).await?;
        let role = role.unwrap_or(before.role);
        if let Some(member) = work.workspace_members().find(user).await?
            && before.role != role
        {
            may_become(&work, member.role, role)?;
        }
        let wanted = meta_roles.as_ref().unwrap_or(&before.meta_roles);
        let extras = match work.read_meta_roles(&project, role, wanted, &before.meta_roles).await? {
            Ok(extras) => extras,
            Err((role, why)) => {
                let gift = Gift { role, account: project.account_id, until: None };
                let refused = RefusedGrant::of(Holder::User(user), &gift);
                return Err(self.refuse_grant(request, work, (gift.account, refused), why).await);
            }
        };
        self.orchestration(&*work).change_member_role(&project, user, role).await?;
        let after = self.orchestration(&*work).replace_meta_roles(&project, user, extras).await?;
        let name = work.users().find(user).await?.map(|user| user.display_name());
        let event = Event::new("project_member.changed", user.uuid(), name);
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        self.find_project_member(request, project.id, user).await
    }
}
