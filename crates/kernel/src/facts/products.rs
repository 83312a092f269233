//! What follows from products.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{Facts, Mapping, Owner, Permission, Role};
use guildhall_core::{ProductId, WorkspaceId};
use guildhall_products::{
    Product, ProductVersion, effective_roles, is_available, newest_published, was_published,
};

use crate::{KernelError, UnitOfWork};

/// The roles and mappings of the products that are available here, and which those are. A product that decides for
/// itself, without the platform's authorization, has no roles here.
pub(super) async fn add_products(
    unit: &dyn UnitOfWork,
    workspace: WorkspaceId,
    facts: &mut Facts,
) -> Result<BTreeSet<ProductId>, KernelError> {
    let offers: BTreeMap<ProductId, _> = unit.product_offers().list().await?.into_iter().collect();
    let switches: BTreeMap<ProductId, bool> = unit
        .product_switches()
        .list()
        .await?
        .into_iter()
        .map(|switch| (switch.product_id, switch.available))
        .collect();
    let published = by_product(unit.product_versions().list_published().await?, |version| version.product_id);
    let roles = by_product(unit.product_roles().list().await?, |role| role.product_id);
    let mappings = by_product(unit.product_mappings().list().await?, |mapping| mapping.product_id);
    let mut available = BTreeSet::new();
    for product in unit.products().list().await? {
        let offer = offers.get(&product.id).unwrap_or(&guildhall_products::Offer::None);
        let versions: &[ProductVersion] = published.get(&product.id).map_or(&[], Vec::as_slice);
        if !is_available(product.home, offer, switches.get(&product.id).copied(), workspace)
            || (versions.is_empty() && !was_ever_published(unit, &product).await?)
        {
            continue;
        }
        available.insert(product.id);
        if !newest_published(versions).is_some_and(|newest| newest.uses_open_authorization) {
            continue;
        }
        let roles = roles.get(&product.id).map_or(&[][..], Vec::as_slice);
        let mappings = mappings.get(&product.id).map_or(&[][..], Vec::as_slice);
        for effective in effective_roles(roles, versions, mappings) {
            add_role(product.id, effective, facts);
        }
    }
    Ok(available)
}

/// A product whose versions are all retired is still used by the items that hold them.
async fn was_ever_published(unit: &dyn UnitOfWork, product: &Product) -> Result<bool, KernelError> {
    Ok(was_published(&unit.product_versions().list_by_product(product.id).await?))
}

fn add_role(product: ProductId, effective: guildhall_products::EffectiveRole, facts: &mut Facts) {
    let role = effective.role.id;
    let Some(name) = effective.name.or_else(|| effective.role.code.as_str().parse().ok()) else { return };
    facts.roles.push(Role {
        id: role,
        owner: Owner::Product(product),
        code: effective.role.code,
        name,
        permissions: effective
            .permissions
            .into_iter()
            .map(|code| Permission::product(product, code))
            .collect(),
    });
    facts.mappings.extend(effective.meta_roles.into_iter().map(|meta_role| Mapping { role, meta_role }));
}

fn by_product<T>(things: Vec<T>, product: impl Fn(&T) -> ProductId) -> BTreeMap<ProductId, Vec<T>> {
    let mut grouped: BTreeMap<ProductId, Vec<T>> = BTreeMap::new();
    for thing in things {
        grouped.entry(product(&thing)).or_default().push(thing);
    }
    grouped
}
