//! Reading the Canvas.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;

use super::view::CanvasView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a project's Canvas
///
/// The whole board in one answer: the project, its phases, their items and the items' tasks, all in order. Archived items
/// and tasks are left out. The first part of the `ETag` is the board's version, which every change on the board compares.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/canvas",
    tag = "board",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = CanvasView), Problems)
)]
pub async fn read_canvas(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
) -> Result<Answer<CanvasView>, Problem> {
    let shown = kernel.read_canvas(&request, project).await?;
    let version = shown.project.project.board_version;
    Ok(Answer::of(CanvasView::from(shown)).tagged(version))
}
