//! Pages of long lists.

use guildhall_core::{Page, PageRequest, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{SeaUnitOfWork, error::store_error};

impl SeaUnitOfWork {
    /// One page of rows in the order of `column`, whose value `id` reads off a row and which no two of the rows share. The
    /// next page begins after the last id; a request that names no id begins at the first row.
    pub(crate) async fn page<E: EntityTrait, T>(
        &self,
        rows: Select<E>,
        column: E::Column,
        page: &PageRequest,
        id: impl Fn(&E::Model) -> Uuid + Send,
        read: impl Fn(E::Model) -> Result<T, StoreError> + Send,
    ) -> Result<Page<T>, StoreError> {
        let mut wanted = rows.order_by_asc(column).limit(page.limit as u64 + 1);
        if let Some(last) = page.after.as_ref().and_then(|after| Uuid::try_parse(after).ok()) {
            wanted = wanted.filter(column.gt(last));
        }
        let mut rows = wanted.all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| id(last).to_string());
        Ok(Page { items: rows.into_iter().map(read).collect::<Result<_, _>>()?, next })
    }
}
