//! Adding somebody to a project.

use guildhall_authz::{Epoch, Holder};
use guildhall_core::{Email, MetaRoleCode, ProjectId, UserId};
use guildhall_orchestration::{AddMember, ProjectRole};

use super::{
    ProjectMemberShown,
    seen::{may_become, seen_member},
};
use crate::{
    Begun, Event, Kernel, KernelError, Request, code,
    granting::{Gift, RefusedGrant},
};

/// Somebody to add to a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddProjectMember {
    /// Who.
    pub named: NamedPerson,
    /// What he is to be.
    pub role: ProjectRole,
    /// The meta roles that he is to have besides the one that the role implies.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// A person, named in one of two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedPerson {
    /// By id.
    User(UserId),
    /// By address.
    Email(Email),
}

/// Somebody who was added, or invited.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedToProject {
    /// His part in the project.
    pub shown: ProjectMemberShown,
    /// Where an invitation is taken, shown this once; `None` where nobody was invited or it went out by mail.
    pub accept_url: Option<String>,
}

impl Kernel {
    /// Adds a member of the workspace to a project: he holds what his role gives from this commit on. An address that is
    /// no member's is invited.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PROJECT_MEMBERS`, without `MEMBER_INVITE` for another address than a member's
    /// whom the caller sees, and without `MEMBER_MANAGE` where somebody from outside would become an owner;
    /// [`KernelError::Refused`] where the caller sees no member with that id; [`KernelError::Orchestration`] where he is a
    /// member of the project already.
    pub async fn add_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        command: AddProjectMember,
    ) -> Result<AddedToProject, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return Err(KernelError::Internal("an invitation's link is shown once".into()));
        };
        let project = work.authorize_project(project, &code::PROJECT_MEMBERS).await?;
        let project = work.lock_board(project.id).await?;
        let (user, member) = match (seen_member(&work, &command.named).await?, command.named) {
            (Some(found), _) => found,
            (None, NamedPerson::User(_)) => return Err(unknown_member()),
            (None, NamedPerson::Email(_)) if !command.meta_roles.is_empty() => return Err(not_yet()),
            (None, NamedPerson::Email(email)) => {
                return self.invite_to_project(work, &project, email, command.role).await;
            }
        };
        may_become(&work, member.role, command.role)?;
        let added = AddMember { user_id: user.id, role: command.role };
        let extras = match work.read_meta_roles(&project, command.role, &command.meta_roles, &[]).await? {
            Ok(extras) => extras,
            Err((role, why)) => {
                let gift = Gift { role, account: project.account_id, until: None };
                let refused = RefusedGrant::of(Holder::User(user.id), &gift);
                return Err(self.refuse_grant(request, work, (gift.account, refused), why).await);
            }
        };
        work.raise(Epoch::Workspace, &[user.id.into()]).await?;
        let mut added = self.orchestration(&*work).add_member(&project, added).await?;
        if !extras.is_empty() {
            added = self.orchestration(&*work).replace_meta_roles(&project, user.id, extras).await?;
        }
        let event = Event::new("project_member.added", user.id.uuid(), user.display_name());
        work.finish(event.in_project(project.id).creating(&added)).await?;
        let shown = self.find_project_member(request, project.id, user.id).await?;
        Ok(AddedToProject { shown, accept_url: None })
    }
}

/// Whether he may have them is asked when he is there to have them.
fn not_yet() -> KernelError {
    let detail = "the address is no member's: give it meta roles when it has taken the invitation".to_owned();
    KernelError::Refused { code: "meta_roles_need_member", detail }
}

fn unknown_member() -> KernelError {
    let detail = "the workspace has no such member whom you can see".to_owned();
    KernelError::Refused { code: "unknown_member", detail }
}
