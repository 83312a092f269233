//! A store that keeps its rows in memory, for tests of use cases.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use guildhall_core::{LaunchId, ProductId, ProductVersionId, RowVersion, SecretHash, StoreError};

use crate::{
    Launch, LaunchRepository, Mapping, MappingRepository, Offer, OfferRepository, Product, ProductRepository,
    ProductRole, ProductRoleRepository, ProductVersion, ProductVersionRepository, ProductsStore, Switch,
    SwitchRepository,
};

/// One space's rows. It keeps the rules that the ports promise, but for the wall between spaces: everything that is put in
/// can be read.
#[derive(Default)]
pub struct MemoryStore(Mutex<Rows>);

#[derive(Default)]
struct Rows {
    products: BTreeMap<ProductId, Product>,
    versions: BTreeMap<ProductVersionId, ProductVersion>,
    roles: Vec<ProductRole>,
    mappings: BTreeMap<ProductId, Vec<Mapping>>,
    offers: BTreeMap<ProductId, Offer>,
    switches: BTreeMap<ProductId, Switch>,
    launches: BTreeMap<LaunchId, Launch>,
}

impl MemoryStore {
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn replace_row<K: Ord, V>(
    rows: &mut BTreeMap<K, V>,
    key: &K,
    row_version: fn(&mut V) -> &mut RowVersion,
    mut changed: V,
) -> Result<(), StoreError> {
    let stored = rows.get_mut(key).ok_or(StoreError::Stale)?;
    if *row_version(stored) != *row_version(&mut changed) {
        return Err(StoreError::Stale);
    }
    let next = row_version(&mut changed).next();
    *row_version(&mut changed) = next;
    *stored = changed;
    Ok(())
}

#[async_trait]
impl ProductRepository for MemoryStore {
    async fn find(&self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(self.rows().products.get(&id).cloned())
    }

    async fn list(&self) -> Result<Vec<Product>, StoreError> {
        let mut products: Vec<_> = self.rows().products.values().cloned().collect();
        products.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Ok(products)
    }

    async fn insert(&self, product: &Product) -> Result<(), StoreError> {
        self.rows().products.insert(product.id, product.clone());
        Ok(())
    }

    async fn update(&self, product: &Product) -> Result<(), StoreError> {
        replace_row(&mut self.rows().products, &product.id, |row| &mut row.version, product.clone())
    }
}

#[async_trait]
impl ProductVersionRepository for MemoryStore {
    async fn find(&self, id: ProductVersionId) -> Result<Option<ProductVersion>, StoreError> {
        Ok(self.rows().versions.get(&id).cloned())
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductVersion>, StoreError> {
        let rows = self.rows();
        Ok(rows.versions.values().filter(|version| version.product_id == product_id).cloned().collect())
    }

    async fn list_published(&self) -> Result<Vec<ProductVersion>, StoreError> {
        let rows = self.rows();
        let published = rows.versions.values().filter(|version| version.published_at.is_some());
        Ok(published.cloned().collect())
    }

    async fn insert(&self, version: &ProductVersion) -> Result<(), StoreError> {
        self.rows().versions.insert(version.id, version.clone());
        Ok(())
    }

    async fn update(&self, version: &ProductVersion) -> Result<(), StoreError> {
        replace_row(&mut self.rows().versions, &version.id, |row| &mut row.version, version.clone())
    }
}

#[async_trait]
impl ProductRoleRepository for MemoryStore {
    async fn list(&self) -> Result<Vec<ProductRole>, StoreError> {
        Ok(self.rows().roles.clone())
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<ProductRole>, StoreError> {
        let rows = self.rows();
        Ok(rows.roles.iter().filter(|role| role.product_id == product_id).cloned().collect())
    }

    async fn insert(&self, role: &ProductRole) -> Result<(), StoreError> {
        let mut rows = self.rows();
        if rows.roles.iter().any(|known| known.product_id == role.product_id && known.code == role.code) {
            return Err(StoreError::Conflict("product role".to_owned()));
        }
        rows.roles.push(role.clone());
        rows.roles.sort_by(|a, b| (a.product_id, &a.code).cmp(&(b.product_id, &b.code)));
        Ok(())
    }
}

#[async_trait]
impl MappingRepository for MemoryStore {
    async fn list(&self) -> Result<Vec<Mapping>, StoreError> {
        Ok(self.rows().mappings.values().flatten().cloned().collect())
    }

    async fn list_by_product(&self, product_id: ProductId) -> Result<Vec<Mapping>, StoreError> {
        Ok(self.rows().mappings.get(&product_id).cloned().unwrap_or_default())
    }

    async fn replace(&self, product_id: ProductId, mappings: &[Mapping]) -> Result<(), StoreError> {
        self.rows().mappings.insert(product_id, mappings.to_vec());
        Ok(())
    }
}

#[async_trait]
impl OfferRepository for MemoryStore {
    async fn find(&self, product_id: ProductId) -> Result<Offer, StoreError> {
        Ok(self.rows().offers.get(&product_id).cloned().unwrap_or(Offer::None))
    }

    async fn list(&self) -> Result<Vec<(ProductId, Offer)>, StoreError> {
        let rows = self.rows();
        let offers = rows.offers.iter().filter(|(_, offer)| **offer != Offer::None);
        Ok(offers.map(|(id, offer)| (*id, offer.clone())).collect())
    }

    async fn replace(&self, product_id: ProductId, offer: &Offer) -> Result<(), StoreError> {
        self.rows().offers.insert(product_id, offer.clone());
        Ok(())
    }
}

#[async_trait]
impl SwitchRepository for MemoryStore {
    async fn find(&self, product_id: ProductId) -> Result<Option<Switch>, StoreError> {
        Ok(self.rows().switches.get(&product_id).copied())
    }

    async fn list(&self) -> Result<Vec<Switch>, StoreError> {
        Ok(self.rows().switches.values().copied().collect())
    }

    async fn replace(&self, switch: &Switch) -> Result<(), StoreError> {
        self.rows().switches.insert(switch.product_id, *switch);
        Ok(())
    }
}

#[async_trait]
impl LaunchRepository for MemoryStore {
    async fn find(&self, id: LaunchId) -> Result<Option<Launch>, StoreError> {
        Ok(self.rows().launches.get(&id).cloned())
    }

    async fn find_by_code_hash(&self, code_hash: &SecretHash) -> Result<Option<Launch>, StoreError> {
        Ok(self.rows().launches.values().find(|launch| launch.code_hash == *code_hash).cloned())
    }

    async fn insert(&self, launch: &Launch) -> Result<(), StoreError> {
        self.rows().launches.insert(launch.id, launch.clone());
        Ok(())
    }

    async fn update_redeemed(&self, id: LaunchId, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut rows = self.rows();
        let waiting = rows.launches.get_mut(&id).filter(|launch| launch.redeemed_at.is_none());
        Ok(waiting.map(|launch| launch.redeemed_at = Some(at)).is_some())
    }
}

impl ProductsStore for MemoryStore {
    fn products(&self) -> &dyn ProductRepository {
        self
    }

    fn product_versions(&self) -> &dyn ProductVersionRepository {
        self
    }

    fn product_roles(&self) -> &dyn ProductRoleRepository {
        self
    }

    fn product_mappings(&self) -> &dyn MappingRepository {
        self
    }

    fn product_offers(&self) -> &dyn OfferRepository {
        self
    }

    fn product_switches(&self) -> &dyn SwitchRepository {
        self
    }

    fn launches(&self) -> &dyn LaunchRepository {
        self
    }
}
