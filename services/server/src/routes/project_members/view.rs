//! A project's member on the wire.

use guildhall_core::{Email, MetaRoleCode, Name, PermissionCode, UserId};
use guildhall_identity::User;
use guildhall_kernel::{ProjectMemberShown, Standing};
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
    /// The meta roles that the role implies, by which products give him their own.
    meta_roles: Vec<MetaRoleCode>,
    /// Whether he has it yet.
    state: ProjectMemberState,
    /// What the reader may do with the membership.
    permissions: Vec<PermissionCode>,
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
        let ProjectMemberShown { standing, role, permissions, version: _ } = shown;
        let (email, user, state) = match standing {
            Standing::Member(user) => {
                (user.email.clone(), Some(ProjectMemberUserView::from(*user)), ProjectMemberState::Member)
            }
            Standing::Invited(email) => (email, None, ProjectMemberState::Invited),
        };
        Self { user, email, role, meta_roles: vec![role.meta_role()], state, permissions }
    }
}

impl From<User> for ProjectMemberUserView {
    fn from(user: User) -> Self {
        let User { id, email, profile, .. } = user;
        Self { id, email, firstname: profile.firstname, lastname: profile.lastname }
    }
}
