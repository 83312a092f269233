//! Members of a project as their reader sees them.

use std::collections::BTreeMap;

use guildhall_core::{
    Email, InvitationId, MetaRoleCode, Page, PageRequest, PermissionCode, ProjectId, RowVersion, UserId,
};
use guildhall_identity::User;
use guildhall_orchestration::{Project, ProjectMember, ProjectRole};
use guildhall_tenancy::Invitation;

use crate::{Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of a membership are about.
const CODES: [PermissionCode; 1] = [code::PROJECT_MEMBERS];

/// Somebody's part in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectMemberShown {
    /// Who it is, and whether he has it yet.
    pub standing: Standing,
    /// What he is in the project.
    pub role: ProjectRole,
    /// The meta roles that he has, the one that his role implies first.
    pub meta_roles: Vec<MetaRoleCode>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
    /// The board's version, which counts the changes of members too.
    pub version: RowVersion,
}

/// Whether somebody is a member of a project yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// He is.
    Member(Box<User>),
    /// Whoever holds the address will be when he accepts.
    Invited {
        /// The invitation.
        id: InvitationId,
        /// The address.
        email: Email,
    },
}

/// A row of the list.
enum Entry {
    Member(ProjectMember),
    Invited(InvitationId, Email, ProjectRole),
}

impl Entry {
    /// Members first, then the invited, each by id.
    fn position(&self) -> String {
        match self {
            Self::Member(member) => format!("1 {}", member.user_id),
            Self::Invited(id, ..) => format!("2 {id}"),
        }
    }
}

impl Kernel {
    /// A page of a project's members, by user id, and after them of those who are invited to it, to readers who may see the
    /// workspace's members.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project.
    pub async fn list_project_members(
        &self,
        request: &Request,
        project: ProjectId,
        page: &PageRequest,
    ) -> Result<Page<ProjectMemberShown>, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let members = work.project_members().list_by_project(project.id).await?;
        let mut entries: Vec<Entry> = members.into_iter().map(Entry::Member).collect();
        if work.may(&code::MEMBER_READ, work.view().root()) {
            let invitations = work.invitations().list_pending_by_project(project.id).await?;
            entries.extend(invitations.iter().filter_map(invited));
        }
        let page = page_of(entries, page, Entry::position);
        let ids: Vec<UserId> = page.items.iter().filter_map(user_of).collect();
        let users = work.users().list_by_ids(&ids).await?;
        let mut users: BTreeMap<UserId, User> = users.into_iter().map(|user| (user.id, user)).collect();
        let mut items = Vec::with_capacity(page.items.len());
        for entry in page.items {
            let (standing, role, extras) = match entry {
                Entry::Member(member) => {
                    let user = users.remove(&member.user_id).ok_or_else(|| lost(member.user_id))?;
                    (Standing::Member(Box::new(user)), member.role, member.meta_roles)
                }
                Entry::Invited(id, email, role) => (Standing::Invited { id, email }, role, Vec::new()),
            };
            items.push(show(&work, &project, standing, (role, extras)));
        }
        Ok(Page { items, next: page.next })
    }

    /// One member of a project.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project, and where the user is no member of it.
    pub async fn find_project_member(
        &self,
        request: &Request,
        project: ProjectId,
        user: UserId,
    ) -> Result<ProjectMemberShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let member = self.orchestration(&*work).find_member(project.id, user).await?;
        let user = work.users().find(user).await?.ok_or_else(|| lost(user))?;
        Ok(show(&work, &project, Standing::Member(Box::new(user)), (member.role, member.meta_roles)))
    }
}

pub(super) fn show(
    work: &Work<'_>,
    project: &Project,
    standing: Standing,
    (role, extras): (ProjectRole, Vec<MetaRoleCode>),
) -> ProjectMemberShown {
    let permissions = work.codes_of(project.account_id, &CODES);
    let meta_roles = [role.meta_role()].into_iter().chain(extras).collect();
    ProjectMemberShown { standing, role, meta_roles, permissions, version: project.board_version }
}

fn invited(invitation: &Invitation) -> Option<Entry> {
    let role = invitation.project.as_ref()?.role.as_str().parse().ok()?;
    Some(Entry::Invited(invitation.id, invitation.email.clone(), role))
}

fn user_of(entry: &Entry) -> Option<UserId> {
    match entry {
        Entry::Member(member) => Some(member.user_id),
        Entry::Invited(..) => None,
    }
}

fn lost(user: UserId) -> KernelError {
    KernelError::Internal(format!("the member {user} has no account"))
}
