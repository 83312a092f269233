//! What phases, items and tasks have in common: a place in an order, and people who are assigned to them.

use std::collections::BTreeSet;

use guildhall_core::{ProjectId, StoreError, UserId};
use guildhall_orchestration::Position;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, ExprTrait, FromQueryResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait,
    sea_query::{Expr, IntoCondition, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{item, item_assignee, phase, phase_assignee, task, task_assignee},
    error::{corrupt, store_error},
    rows::Scoped,
};

/// How many cards one statement adds: databases bound its parameters.
pub(super) const MOST_CARDS: usize = 500;

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

/// Where cards stand.
pub(super) fn positions<Id>(
    pairs: Vec<(Uuid, String)>,
    id: impl Fn(Uuid) -> Id,
) -> Result<Vec<(Id, Position)>, StoreError> {
    let position = |(card, text): (Uuid, String)| {
        text.parse().map(|position| (id(card), position)).map_err(corrupt("position"))
    };
    pairs.into_iter().map(position).collect()
}

/// A table of cards.
pub(super) trait CardTable: Scoped {
    /// The table that says who is assigned to them.
    type Assignee: AssigneeTable;
    const ID: Self::Column;
    const POSITION: Self::Column;
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
        let found = self.select::<T>()?.filter(which).order_by_asc(T::POSITION).order_by_asc(T::ID);
        let mut query = found.into_query();
        query.expr_as(self.assignees_of::<T>()?, USERS);
        let rows = self.transaction().query_all(&query).await.map_err(store_error)?;
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

    /// Assigns users to a new card.
    pub(super) async fn assign<A: AssigneeTable>(
        &self,
        project: ProjectId,
        card: Uuid,
        users: &[UserId],
    ) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let row = |user: &UserId| A::row(workspace, project.uuid(), card, user.uuid());
        self.add_all(users.iter().map(row).collect()).await
    }

    /// Assigns users to many new cards.
    pub(super) async fn assign_all<'c, A: AssigneeTable>(
        &self,
        cards: impl Iterator<Item = (ProjectId, Uuid, &'c [UserId])> + Send,
    ) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let rows = cards.flat_map(|(project, card, users)| {
            users.iter().map(move |user| A::row(workspace, project.uuid(), card, user.uuid()))
        });
        let rows: Vec<_> = rows.collect();
        for some in rows.chunks(MOST_CARDS) {
            self.add_all(some.to_vec()).await?;
        }
        Ok(())
    }

    /// Leaves these users assigned to a card and nobody else.
    pub(super) async fn reassign<A: AssigneeTable>(
        &self,
        project: ProjectId,
        card: Uuid,
        users: &[UserId],
    ) -> Result<(), StoreError> {
        let stored =
            self.select::<A>()?.filter(A::CARD.eq(card)).select_only().column(A::USER).into_tuple::<Uuid>();
        let stored = stored.all(self.transaction()).await.map_err(store_error)?;
        let before: BTreeSet<UserId> = stored.into_iter().map(UserId::new).collect();
        let after: BTreeSet<UserId> = users.iter().copied().collect();

        let gone: Vec<Uuid> = before.difference(&after).map(|user| user.uuid()).collect();
        if !gone.is_empty() {
            let rows = self.delete::<A>()?.filter(A::CARD.eq(card)).filter(A::USER.is_in(gone));
            rows.exec(self.transaction()).await.map_err(store_error)?;
        }
        let new: Vec<UserId> = after.difference(&before).copied().collect();
        self.assign::<A>(project, card, &new).await
    }
}

/// Says which columns of two tables make cards with assignees.
macro_rules! cards {
    ($($table:ident with $assignee:ident by $column:ident, $field:ident;)+) => {$(
        impl CardTable for $table::Entity {
            type Assignee = $assignee::Entity;
            const ID: Self::Column = $table::Column::Id;
            const POSITION: Self::Column = $table::Column::Position;
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
    phase with phase_assignee by PhaseId, phase_id;
    item with item_assignee by ItemId, item_id;
    task with task_assignee by TaskId, task_id;
}
