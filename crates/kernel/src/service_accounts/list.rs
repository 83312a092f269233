//! Listing service accounts.

use guildhall_core::{Page, PageRequest};

use super::{managed_by, show};
use crate::{Kernel, KernelError, Request, ServiceAccountShown, code};

impl Kernel {
    /// One page of the space's service accounts that the caller may manage, in the order of their making.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where he may manage none of any kind.
    pub async fn list_service_accounts(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<ServiceAccountShown>, KernelError> {
        let work = self.read(request).await?;
        if !work.may(&code::PRODUCT_PUBLISH, work.view().root()) {
            work.authorize_workspace(&code::SERVICE_ACCOUNT_MANAGE)?;
        }
        let accounts = work.service_accounts().list().await?.into_iter();
        let managed = accounts.filter(|account| work.may(&managed_by(account.kind), work.view().root()));
        let page = crate::paging::page_of(managed.collect(), page, |account| account.id.to_string());
        Ok(page.map(|account| show(&work, account)))
    }
}
