//! Which meta roles give a product's roles.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::Change;
use guildhall_core::{MetaRoleCode, PermissionCode, ProductId, RoleCode, RoleId};
use guildhall_products::{MapRole, Mapping, Product, VersionState};

use super::{publish::epoch_of, rules::Rules};
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, code, work::Work};

/// One role of a product, and the meta roles that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleMapping {
    /// How the product spells the role.
    pub code: RoleCode,
    /// The meta roles that give it; empty where none does.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// A product's whole mapping, and what the reader may do with the product.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingShown {
    /// Every role that a version of the product knows, by code; to its publishers also what drafts will bring.
    pub roles: Vec<RoleMapping>,
    /// What the reader may do with the product.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// Which meta roles give which of a product's roles. Not for those who see a product by holding a code of it alone.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not see the product, [`KernelError::Forbidden`] where he may not read
    /// products in general.
    pub async fn find_product_mapping(
        &self,
        request: &Request,
        id: ProductId,
    ) -> Result<MappingShown, KernelError> {
        let work = self.read(request).await?;
        let product = work.authorize_product(id, &code::PRODUCT_READ).await?;
        if !work.publishes(product.home) {
            work.require(&code::PRODUCT_READ, work.view().root())?;
        }
        show(&work, &product).await
    }

    /// Puts a new mapping in place of the whole one before; what follows from it changes in every project at once.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not publish the product; [`KernelError::Stale`] where the request
    /// names a version, which a mapping has not; [`KernelError::Products`] for a role or meta role that is not there.
    pub async fn replace_product_mapping(
        &self,
        request: &Request,
        id: ProductId,
        roles: Vec<MapRole>,
    ) -> Result<Outcome<MappingShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => return Ok(Outcome::Replayed(self.find_product_mapping(request, id).await?)),
        };
        let product = work.authorize_product(id, &code::PRODUCT_PUBLISH).await?;
        request.expect_no_version()?;
        work.raise(epoch_of(&product), &[Change::Everything]).await?;
        let before = work.product_mappings().list_by_product(id).await?;
        let products = self.products(&*work, product.home);
        let rules = Rules::of(&work).await?;
        let after = products.replace_mapping(&product, roles, rules.meta_roles()).await?;
        let event = Event::new("product.mapping_changed", id.uuid(), product.name.to_string());
        work.finish(event.changing(&by_code(before), &by_code(after))).await?;
        Ok(Outcome::Done(self.find_product_mapping(request, id).await?))
    }
}

async fn show(work: &Work<'_>, product: &Product) -> Result<MappingShown, KernelError> {
    let mut mapped = by_code(work.product_mappings().list_by_product(product.id).await?);
    let roles = work.product_roles().list_by_product(product.id).await?;
    let known = known_roles(work, product).await?;
    let seen = roles.into_iter().filter(|role| known.as_ref().is_none_or(|known| known.contains(&role.id)));
    let roles = seen.map(|role| RoleMapping {
        meta_roles: mapped.remove(&role.code).unwrap_or_default(),
        code: role.code,
    });
    Ok(MappingShown { roles: roles.collect(), permissions: work.codes_on_product(product).await? })
}

/// The roles that the reader may know of; `None` for all. What a draft will bring is its publishers' to tell.
async fn known_roles(work: &Work<'_>, product: &Product) -> Result<Option<BTreeSet<RoleId>>, KernelError> {
    if work.publishes(product.home) {
        return Ok(None);
    }
    let versions = work.product_versions().list_by_product(product.id).await?;
    let told = versions.iter().filter(|version| version.state != VersionState::Draft);
    Ok(Some(told.flat_map(|version| version.roles.iter().map(|role| role.role_id)).collect()))
}

fn by_code(mappings: Vec<Mapping>) -> BTreeMap<RoleCode, Vec<MetaRoleCode>> {
    mappings.into_iter().map(|mapping| (mapping.code, mapping.meta_roles)).collect()
}
