//! Giving a member of a project another role.

use guildhall_authz::Epoch;
use guildhall_core::{ProjectId, UserId};
use guildhall_orchestration::ProjectRole;

use super::{ProjectMemberShown, seen::may_become};
use crate::{Begun, Event, Kernel, KernelError, Request, code};

impl Kernel {
    /// Gives a member another role in a project, which keeps an owner.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`, and where an external member would become an owner without
    /// `MEMBER_MANAGE`; [`KernelError::Orchestration`] for the rules of members.
    pub async fn update_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        user: UserId,
        role: ProjectRole,
    ) -> Result<ProjectMemberShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_project_member(request, project, user).await;
        };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        work.raise(Epoch::Workspace, "project_member").await?;
        work.lock_board(project.id).await?;
        let before = self.orchestration(&*work).find_member(project.id, user).await?;
        if let Some(member) = work.workspace_members().find(user).await?
            && before.role != role
        {
            may_become(&work, member.role, role)?;
        }
        let after = self.orchestration(&*work).change_member_role(project.id, user, role).await?;
        let name = work.users().find(user).await?.map(|user| user.display_name());
        let event = Event::new("project_member.changed", user.uuid(), name);
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        self.find_project_member(request, project.id, user).await
    }
}
