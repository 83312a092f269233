//! Saying where a product may be used.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{PermissionCode, ProductId, WorkspaceId};
use guildhall_products::{Offer, OfferKind, Product, is_available};
use serde::Serialize;

use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

/// What is said about a product's availability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAvailability {
    /// A workspace switches a product on or off for itself.
    Switch {
        /// Whether it wants the product.
        available: bool,
    },
    /// The System space offers one of its products.
    Offer {
        /// To all workspaces, to a list or to none.
        kind: OfferKind,
        /// The list.
        workspaces: Vec<WorkspaceId>,
    },
}

/// Where a product may be used, and what the reader may do with it.
#[derive(Debug, Clone, PartialEq)]
pub struct AvailabilityShown {
    /// Whether it may be used in the reader's space once it is published.
    pub available: bool,
    /// To whom it is offered, for readers in the System space.
    pub offer: Option<Offer>,
    /// What the reader may do with the product.
    pub permissions: Vec<PermissionCode>,
}

/// What the log says about a product's availability.
#[derive(Serialize)]
struct Said {
    available: Option<bool>,
    #[serde(flatten)]
    offer: Option<Offer>,
}

impl Kernel {
    /// Where a product may be used, as far as the caller's space knows.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not see the product.
    pub async fn find_product_availability(
        &self,
        request: &Request,
        id: ProductId,
    ) -> Result<AvailabilityShown, KernelError> {
        let work = self.read(request).await?;
        let product = work.authorize_product(id, &code::PRODUCT_READ).await?;
        let space = work.space()?;
        let said = said(&work, &product, space).await?;
        let offer = match said.offer {
            Some(offer) => offer,
            None => work.product_offers().find(id).await?,
        };
        Ok(AvailabilityShown {
            available: is_available(product.home, &offer, said.available, space),
            offer: space.is_system().then_some(offer),
            permissions: work.codes_on_product(&product).await?,
        })
    }

    /// Says where a product may be used. It holds from the next request on.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not say it; [`KernelError::Stale`] where the request names a version,
    /// which availability has not; [`KernelError::Refused`] for what the other space would say, or for a workspace that is
    /// not there.
    pub async fn replace_product_availability(
        &self,
        request: &Request,
        id: ProductId,
        command: SetAvailability,
    ) -> Result<Outcome<AvailabilityShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_product_availability(request, id).await?));
            }
        };
        let product = work.authorize_product(id, &code::PRODUCT_AVAILABILITY).await?;
        request.expect_no_version()?;
        let space = work.space()?;
        let epoch = if space.is_system() { Epoch::System } else { Epoch::Workspace };
        work.raise(epoch, &[Change::Everything]).await?;
        let before = said(&work, &product, space).await?;
        self.set_availability(&work, &product, space, command).await?;
        let after = said(&work, &product, space).await?;
        let event = Event::new("product.availability_changed", id.uuid(), product.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_product_availability(request, id).await?))
    }

    async fn set_availability(
        &self,
        work: &Work<'_>,
        product: &Product,
        space: WorkspaceId,
        command: SetAvailability,
    ) -> Result<(), KernelError> {
        let products = self.products(&**work, space);
        match command {
            SetAvailability::Switch { available } if !space.is_system() => {
                products.set_switch(product, available).await?;
            }
            SetAvailability::Offer { kind, workspaces } if space.is_system() => {
                expect_workspaces(work, &workspaces).await?;
                products.set_offer(product, kind, workspaces).await?;
            }
            SetAvailability::Switch { .. } => {
                return Err(otherwise("here a product is offered: send `offer`"));
            }
            SetAvailability::Offer { .. } => {
                return Err(otherwise("a workspace switches a product on or off: send `available`"));
            }
        }
        Ok(())
    }
}

/// What this space has said so far.
async fn said(work: &Work<'_>, product: &Product, space: WorkspaceId) -> Result<Said, KernelError> {
    if space.is_system() {
        return Ok(Said { available: None, offer: Some(work.product_offers().find(product.id).await?) });
    }
    let switch = work.product_switches().find(product.id).await?;
    Ok(Said { available: switch.map(|switch| switch.available), offer: None })
}

async fn expect_workspaces(work: &Work<'_>, ids: &[WorkspaceId]) -> Result<(), KernelError> {
    for id in ids {
        if work.workspaces().find(*id).await?.is_none() {
            let detail = format!("there is no workspace `{id}`");
            return Err(KernelError::Refused { code: "unknown_workspace", detail });
        }
    }
    Ok(())
}

fn otherwise(detail: &str) -> KernelError {
    KernelError::Refused { code: "wrong_availability", detail: detail.to_owned() }
}
