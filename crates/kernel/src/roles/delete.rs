//! Removing a role of the workspace's own.

use guildhall_authz::{Change, Epoch};
use guildhall_core::RoleId;

use crate::{Begun, Event, Kernel, KernelError, Request};

impl Kernel {
    /// Removes a role that nobody holds any more: whoever removes one does not take anything from anybody unawares.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `ROLE_MANAGE`; [`KernelError::NotFound`] where there is no such role;
    /// [`KernelError::Refused`] where it is not the workspace's own; [`KernelError::Authz`] while it is granted;
    /// [`KernelError::Stale`] where it has changed since the caller read it.
    pub async fn delete_role(&self, request: &Request, id: RoleId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let role = work.authorize_own_role(id).await?;
        request.expect_version(role.version)?;
        work.raise(Epoch::Workspace, &[Change::Everything]).await?;
        self.authz(&*work).delete_role(&role).await?;
        work.finish(Event::new("role.deleted", id.uuid(), role.name.to_string()).removing(&role)).await
    }
}
