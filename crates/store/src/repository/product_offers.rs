//! Offers of System products: one row for everybody, or one for each workspace on a list.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{ProductId, StoreError, WorkspaceId};
use guildhall_products::{Offer, OfferRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::{product_offer as to_all, product_offer_workspace as to_one},
    error::store_error,
};

#[async_trait]
impl OfferRepository for SeaUnitOfWork {
    async fn find(&self, product_id: ProductId) -> Result<Offer, StoreError> {
        let id = product_id.uuid();
        let to_all = self.select_shared::<to_all::Entity>()?.filter(to_all::Column::ProductId.eq(id));
        if to_all.one(self.transaction()).await.map_err(store_error)?.is_some() {
            return Ok(Offer::All);
        }
        let named = self
            .select_named::<to_one::Entity>()?
            .filter(to_one::Column::ProductId.eq(id))
            .order_by_asc(to_one::Column::OfferedTo);
        let named = named.all(self.transaction()).await.map_err(store_error)?;
        let workspaces: Vec<_> = named.into_iter().map(|row| WorkspaceId::new(row.offered_to)).collect();
        Ok(if workspaces.is_empty() { Offer::None } else { Offer::List(workspaces) })
    }

    async fn list(&self) -> Result<Vec<(ProductId, Offer)>, StoreError> {
        let named = self.select_named::<to_one::Entity>()?.order_by_asc(to_one::Column::OfferedTo);
        let mut lists = BTreeMap::<_, Vec<_>>::new();
        for row in named.all(self.transaction()).await.map_err(store_error)? {
            lists.entry(ProductId::new(row.product_id)).or_default().push(WorkspaceId::new(row.offered_to));
        }
        let mut offers: BTreeMap<_, _> =
            lists.into_iter().map(|(id, list)| (id, Offer::List(list))).collect();
        let to_all =
            self.select_shared::<to_all::Entity>()?.all(self.transaction()).await.map_err(store_error)?;
        offers.extend(to_all.into_iter().map(|row| (ProductId::new(row.product_id), Offer::All)));
        Ok(offers.into_iter().collect())
    }

    async fn replace(&self, product_id: ProductId, offer: &Offer) -> Result<(), StoreError> {
        let (workspace, id) = (self.workspace()?.uuid(), product_id.uuid());
        let to_all = self.delete::<to_all::Entity>()?.filter(to_all::Column::ProductId.eq(id));
        to_all.exec(self.transaction()).await.map_err(store_error)?;
        let named = self.delete::<to_one::Entity>()?.filter(to_one::Column::ProductId.eq(id));
        named.exec(self.transaction()).await.map_err(store_error)?;
        if *offer == Offer::All {
            self.add(to_all::ActiveModel { workspace_id: Set(workspace), product_id: Set(id) }).await?;
        }
        let named = offer.workspaces().iter().map(|named| to_one::ActiveModel {
            workspace_id: Set(workspace),
            product_id: Set(id),
            offered_to: Set(named.uuid()),
        });
        self.add_all(named.collect()).await
    }
}
