//! What phases, items and tasks have in common: a place in an order, and people who are assigned to them.

use guildhall_core::{StoreError, UserId};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, Iterable, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, QueryTrait, Statement,
    sea_query::{Expr, IntoCondition, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    built::Built,
    entity::{item, item_assignee, phase, phase_assignee, task, task_assignee},
    error::store_error,
    repository::Entry,
    rows::{Scoped, expect_one},
};

/// How many cards one statement adds: databases bound its parameters.
const MOST_CARDS: usize = 500;

/// The column with all assignees of a card.
const USERS: &str = "users";

/// How the ids in `user_id` become one text.
pub(super) const fn users_sql(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "string_agg(user_id::text, ',')",
        _ => "group_concat(hex(user_id))",
    }
}

/// The ids in such a text, in ascending order.
pub(super) fn users(text: Option<String>) -> Result<Vec<UserId>, StoreError> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let ids = text.split(',').map(|id| Uuid::parse_str(id).map(UserId::new));
    let ids = ids.collect::<Result<Vec<_>, _>>();
    let mut ids = ids.map_err(|error| StoreError::Corrupt(format!("assignees: {error}")))?;
    ids.sort_unstable();
    Ok(ids)
}

/// A card as it is kept.
pub(super) struct Card<'c, T: CardTable> {
    /// Its row.
    pub(super) row: T::ActiveModel,
    /// What the search index says of it, and which it is.
    pub(super) entry: Entry<'c>,
    /// Who works on it.
    pub(super) assignees: &'c [UserId],
}

/// A table of cards.
pub(super) trait CardTable: Scoped<ActiveModel: Send> {
    /// The table that says who is assigned to them.
    type Assignee: AssigneeTable;
    const ID: Self::Column;
    /// What they stand under.
    const PARENT: Self::Column;
    const POSITION: Self::Column;
    /// The statement that looks one up.
    const ONE: &'static Built;
    /// The statement that lists those under a parent.
    const UNDER: &'static Built;
}

/// A table that says who is assigned to cards.
pub(super) trait AssigneeTable: Scoped<ActiveModel: Send> {
    const CARD: Self::Column;
    const USER: Self::Column;

    fn row(workspace: Uuid, project: Uuid, card: Uuid, user: Uuid) -> Self::ActiveModel;
}

impl SeaUnitOfWork {
    /// The cards that the condition holds, in the order of their positions, each with its assignees in ascending order. One
    /// statement: assignees come as one text for each card.
    pub(super) async fn cards<T: CardTable>(
        &self,
        which: impl IntoCondition + Send,
    ) -> Result<Vec<(T::Model, Vec<UserId>)>, StoreError> {
        let statement = self.transaction().get_database_backend().build(&self.select_cards::<T>(which)?);
        self.read_cards::<T>(statement).await
    }

    /// The one that has this id.
    pub(super) async fn card<T: CardTable>(
        &self,
        id: Uuid,
    ) -> Result<Option<(T::Model, Vec<UserId>)>, StoreError> {
        Ok(self.cards_by::<T>(T::ONE, T::ID, id).await?.pop())
    }

    /// Those under a parent, in the order of their positions.
    pub(super) async fn cards_under<T: CardTable>(
        &self,
        parent: Uuid,
    ) -> Result<Vec<(T::Model, Vec<UserId>)>, StoreError> {
        self.cards_by::<T>(T::UNDER, T::PARENT, parent).await
    }

    async fn cards_by<T: CardTable>(
        &self,
        text: &Built,
        column: T::Column,
        id: Uuid,
    ) -> Result<Vec<(T::Model, Vec<UserId>)>, StoreError> {
        // The assignees name the workspace, too.
        let workspace = self.workspace()?.uuid();
        let values = vec![workspace.into(), workspace.into(), id.into()];
        let statement = self.built(text, values, || self.select_cards::<T>(column.eq(id)))?;
        self.read_cards::<T>(statement).await
    }

    fn select_cards<T: CardTable>(&self, which: impl IntoCondition) -> Result<SelectStatement, StoreError> {
        let found = self.select::<T>()?.filter(which).order_by_asc(T::POSITION).order_by_asc(T::ID);
        let mut query = found.into_query();
        query.expr_as(self.assignees_of::<T>()?, USERS);
        Ok(query)
    }

    async fn read_cards<T: CardTable>(
        &self,
        statement: Statement,
    ) -> Result<Vec<(T::Model, Vec<UserId>)>, StoreError> {
        let rows = self.transaction().query_all_raw(statement).await.map_err(store_error)?;
        let card = |row: &QueryResult| {
            let model = T::Model::from_query_result(row, "").map_err(store_error)?;
            Ok((model, users(row.try_get("", USERS).map_err(store_error)?)?))
        };
        rows.iter().map(card).collect()
    }

