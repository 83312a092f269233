//! Changing what a group is called.

use guildhall_authz::{Epoch, GroupPatch};
use guildhall_core::GroupId;

use crate::{Begun, Event, GroupShown, Kernel, KernelError, Request};

impl Kernel {
    /// Changes a group's name and description.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `GROUP_MANAGE` on its
    /// account; [`KernelError::Authz`] where another group is called so; [`KernelError::Stale`] where it has changed since he
    /// read it.
    pub async fn update_group(
        &self,
        request: &Request,
        id: GroupId,
        patch: GroupPatch,
    ) -> Result<GroupShown, KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else {
            return self.find_group(request, id).await;
        };
        let before = work.authorize_group(id).await?;
        request.expect_version(before.version)?;
        work.raise(Epoch::Workspace, &[id.into()]).await?;
        let after = self.authz(&*work).update_group(before.clone(), patch).await?;
        let event = Event::new("group.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_group(request, id).await
    }
}
