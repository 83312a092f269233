//! Removing a meta role.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, MetaRoleId};

use crate::{Begun, Event, Kernel, KernelError, Request, code};

impl Kernel {
    /// Removes a meta role that no product's mapping and no member of a project has any more.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `PLATFORM_MANAGE`; [`KernelError::NotFound`] where there is none with that id;
    /// [`KernelError::Authz`] where every platform has it, or somebody refers to it; [`KernelError::Stale`] where it has changed
    /// since the caller read it.
    pub async fn delete_meta_role(&self, request: &Request, id: MetaRoleId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_platform(request).await? else { return Ok(()) };
        work.require(&code::PLATFORM_MANAGE, AccountId::PLATFORM)?;
        work.raise(Epoch::Platform, &[Change::Everything]).await?;
        let gone = work.meta_roles().find(id).await?.ok_or(KernelError::NotFound)?;
        request.expect_version(gone.version)?;
        self.authz(&*work).delete_meta_role(&gone).await?;
        let event = Event::new("meta_role.deleted", id.uuid(), gone.name.to_string());
        work.finish(event.removing(&gone)).await
    }
}
