//! Somebody's projects with what he sees of each at a glance, in one statement.

use guildhall_core::{Page, PageRequest, PhaseId, StoreError, UserId};
use guildhall_orchestration::{MemberProject, Progress, ProjectFilter, ProjectRole, Status};
use sea_orm::{
    ColumnTrait, ExprTrait, FromQueryResult, JoinType, Order, QueryFilter, QuerySelect, RelationTrait,
    sea_query::{Expr, Func, Query, SelectStatement, SimpleExpr, SubQueryStatement},
};
use uuid::Uuid;

use super::projects::{held_by, project};
use crate::{
    SeaUnitOfWork,
    entity::{
        item, phase,
        project::{Column, Entity, Model},
        project_member,
    },
    error::{corrupt, store_error},
};

#[derive(Debug, FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    project: Model,
    role: String,
    done: i64,
    total: i64,
    current_phase: Option<Uuid>,
}

impl SeaUnitOfWork {
    pub(super) async fn member_projects(
        &self,
        user: UserId,
        role: Option<ProjectRole>,
        filter: &ProjectFilter,
        page: &PageRequest,
    ) -> Result<Page<MemberProject>, StoreError> {
        let mut mine = self
            .select::<Entity>()?
            .join_rev(JoinType::InnerJoin, project_member::Relation::Project.def())
            .filter(project_member::Column::UserId.eq(user.uuid()))
            .filter(held_by(filter))
            .column_as(project_member::Column::Role, "role")
            .column_as(
                scalar(items().and_where(item::Column::Status.eq(Status::Completed.as_str())).take()),
                "done",
            )
            .column_as(scalar(items().take()), "total")
            .column_as(scalar(current_phase()), "current_phase");
        if let Some(role) = role {
            mine = mine.filter(project_member::Column::Role.eq(role.as_str()));
        }
        let wanted = super::project_pages::page_of(mine, filter.order, page).into_model::<Row>();
        let mut rows = wanted.all(self.transaction()).await.map_err(store_error)?;
        let more = rows.len() > page.limit;
        rows.truncate(page.limit);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|last| super::project_pages::end_of(&last.project, filter.order));
        Ok(Page { items: rows.into_iter().map(member_project).collect::<Result<_, _>>()?, next })
    }
}

/// Counts the project's items that are not archived.
fn items() -> SelectStatement {
    Query::select()
        .expr(Func::count(Expr::col((item::Entity, item::Column::Id))))
        .from(item::Entity)
        .and_where(Expr::col((item::Entity, item::Column::WorkspaceId)).equals((Entity, Column::WorkspaceId)))
        .and_where(Expr::col((item::Entity, item::Column::ProjectId)).equals((Entity, Column::Id)))
        .and_where(item::Column::Status.ne(Status::Archived.as_str()))
        .take()
}

/// The first phase with an item that is neither archived nor completed, which is the first with items that is not completed.
fn current_phase() -> SelectStatement {
    let open = Query::select()
        .expr(Expr::value(1))
        .from(item::Entity)
        .and_where(
            Expr::col((item::Entity, item::Column::WorkspaceId))
                .equals((phase::Entity, phase::Column::WorkspaceId)),
        )
        .and_where(
            Expr::col((item::Entity, item::Column::PhaseId)).equals((phase::Entity, phase::Column::Id)),
        )
        .and_where(item::Column::Status.is_in([Status::ToDo.as_str(), Status::InProgress.as_str()]))
        .take();
    Query::select()
        .column((phase::Entity, phase::Column::Id))
        .from(phase::Entity)
        .and_where(
            Expr::col((phase::Entity, phase::Column::WorkspaceId)).equals((Entity, Column::WorkspaceId)),
        )
        .and_where(Expr::col((phase::Entity, phase::Column::ProjectId)).equals((Entity, Column::Id)))
        .and_where(Expr::exists(open))
        .order_by((phase::Entity, phase::Column::Position), Order::Asc)
        .limit(1)
        .take()
}

fn scalar(query: SelectStatement) -> SimpleExpr {
    SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(query)))
}

fn member_project(row: Row) -> Result<MemberProject, StoreError> {
    let [done, total] = [row.done, row.total].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(MemberProject {
        project: project(row.project)?,
        role: row.role.parse().map_err(corrupt("project_member.role"))?,
        progress: Progress { done, total },
        current_phase: row.current_phase.map(PhaseId::new),
    })
}
