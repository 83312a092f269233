//! Members on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Email, Name, NodeId, PermissionCode, UserId};
use guildhall_identity::User;
use guildhall_kernel::MemberShown;
use guildhall_tenancy::{MemberState, WorkspaceRole};
use serde::Serialize;
use utoipa::ToSchema;

/// A member of the workspace.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberView {
    /// Who it is.
    pub user: MemberUserView,
    /// What he is here.
    pub role: WorkspaceRole,
    /// Whether he may come in.
    pub state: MemberState,
    /// The nodes that he is assigned to, as far as the reader sees them; `null` for the whole organisation.
    pub node_ids: Option<Vec<NodeId>>,
    /// When he became a member.
    pub since: DateTime<Utc>,
    /// What the reader may do with members.
    pub permissions: Vec<PermissionCode>,
}

/// A person as the directory shows him.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberUserView {
    /// The user's id.
    pub id: UserId,
    /// His address.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// The agency that he works for.
    pub agency: Option<Name>,
    /// The country that he works in.
    pub country: Option<Name>,
    /// His department.
    pub department: Option<Name>,
    /// His job title.
    pub job_title: Option<Name>,
    /// Where his desk is.
    pub office_location: Option<Name>,
}

impl From<User> for MemberUserView {
    fn from(user: User) -> Self {
        let profile = user.profile;
        Self {
            id: user.id,
            email: user.email,
            firstname: profile.firstname,
            lastname: profile.lastname,
            agency: profile.agency,
            country: profile.country,
            department: profile.department,
            job_title: profile.job_title,
            office_location: profile.office_location,
        }
    }
}

impl From<MemberShown> for MemberView {
    fn from(shown: MemberShown) -> Self {
        let MemberShown { member, user, node_ids, permissions } = shown;
        Self {
            user: user.into(),
            role: member.role,
            state: member.state,
            node_ids,
            since: member.since,
            permissions,
        }
    }
}
