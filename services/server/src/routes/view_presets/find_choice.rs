//! Reading what somebody looks at a project's Canvas with.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::Kernel;

use super::choice_view::ViewChoiceView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read the view preset that the caller looks at a project with
#[utoipa::path(
    get,
    path = "/projects/{project_id}/view-preset",
    tag = "view-presets",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = ViewChoiceView), Problems)
)]
pub async fn find_view_choice(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
) -> Result<Answer<ViewChoiceView>, Problem> {
    let chosen = kernel.find_view_choice(&request, project).await?;
    let version = chosen.version;
    Ok(Answer::of(ViewChoiceView::from(chosen)).tagged(version))
}
