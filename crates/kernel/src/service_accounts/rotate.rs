//! Replacing the client secret of a service account.

use guildhall_core::ServiceAccountId;

use super::show;
use crate::{Event, Kernel, KernelError, Request, ServiceAccountMade};

impl Kernel {
    /// Gives a service account a new client secret, which is shown this once; the one before opens nothing any more.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not there or the caller may not manage it.
    pub async fn rotate_service_account(
        &self,
        request: &Request,
        id: ServiceAccountId,
    ) -> Result<ServiceAccountMade, KernelError> {
        let work = self.begin_once(request).await?;
        let account = work.authorize_service_account(id).await?.into_inner();
        let secret = self.identity(&*work).rotate_service_account(id).await?;
        let event = Event::new("service_account.rotated", id.uuid(), account.name.to_string());
        let made = ServiceAccountMade { shown: show(&work, account), secret };
        work.finish(event).await?;
        Ok(made)
    }
}
