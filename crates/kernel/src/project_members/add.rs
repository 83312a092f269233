//! Adding somebody to a project.

use guildhall_authz::Epoch;
use guildhall_core::{Email, ProjectId, UserId};
use guildhall_orchestration::{AddMember, ProjectRole};

use super::{
    ProjectMemberShown,
    seen::{may_become, seen_member},
};
use crate::{Begun, Event, Kernel, KernelError, Request, code};

/// Somebody to add to a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddProjectMember {
    /// Who.
    pub named: NamedPerson,
    /// What he is to be.
    pub role: ProjectRole,
}

/// A person, named in one of two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedPerson {
    /// By id.
    User(UserId),
    /// By address.
    Email(Email),
}

impl Kernel {
    /// Adds a member of the workspace to a project. He holds what his role gives from this commit on.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`, and where an external member would become an owner without
    /// `MEMBER_MANAGE`; [`KernelError::Refused`] where the caller sees no such member of the workspace;
    /// [`KernelError::Orchestration`] where he is a member of the project already.
    pub async fn add_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        command: AddProjectMember,
    ) -> Result<ProjectMemberShown, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => return self.find_project_member(request, project, UserId::new(id)).await,
        };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        work.raise(Epoch::Workspace, "project_member").await?;
        work.lock_board(project.id).await?;
        let Some((user, member)) = seen_member(&work, &command.named).await? else {
            let detail = "the workspace has no such member whom you can see".to_owned();
            return Err(KernelError::Refused { code: "unknown_member", detail });
        };
        may_become(&work, member.role, command.role)?;
        let added = AddMember { user_id: user.id, role: command.role };
        let added = self.orchestration(&*work).add_member(project.id, added).await?;
        let event = Event::new("project_member.added", user.id.uuid(), user.display_name());
        work.finish(event.in_project(project.id).creating(&added)).await?;
        self.find_project_member(request, project.id, user.id).await
    }
}
