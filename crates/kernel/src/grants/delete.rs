//! Ending a grant.

use guildhall_authz::{Change, Epoch};
use guildhall_core::GrantId;

use crate::{Begun, Event, Kernel, KernelError, Request};

impl Kernel {
    /// Ends a grant: what nobody else gives him the holder lacks from this commit on.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `ROLE_GRANT` on its
    /// account; [`KernelError::Stale`] where it has changed since he read it.
    pub async fn delete_grant(&self, request: &Request, id: GrantId) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let grant = work.authorize_grant(id).await?;
        request.expect_version(grant.version)?;
        work.raise(Epoch::Workspace, &[Change::Holder(grant.holder)]).await?;
        work.grants().delete(id).await?;
        work.finish(Event::new("grant.ended", id.uuid(), None).removing(&grant)).await
    }
}
