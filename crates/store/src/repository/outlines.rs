//! Outlines of workflows: one question for any number of projects.

use std::collections::BTreeMap;

use guildhall_core::{Name, PhaseId, ProjectId, StoreError};
use guildhall_orchestration::{Outline, PhaseOutline, Status, StatusCounts};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Statement,
    sea_query::{CaseStatement, Expr, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{
        item,
        phase::{Column, Entity},
    },
    error::{corrupt, store_error},
};

/// The first phase before another one in which something is to do.
const CURRENT_BEFORE: &str = "
select c.id, c.name
from phase p join phase c on c.workspace_id = $1 and c.project_id = p.project_id and c.position < p.position
where p.workspace_id = $1 and p.id = $2 and exists (
    select 1 from item i where i.workspace_id = $1 and i.project_id = c.project_id and i.phase_id = c.id
        and i.status in ('TO_DO', 'IN_PROGRESS'))
order by c.position limit 1";

/// A phase's project, id and name, and how many of its items are to do, in progress and completed.
type Counted = (Uuid, Uuid, String, i64, i64, i64);

impl SeaUnitOfWork {
    pub(super) async fn outlines(
        &self,
        projects: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, StoreError> {
        let counted = self
            .select::<Entity>()?
            .join_rev(JoinType::LeftJoin, item::Relation::Phase.def())
            .filter(Column::ProjectId.is_in(projects.iter().map(|id| id.uuid())))
            .select_only()
            .columns([Column::ProjectId, Column::Id, Column::Name])
            .column_as(items(Status::ToDo), "to_do")
            .column_as(items(Status::InProgress), "in_progress")
            .column_as(items(Status::Completed), "completed")
            .group_by(Column::ProjectId)
            .group_by(Column::Id)
            .group_by(Column::Name)
            .group_by(Column::Position)
            .order_by_asc(Column::Position)
            .into_tuple::<Counted>();
        let mut outlines: BTreeMap<ProjectId, Outline> = BTreeMap::new();
        for row in counted.all(self.transaction()).await.map_err(store_error)? {
            let (project, id, name, to_do, in_progress, completed) = row;
            let [to_do, in_progress, completed] =
                [to_do, in_progress, completed].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
            let phase = PhaseOutline {
                id: PhaseId::new(id),
                name: name.parse().map_err(corrupt("phase.name"))?,
                counts: StatusCounts { to_do, in_progress, completed },
            };
            outlines.entry(ProjectId::new(project)).or_default().0.push(phase);
        }
        Ok(outlines)
    }

    pub(super) async fn current_before(&self, phase: PhaseId) -> Result<Option<(PhaseId, Name)>, StoreError> {
        let values = [self.workspace()?.uuid().into(), phase.uuid().into()];
        let backend = self.transaction().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, CURRENT_BEFORE, values);
        let Some(row) = self.transaction().query_one_raw(statement).await.map_err(store_error)? else {
            return Ok(None);
        };
        let (id, name): (Uuid, String) = row.try_get_many_by_index().map_err(store_error)?;
        Ok(Some((PhaseId::new(id), name.parse().map_err(corrupt("phase.name"))?)))
    }
}

/// How many items of the phase have the status.
fn items(status: Status) -> SimpleExpr {
    let id = (item::Entity, item::Column::Id);
    let of_status = CaseStatement::new().case(item::Column::Status.eq(status.as_str()), Expr::col(id));
    SimpleExpr::Case(Box::new(of_status)).count()
}
