//! What somebody has to do: his items and tasks of all projects in one statement. Whoever is assigned is a member of the
//! project, and so reads it. Overdue comes first because the earliest does.

use chrono::NaiveDate;
use guildhall_core::{ItemId, Page, PageRequest, PhaseId, ProjectId, StoreError, TaskId, UserId};
use guildhall_orchestration::{AssignedWork, ProjectState, Status, WorkSubject};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, Order,
    QueryFilter, QuerySelect, QueryTrait, RelationTrait, Select,
    sea_query::{Alias, Expr, Func, IntoColumnRef, SelectStatement, SimpleExpr, UnionType},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{item, item_assignee, phase, project, task, task_assignee},
    error::{corrupt, store_error},
};

/// One row of either kind.
#[derive(Debug, FromQueryResult)]
struct Row {
    kind: String,
    id: Uuid,
    name: String,
    status: String,
    due_date: Option<NaiveDate>,
    project_id: Uuid,
    project_name: String,
    phase_id: Uuid,
    phase_name: String,
    item_id: Uuid,
    item_name: String,
}

impl SeaUnitOfWork {
    pub(super) async fn assigned_work(
        &self,
        user: UserId,
        page: &PageRequest,
    ) -> Result<Page<AssignedWork>, StoreError> {
        let end = page.after.as_deref().and_then(End::parse);
        let mut wanted = self.assigned_items(user, end.as_ref())?;
        wanted
            .union(UnionType::All, self.assigned_tasks(user, end.as_ref())?)
            .order_by(Alias::new("due"), Order::Asc)
            .order_by(Alias::new("id"), Order::Asc)
            .limit(page.limit as u64 + 1);
        let backend = self.transaction().get_database_backend();
        let found = Row::find_by_statement(backend.build(&wanted));
        let mut rows = found.all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows.last().filter(|_| more).map(|last| End::of(last).to_string());
        Ok(Page { items: rows.iter().map(work).collect::<Result<_, _>>()?, next })
    }

    fn assigned_items(&self, user: UserId, end: Option<&End>) -> Result<SelectStatement, StoreError> {
        let mine = self
            .select::<item_assignee::Entity>()?
            .join(JoinType::InnerJoin, item_assignee::Relation::Item.def())
            .filter(item_assignee::Column::UserId.eq(user.uuid()))
            .filter(open(item::Column::Status))
            .filter(behind(end, item::Column::DueDate, item::Column::Id));
        let columns = (item::Column::Id, item::Column::Name, item::Column::Status, item::Column::DueDate);
        Ok(placed(mine, "'ITEM'", columns))
    }

    fn assigned_tasks(&self, user: UserId, end: Option<&End>) -> Result<SelectStatement, StoreError> {
        let mine = self
            .select::<task_assignee::Entity>()?
            .join(JoinType::InnerJoin, task_assignee::Relation::Task.def())
            .join(JoinType::InnerJoin, task::Relation::Item.def())
            .filter(task_assignee::Column::UserId.eq(user.uuid()))
            .filter(open(task::Column::Status))
            .filter(item::Column::Status.ne(Status::Archived.as_str()))
            .filter(behind(end, task::Column::DueDate, task::Column::Id));
        let columns = (task::Column::Id, task::Column::Title, task::Column::Status, task::Column::DueDate);
        Ok(placed(mine, "'TASK'", columns))
    }
}

/// The columns of a row, with where the work is done, in active projects.
fn placed<E: EntityTrait, C: ColumnTrait>(
    mine: Select<E>,
    kind: &'static str,
    (id, name, status, due): (C, C, C, C),
) -> SelectStatement {
    mine.join(JoinType::InnerJoin, item::Relation::Project.def())
        .join(JoinType::InnerJoin, item::Relation::Phase.def())
        .filter(project::Column::State.eq(ProjectState::Active.as_str()))
        .select_only()
        .column_as(Expr::cust(kind), "kind")
        .column_as(id, "id")
        .column_as(name, "name")
        .column_as(status, "status")
        .column_as(due, "due_date")
        .column_as(due_or_last(due), "due")
        .column_as(project::Column::Id, "project_id")
        .column_as(project::Column::Name, "project_name")
        .column_as(phase::Column::Id, "phase_id")
        .column_as(phase::Column::Name, "phase_name")
        .column_as(item::Column::Id, "item_id")
        .column_as(item::Column::Name, "item_name")
        .into_query()
}

fn open(status: impl ColumnTrait) -> SimpleExpr {
    status.is_in([Status::ToDo.as_str(), Status::InProgress.as_str()])
}

/// The date that stands for none: the last one.
fn last_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default()
}

fn due_or_last(due: impl ColumnTrait) -> SimpleExpr {
    Func::coalesce([Expr::col(due.as_column_ref().into_column_ref()), Expr::value(last_date())]).into()
}

/// Where a page ended.
struct End {
    due: NaiveDate,
    id: Uuid,
}

impl End {
    fn of(row: &Row) -> Self {
        Self { due: row.due_date.unwrap_or_else(last_date), id: row.id }
    }

    fn parse(text: &str) -> Option<Self> {
        let (due, id) = text.split_once('|')?;
        Some(Self { due: due.parse().ok()?, id: Uuid::try_parse(id).ok()? })
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}|{}", self.due, self.id)
    }
}

fn behind(end: Option<&End>, due: impl ColumnTrait, id: impl ColumnTrait) -> Condition {
    let Some(end) = end else { return Condition::all() };
    let alike = Condition::all().add(due_or_last(due).eq(end.due)).add(id.gt(end.id));
    Condition::any().add(due_or_last(due).gt(end.due)).add(alike)
}

fn work(row: &Row) -> Result<AssignedWork, StoreError> {
    let item_name = row.item_name.parse().map_err(corrupt("item.name"))?;
    let subject = match row.kind.as_str() {
        "TASK" => WorkSubject::Task { id: TaskId::new(row.id), item: (ItemId::new(row.item_id), item_name) },
        _ => WorkSubject::Item(ItemId::new(row.id)),
    };
    Ok(AssignedWork {
        subject,
        name: row.name.parse().map_err(corrupt("item.name"))?,
        status: row.status.parse().map_err(corrupt("item.status"))?,
        due_date: row.due_date,
        project: (ProjectId::new(row.project_id), row.project_name.parse().map_err(corrupt("project.name"))?),
        phase: (PhaseId::new(row.phase_id), row.phase_name.parse().map_err(corrupt("phase.name"))?),
    })
}
