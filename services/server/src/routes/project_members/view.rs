//! A project's member on the wire.

use guildhall_core::{Email, InvitationId, MetaRoleCode, Name, PermissionCode, UserId};
use guildhall_identity::User;
use guildhall_kernel::{AddedToProject, ProjectMemberShown, Standing};
use guildhall_orchestration::ProjectRole;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody's part in a project.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProjectMemberView {
    /// The person; `null` while he is invited.
    user: Option<ProjectMemberUserView>,
    /// The address.
    email: Email,
    /// What he is in the project.
    role: ProjectRole,
    /// The meta roles by which products give him their own, the one that the role implies first.
    meta_roles: Vec<MetaRoleCode>,
    /// Whether he has it yet.
    state: ProjectMemberState,
    /// The invitation that he has not taken yet.
    invitation_id: Option<InvitationId>,
    /// What the reader may do with the membership.
    permissions: Vec<PermissionCode>,
}

/// Somebody who was added to a project, or invited to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AddedProjectMemberView {
    #[serde(flatten)]
    member: ProjectMemberView,
    /// Where an invitation is taken, shown this once; `null` where nobody was invited or it went out by mail.
    accept_url: Option<String>,
}

/// Whether somebody is a member of a project yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProjectMemberState {
    /// He is.
    Member,
    /// He will be when he accepts.
    Invited,
}

/// The person who is a member.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProjectMemberUserView {
    /// The user's id.
    id: UserId,
    /// The address.
    email: Email,
    /// Given name.
    firstname: Name,
    /// Family name.
    lastname: Name,
}

impl From<ProjectMemberShown> for ProjectMemberView {
    fn from(shown: ProjectMemberShown) -> Self {
        let ProjectMemberShown { standing, role, meta_roles, permissions, version: _ } = shown;
        let (email, user, state, invitation_id) = match standing {
            Standing::Member(user) => {
                let email = user.email.clone();
                (email, Some(ProjectMemberUserView::from(*user)), ProjectMemberState::Member, None)
            }
            Standing::Invited { id, email } => (email, None, ProjectMemberState::Invited, Some(id)),
        };
        Self { user, email, role, meta_roles, state, invitation_id, permissions }
    }
}

impl From<AddedToProject> for AddedProjectMemberView {
    fn from(added: AddedToProject) -> Self {
        let AddedToProject { shown, accept_url } = added;
        Self { member: shown.into(), accept_url }
    }
}

impl From<User> for ProjectMemberUserView {
    fn from(user: User) -> Self {
        let User { id, email, profile, .. } = user;
        Self { id, email, firstname: profile.firstname, lastname: profile.lastname }
    }
}
