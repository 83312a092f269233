//! What phases, items and tasks have in common: a place in an order, and people who are assigned to them.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{ProjectId, StoreError, UserId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{IntoCondition, SelectStatement},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{item, item_assignee, phase, phase_assignee, task, task_assignee},
    error::store_error,
    rows::Scoped,
};

/// How many cards one statement adds: databases bound its parameters.
pub(super) const MOST_CARDS: usize = 500;

/// A table of cards.
pub(super) trait CardTable: Scoped {
    /// The table that says who is assigned to them.
    type Assignee: AssigneeTable;
    const ID: Self::Column;
    const POSITION: Self::Column;

    fn id(row: &Self::Model) -> Uuid;
}

/// A table that says who is assigned to cards.
pub(super) trait AssigneeTable: Scoped<ActiveModel: Send> {
    const CARD: Self::Column;
    const USER: Self::Column;

    fn row(workspace: Uuid, project: Uuid, card: Uuid, user: Uuid) -> Self::ActiveModel;
}

impl SeaUnitOfWork {
    /// The cards that the condition holds, in the order of their positions, each with its assignees in ascending order.
    pub(super) async fn cards<T: CardTable>(
        &self,
        which: impl IntoCondition + Send,
    ) -> Result<Vec<(T::Model, Vec<UserId>)>, StoreError> {
        let found = self.select::<T>()?.filter(which);
        let ordered = found.clone().order_by_asc(T::POSITION).order_by_asc(T::ID);
        let rows = ordered.all(self.transaction()).await.map_err(store_error)?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids = found.select_only().column(T::ID).into_query();
        let mut assignees = self.assignees::<T::Assignee>(ids).await?;
        let with_assignees = |row| {
            let users = assignees.remove(&T::id(&row)).unwrap_or_default();
            (row, users)
        };
        Ok(rows.into_iter().map(with_assignees).collect())
    }

    async fn assignees<A: AssigneeTable>(
        &self,
        cards: SelectStatement,
    ) -> Result<BTreeMap<Uuid, Vec<UserId>>, StoreError> {
        let found = self.select::<A>()?.filter(A::CARD.in_subquery(cards)).order_by_asc(A::USER);
        let pairs = found.select_only().column(A::CARD).column(A::USER).into_tuple::<(Uuid, Uuid)>();
        let mut users: BTreeMap<Uuid, Vec<UserId>> = BTreeMap::new();
        for (card, user) in pairs.all(self.transaction()).await.map_err(store_error)? {
            users.entry(card).or_default().push(UserId::new(user));
        }
        Ok(users)
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

            fn id(row: &Self::Model) -> Uuid {
                row.id
            }
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
