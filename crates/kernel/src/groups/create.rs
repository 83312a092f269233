//! Making a group.

use guildhall_authz::{AccountKind, Epoch, NewGroup};
use guildhall_core::{AccountId, GroupId, Name, Text};

use crate::{
    Begun, Event, GroupShown, Kernel, KernelError, Outcome, Request, code, place::unknown, work::Work,
};

/// A group to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateGroup {
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The account that it belongs to: the workspace's, where nothing is said, its organisation's or a node's.
    pub account_id: Option<AccountId>,
}

impl Kernel {
    /// Makes a group without members. It holds roles on its account and below alone.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `GROUP_MANAGE` on the account; [`KernelError::Refused`] where the caller knows of
    /// no such account, or it is a project's; [`KernelError::Authz`] where another group is called so.
    pub async fn create_group(
        &self,
        request: &Request,
        command: CreateGroup,
    ) -> Result<Outcome<GroupShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_group(request, GroupId::new(id)).await?));
            }
        };
        let CreateGroup { name, description, account_id } = command;
        let account = account_id.unwrap_or_else(|| work.view().root());
        may_create(&work, account).await?;
        let group = self.authz(&*work).create_group(NewGroup { account, name, description }).await?;
        work.raise(Epoch::Workspace, &[group.id.into()]).await?;
        work.finish(Event::new("group.created", group.id.uuid(), group.name.to_string()).creating(&group))
            .await?;
        Ok(Outcome::Done(self.find_group(request, group.id).await?))
    }
}

async fn may_create(work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
    if !work.may_anywhere(&[&code::GROUP_MANAGE]) {
        return Err(KernelError::Forbidden(code::GROUP_MANAGE));
    }
    let kind = work.account_seen(account, &code::GROUP_MANAGE).await?.ok_or_else(|| unknown("account"))?;
    work.require(&code::GROUP_MANAGE, account)?;
    if kind == AccountKind::Project {
        let detail = "a group belongs to the workspace, its organisation or a node".to_owned();
        return Err(KernelError::Refused { code: "account_of_project", detail });
    }
    Ok(())
}
