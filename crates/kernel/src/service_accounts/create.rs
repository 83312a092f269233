//! Making service accounts.

use guildhall_core::{Name, ProductId};
use guildhall_identity::{NewServiceAccount, ServiceAccountKind};

use super::{managed_by, show};
use crate::{Event, Kernel, KernelError, Request, ServiceAccountMade, code};

/// A service account to make in the caller's space.
#[derive(Debug, Clone)]
pub struct CreateServiceAccount {
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub kind: ServiceAccountKind,
    /// Its product, for `PRODUCT` and for nothing else.
    pub product_id: Option<ProductId>,
}

impl Kernel {
    /// Makes a service account and answers its client secret, which is shown this once. One of a product is made in the
    /// space that the product lives in.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not manage accounts of that kind, or publish the product;
    /// [`KernelError::NotFound`] where he does not see the product; [`KernelError::Identity`] where kind and product do not
    /// go together.
    pub async fn create_service_account(
        &self,
        request: &Request,
        command: CreateServiceAccount,
    ) -> Result<ServiceAccountMade, KernelError> {
        let work = self.begin_once(request).await?;
        let space = work.authorize_workspace(&managed_by(command.kind))?;
        if let (ServiceAccountKind::Product, Some(product)) = (command.kind, command.product_id) {
            work.authorize_product(product, &code::PRODUCT_PUBLISH).await?;
        }
        let command = NewServiceAccount {
            home: space.id,
            name: command.name,
            kind: command.kind,
            product_id: command.product_id,
            created_by: work.caller().user(),
        };
        let (account, secret) = self.identity(&*work).create_service_account(command).await?;
        let event = Event::new("service_account.created", account.id.uuid(), account.name.to_string());
        let made = ServiceAccountMade { shown: show(&work, account), secret };
        work.finish(event.creating(&made.shown.account)).await?;
        Ok(made)
    }
}
