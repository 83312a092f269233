//! Offers of System's packages, and what workspaces may deploy by themselves.

use std::collections::BTreeSet;

use async_trait::async_trait;
use guildhall_artifacts::{Delegation, PackageId, PackageOffer, PackageOfferRepository};
use guildhall_core::{StoreError, WorkspaceId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use super::artifact_rows::read;
use crate::{
    SeaUnitOfWork,
    entity::{package_delegation as delegation, package_offer as offer, package_offer_workspace as listed},
    error::store_error,
    rows::Only,
};

/// What stands for every package in a delegation.
const EVERY: &str = "*";

#[async_trait]
impl PackageOfferRepository for SeaUnitOfWork {
    async fn find(&self, package: &PackageId) -> Result<PackageOffer, StoreError> {
        let found =
            self.select_shared::<offer::Entity>()?.filter(offer::Column::Package.eq(package.as_str()));
        let found = found.only(self.transaction()).await.map_err(store_error)?;
        match found.as_ref().map(|row| row.offer.as_str()) {
            None | Some("ALL") => Ok(PackageOffer::All),
            Some("NONE") => Ok(PackageOffer::None),
            Some(_) => {
                let named = self
                    .select_named::<listed::Entity>()?
                    .filter(listed::Column::Package.eq(package.as_str()))
                    .order_by_asc(listed::Column::NamedWorkspaceId);
                let named = named.all(self.transaction()).await.map_err(store_error)?;
                let ids = named.into_iter().map(|row| WorkspaceId::new(row.named_workspace_id));
                Ok(PackageOffer::List(ids.collect()))
            }
        }
    }

    async fn replace(&self, package: &PackageId, given: &PackageOffer) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let named = self.delete::<listed::Entity>()?.filter(listed::Column::Package.eq(package.as_str()));
        named.exec(self.transaction()).await.map_err(store_error)?;
        let old = self.delete::<offer::Entity>()?.filter(offer::Column::Package.eq(package.as_str()));
        old.exec(self.transaction()).await.map_err(store_error)?;
        let (word, named) = match given {
            PackageOffer::All => ("ALL", BTreeSet::new()),
            PackageOffer::List(named) => ("LIST", named.clone()),
            PackageOffer::None => ("NONE", BTreeSet::new()),
        };
        self.add(offer::ActiveModel {
            workspace_id: Set(workspace),
            package: Set(package.to_string()),
            offer: Set(word.to_owned()),
        })
        .await?;
        let rows = named.into_iter().map(|named| listed::ActiveModel {
            workspace_id: Set(workspace),
            package: Set(package.to_string()),
            named_workspace_id: Set(named.uuid()),
        });
        self.add_all(rows.collect()).await
    }

    async fn find_delegation(&self, workspace: WorkspaceId) -> Result<Delegation, StoreError> {
        let rows = self
            .select_named::<delegation::Entity>()?
            .filter(delegation::Column::NamedWorkspaceId.eq(workspace.uuid()));
        let rows = rows.all(self.transaction()).await.map_err(store_error)?;
        if rows.iter().any(|row| row.package == EVERY) {
            return Ok(Delegation::Full);
        }
        let packages = rows.iter().map(|row| read("package", &row.package));
        Ok(Delegation::List(packages.collect::<Result<_, _>>()?))
    }

    async fn replace_delegation(&self, workspace: WorkspaceId, given: &Delegation) -> Result<(), StoreError> {
        let old = self
            .delete::<delegation::Entity>()?
            .filter(delegation::Column::NamedWorkspaceId.eq(workspace.uuid()));
        old.exec(self.transaction()).await.map_err(store_error)?;
        let packages: Vec<String> = match given {
            Delegation::Full => vec![EVERY.to_owned()],
            Delegation::List(packages) => packages.iter().map(ToString::to_string).collect(),
        };
        let space = self.workspace()?.uuid();
        let rows = packages.into_iter().map(|package| delegation::ActiveModel {
            workspace_id: Set(space),
            named_workspace_id: Set(workspace.uuid()),
            package: Set(package),
        });
        self.add_all(rows.collect()).await
    }
}
