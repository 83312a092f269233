//! Ending service accounts.

use guildhall_authz::{Change, Epoch, Holder};
use guildhall_core::ServiceAccountId;

use crate::{Begun, Event, Kernel, KernelError, Request};

impl Kernel {
    /// Ends a service account with its grants: its secret and its tokens open nothing from the next request on.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not manage it; [`KernelError::Stale`] where the
    /// request names a version, which it has not.
    pub async fn delete_service_account(
        &self,
        request: &Request,
        id: ServiceAccountId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let account = work.authorize_service_account(id).await?;
        request.expect_no_version()?;
        let epoch = if account.home.is_system() { Epoch::System } else { Epoch::Workspace };
        work.raise(epoch, &[Change::Holder(Holder::ServiceAccount(id))]).await?;
        self.authz(&*work).end_grants_of(Holder::ServiceAccount(id)).await?;
        self.identity(&*work).delete_service_account(id).await?;
        let event = Event::new("service_account.deleted", id.uuid(), account.name.to_string());
        work.finish(event.removing(&*account)).await
    }
}
