//! Groups as their reader sees them.

use guildhall_authz::Group;
use guildhall_core::{GroupId, Page, PageRequest, PermissionCode};

use crate::{Kernel, KernelError, Request, code, paging::page_of, work::Work};

/// What the codes of a group are about. Whoever holds one of them on its account sees the group.
const CODES: [PermissionCode; 3] = [code::GROUP_MANAGE, code::ROLE_GRANT, code::ROLE_READ];

/// A group as its reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupShown {
    /// The group.
    pub group: Group,
    /// What of the platform's codes about groups the reader holds on its account.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of the groups that the caller sees, by name.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where he sees none anywhere.
    pub async fn list_groups(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<GroupShown>, KernelError> {
        let work = self.read(request).await?;
        if !work.may_anywhere(&CODES.each_ref()) {
            return Err(KernelError::Forbidden(code::GROUP_MANAGE));
        }
        let mut groups = work.groups().list().await?;
        groups.retain(|group| work.sees_group(group));
        let page =
            page_of(groups, page, |group| format!("{}\n{}", group.name.as_str().to_lowercase(), group.id));
        Ok(page.map(|group| show(&work, group)))
    }

    /// One group.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not see it.
    pub async fn find_group(&self, request: &Request, id: GroupId) -> Result<GroupShown, KernelError> {
        let work = self.read(request).await?;
        let group = work.seen_group(id).await?;
        Ok(show(&work, group))
    }
}

impl Work<'_> {
    /// Whether the caller may know of the group.
    pub(crate) fn sees_group(&self, group: &Group) -> bool {
        CODES.iter().any(|code| self.may(code, group.account))
    }

    /// The group, or `NotFound` where the caller may not know of it.
    pub(super) async fn seen_group(&self, id: GroupId) -> Result<Group, KernelError> {
        let group = self.groups().find(id).await?.filter(|group| self.sees_group(group));
        group.ok_or(KernelError::NotFound)
    }

    /// The group, for somebody who manages it.
    pub(crate) async fn authorize_group(&self, id: GroupId) -> Result<Group, KernelError> {
        let group = self.seen_group(id).await?;
        self.require(&code::GROUP_MANAGE, group.account)?;
        Ok(group)
    }
}

fn show(work: &Work<'_>, group: Group) -> GroupShown {
    let permissions = work.codes_of(group.account, &CODES);
    GroupShown { group, permissions }
}
