//! Between which cards a place lies: the ends of an index, however many cards there are.

use guildhall_core::StoreError;
use guildhall_orchestration::{Gap, Place, Position};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, Query, SelectStatement, SimpleExpr, SubQueryStatement},
};
use uuid::Uuid;

use super::cards::CardTable;
use crate::{
    SeaUnitOfWork,
    error::{corrupt, store_error},
};

impl SeaUnitOfWork {
    /// The gap of a place among the cards that have this parent, without the one that moves; `None` where the place names
    /// none of them.
    pub(super) async fn gap<T: CardTable>(
        &self,
        parent: SimpleExpr,
        moved: Option<Uuid>,
        place: Place<Uuid>,
    ) -> Result<Option<Gap>, StoreError> {
        let mut others = self.select::<T>()?.filter(parent);
        if let Some(moved) = moved {
            others = others.filter(T::ID.ne(moved));
        }
        let (lower, upper) = bounds(&others, place);
        let query = Query::select().expr(lower).expr(upper).to_owned();
        let row = self.transaction().query_one(&query).await.map_err(store_error)?;
        let row = row.ok_or_else(|| StoreError::Backend("the gap was not answered".into()))?;
        let position = |column: usize| -> Result<Option<Position>, StoreError> {
            let text: Option<String> = row.try_get_by_index(column).map_err(store_error)?;
            text.map(|text| text.parse().map_err(corrupt("position"))).transpose()
        };
        let gap = Gap { lower: position(0)?, upper: position(1)? };
        let named = match place {
            Place::After(Some(_)) => gap.lower.is_some(),
            Place::Before(_) => gap.upper.is_some(),
            Place::After(None) | Place::End => true,
        };
        Ok(named.then_some(gap))
    }
}

/// The positions before and behind the place.
fn bounds<T: CardTable>(others: &Select<T>, place: Place<Uuid>) -> (SimpleExpr, SimpleExpr) {
    let none = || Expr::value(None::<String>);
    let first = |among: Select<T>| answer(among, Func::min(Expr::col(T::POSITION)));
    let last = |among: Select<T>| answer(among, Func::max(Expr::col(T::POSITION)));
    let of = |id: Uuid| answer(others.clone().filter(T::ID.eq(id)), Expr::col(T::POSITION));
    let others = || others.clone();
    match place {
        Place::End => (last(others()), none()),
        Place::After(None) => (none(), first(others())),
        Place::After(Some(id)) => (of(id), first(others().filter(Expr::col(T::POSITION).gt(of(id))))),
        Place::Before(id) => (last(others().filter(Expr::col(T::POSITION).lt(of(id)))), of(id)),
    }
}

/// One value of some cards.
fn answer<T: CardTable>(among: Select<T>, value: impl Into<SimpleExpr>) -> SimpleExpr {
    let mut query: SelectStatement = among.select_only().into_query();
    query.expr(value.into());
    SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::from(query)))
}