    /// The ids of those who are assigned to a card of the query around it, as one text.
    fn assignees_of<T: CardTable>(&self) -> Result<SimpleExpr, StoreError> {
        let same = Expr::col((<T::Assignee>::default(), T::Assignee::CARD)).equals((T::default(), T::ID));
        let assigned = self.select::<T::Assignee>()?.filter(same).select_only();
        let backend = self.transaction().get_database_backend();
        let text = assigned.expr_as(Expr::cust(users_sql(backend)), USERS).into_query();
        Ok(SimpleExpr::SubQuery(None, Box::new(text.into())))
    }

    /// Adds a card.
    pub(super) async fn add_card<T: CardTable>(&self, card: Card<'_, T>) -> Result<(), StoreError> {
        let Card { row, entry, assignees } = card;
        let (project, id) = (entry.project_id, entry.id);
        self.add(row).await?;
        self.index(entry).await?;
        self.assign::<T::Assignee>(project, id, assignees).await
    }

    /// Adds many cards.
    pub(super) async fn add_cards<T: CardTable>(&self, cards: Vec<Card<'_, T>>) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let assigned = cards.iter().flat_map(|card| {
            let row = |user: &UserId| {
                T::Assignee::row(workspace, card.entry.project_id, card.entry.id, user.uuid())
            };
            card.assignees.iter().map(row)
        });
        let assigned: Vec<_> = assigned.collect();
        let mut cards = cards.into_iter();
        while !cards.as_slice().is_empty() {
            let some = cards.by_ref().take(MOST_CARDS).map(|card| (card.row, card.entry));
            let (rows, entries): (Vec<_>, Vec<_>) = some.unzip();
            self.add_all(rows).await?;
            self.index_all(entries.into_iter()).await?;
        }
        for some in assigned.chunks(MOST_CARDS) {
            self.add_all(some.to_vec()).await?;
        }
        Ok(())
    }

    /// Makes of a card what it is to be: the columns, the search index and the assignees are written where they differ.
    pub(super) async fn change_card<T: CardTable>(
        &self,
        before: Card<'_, T>,
        after: Card<'_, T>,
    ) -> Result<(), StoreError> {
        let (project, id) = (after.entry.project_id, after.entry.id);
        if let Some(row) = changed(&before.row, after.row) {
            let change = self.update::<T>()?.set(row).filter(T::ID.eq(id));
            expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        }
        if before.entry != after.entry {
            self.index(after.entry).await?;
        }
        let gone = besides(before.assignees, after.assignees);
        if !gone.is_empty() {
            let gone = T::Assignee::USER.is_in(gone.iter().map(|user| user.uuid()));
            let rows = self.delete::<T::Assignee>()?.filter(T::Assignee::CARD.eq(id)).filter(gone);
            rows.exec(self.transaction()).await.map_err(store_error)?;
        }
        self.assign::<T::Assignee>(project, id, &besides(after.assignees, before.assignees)).await
    }

    async fn assign<A: AssigneeTable>(
        &self,
        project: Uuid,
        card: Uuid,
        users: &[UserId],
    ) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add_all(users.iter().map(|user| A::row(workspace, project, card, user.uuid())).collect()).await
    }
}

/// What is to be set so that a row becomes the other one; `None` where they are alike.
fn changed<A: ActiveModelTrait>(before: &A, mut after: A) -> Option<A> {
    for column in <A::Entity as EntityTrait>::Column::iter() {
        if before.get(column) == after.get(column) {
            after.not_set(column);
        }
    }
    after.is_changed().then_some(after)
}

/// Those users who are not among the others.
fn besides(users: &[UserId], others: &[UserId]) -> Vec<UserId> {
    users.iter().copied().filter(|user| !others.contains(user)).collect()
}

/// Says which columns of two tables make cards with assignees.
macro_rules! cards {
    ($($table:ident under $parent:ident with $assignee:ident by $column:ident, $field:ident;)+) => {$(
        impl CardTable for $table::Entity {
            type Assignee = $assignee::Entity;
            const ID: Self::Column = $table::Column::Id;
            const PARENT: Self::Column = $table::Column::$parent;
            const POSITION: Self::Column = $table::Column::Position;
            const ONE: &'static Built = {
                static ONE: Built = Built::new();
                &ONE
            };
            const UNDER: &'static Built = {
                static UNDER: Built = Built::new();
                &UNDER
            };
        }

        impl AssigneeTable for $assignee::Entity {
            const CARD: Self::Column = $assignee::Column::$column;
            const USER: Self::Column = $assignee::Column::UserId;

            fn row(workspace: Uuid, project: Uuid, card: Uuid, user: Uuid) -> Self::ActiveModel {
                $assignee::ActiveModel {
                    workspace_id: Set(workspace),
                    $field: Set(card),
                    user_id: Set(user),
                    project_id: Set(project),
                }
            }
        }
    )+};
}

cards! {
    phase under ProjectId with phase_assignee by PhaseId, phase_id;
    item under PhaseId with item_assignee by ItemId, item_id;
    task under ItemId with task_assignee by TaskId, task_id;
}
