//! Listing what the caller has to do.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{ItemId, Name, PhaseId, ProjectId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::{AssignedWork, Status, WorkSubject};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Something that the reader has to do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkView {
    /// What it is.
    #[serde(rename = "type")]
    kind: WorkType,
    /// The item's or the task's id.
    id: Uuid,
    /// The item's name or the task's title.
    name: Name,
    /// How far it has come.
    status: Status,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// Whether that day, in UTC, has passed.
    overdue: bool,
    /// Its project.
    project: WorkProjectView,
    /// Its phase.
    phase: WorkPhaseView,
    /// The item that a task is a part of.
    item: Option<WorkItemView>,
}

/// What can be to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkType {
    /// An item.
    Item,
    /// A task.
    Task,
}

/// The project that work belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkProjectView {
    /// Its id.
    id: ProjectId,
    /// Its name.
    name: Name,
}

/// The phase that work belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkPhaseView {
    /// Its id.
    id: PhaseId,
    /// Its name.
    name: Name,
}

/// The item that a task is a part of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkItemView {
    /// Its id.
    id: ItemId,
    /// Its name.
    name: Name,
}

impl WorkView {
    fn new(work: AssignedWork, today: NaiveDate) -> Self {
        let overdue = work.is_overdue(today);
        let AssignedWork { subject, name, status, due_date, project, phase } = work;
        let (kind, id, item) = match subject {
            WorkSubject::Item(id) => (WorkType::Item, id.uuid(), None),
            WorkSubject::Task { id, item: (item_id, name) } => {
                (WorkType::Task, id.uuid(), Some(WorkItemView { id: item_id, name }))
            }
        };
        let project = WorkProjectView { id: project.0, name: project.1 };
        let phase = WorkPhaseView { id: phase.0, name: phase.1 };
        Self { kind, id, name, status, due_date, overdue, project, phase, item }
    }
}

/// List what I have to do
///
/// The unfinished items and tasks that the reader is assigned to, in all active projects of the workspace: overdue ones first,
/// then by the day on which they are due, those without one last.
#[utoipa::path(
    get,
    path = "/me/work",
    tag = "me",
    params(WorkQuery),
    responses((status = 200, body = PageView<WorkView>), Problems)
)]
pub async fn list_my_work(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<WorkQuery>,
) -> Result<Answer<PageView<WorkView>>, Problem> {
    let page = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_my_work(&request, &page).await?;
    let shown = found.page.map(|work| WorkView::new(work, found.today));
    Ok(Answer::of(page::view(&kernel, &request, "", shown)?))
}
