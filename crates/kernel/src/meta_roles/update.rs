//! Changing a meta role.

use guildhall_authz::{Change, Epoch, MetaRolePatch};
use guildhall_core::{AccountId, MetaRoleId};

use crate::{Begun, Event, Kernel, KernelError, MetaRoleShown, Request, code};

impl Kernel {
    /// Changes what a meta role is called and who gives it. Whoever has it keeps it.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PLATFORM_MANAGE`; [`KernelError::NotFound`] where there is none with that id;
    /// [`KernelError::Authz`] where every platform has it; [`KernelError::Stale`] where it has changed since the caller read
    /// it.
    pub async fn update_meta_role(
        &self,
        request: &Request,
        id: MetaRoleId,
        patch: MetaRolePatch,
    ) -> Result<MetaRoleShown, KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else {
            return self.find_meta_role(request, id).await;
        };
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        work.raise(Epoch::Platform, &[Change::Everything]).await?;
        let before = work.meta_roles().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(before.version)?;
        let after = self.authz(&*work).update_meta_role(before.clone(), patch).await?;
        let event = Event::new("meta_role.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_meta_role(request, id).await
    }
}
