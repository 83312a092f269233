//! Mapping a product's roles to meta roles.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{MetaRoleCode, ProductId, RoleCode};

use crate::{
    EffectiveRole, MapRole, Mapping, Product, ProductRole, ProductVersion, Products, ProductsError,
    effective_roles,
    role::{duplicates, unique},
};

impl Products<'_> {
    /// Puts a new mapping in place of the whole one before: a role that is not named, or named without meta roles, follows
    /// from none.
    ///
    /// # Errors
    ///
    /// [`ProductsError::Elsewhere`] where the product lives in another space; [`ProductsError::DuplicateRole`],
    /// [`ProductsError::UnknownRole`] or [`ProductsError::UnknownMetaRole`] with the codes.
    pub async fn replace_mapping(
        &self,
        product: &Product,
        roles: Vec<MapRole>,
        meta_roles: &BTreeSet<MetaRoleCode>,
    ) -> Result<Vec<Mapping>, ProductsError> {
        self.own(product)?;
        let codes = duplicates(roles.iter().map(|role| &role.code));
        if !codes.is_empty() {
            return Err(ProductsError::DuplicateRole { codes });
        }
        let named: BTreeSet<_> = roles.iter().flat_map(|role| &role.meta_roles).cloned().collect();
        let codes: Vec<_> = named.difference(meta_roles).cloned().collect();
        if !codes.is_empty() {
            return Err(ProductsError::UnknownMetaRole { codes });
        }
        let known = self.store.product_roles().list_by_product(product.id).await?;
        let mappings = mappings(product, roles, known)?;
        self.store.product_mappings().replace(product.id, &mappings).await?;
        Ok(mappings)
    }

    /// What every role of every readable product holds now and which meta roles give it: the facts that authorization
    /// derives auto roles from.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn effective_roles(&self) -> Result<Vec<EffectiveRole>, ProductsError> {
        let mut roles = BTreeMap::<ProductId, Vec<ProductRole>>::new();
        for role in self.store.product_roles().list().await? {
            roles.entry(role.product_id).or_default().push(role);
        }
        let mut versions = BTreeMap::<ProductId, Vec<ProductVersion>>::new();
        for version in self.store.product_versions().list_published().await? {
            versions.entry(version.product_id).or_default().push(version);
        }
        let mappings = self.store.product_mappings().list().await?;
        Ok(roles
            .into_iter()
            .flat_map(|(product, roles)| {
                let versions = versions.get(&product).map(Vec::as_slice).unwrap_or_default();
                effective_roles(&roles, versions, &mappings)
            })
            .collect())
    }
}

fn mappings(
    product: &Product,
    roles: Vec<MapRole>,
    known: Vec<ProductRole>,
) -> Result<Vec<Mapping>, ProductsError> {
    let known: BTreeMap<RoleCode, ProductRole> =
        known.into_iter().map(|role| (role.code.clone(), role)).collect();
    let mut mappings = Vec::with_capacity(roles.len());
    let mut unknown = Vec::new();
    for MapRole { code, meta_roles } in roles {
        match known.get(&code) {
            None => unknown.push(code),
            Some(_) if meta_roles.is_empty() => {}
            Some(role) => mappings.push(Mapping {
                product_id: product.id,
                role_id: role.id,
                code,
                meta_roles: unique(meta_roles),
            }),
        }
    }
    mappings.sort_by(|a, b| a.code.cmp(&b.code));
    if unknown.is_empty() { Ok(mappings) } else { Err(ProductsError::UnknownRole { codes: unknown }) }
}
