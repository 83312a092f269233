//! Reading a template.

use axum::extract::State;
use guildhall_artifacts::ArtifactName;
use guildhall_kernel::Kernel;

use super::view::TemplateView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a template
///
/// With all that a project made from it begins with.
#[utoipa::path(
    get,
    path = "/templates/{template_id}",
    tag = "templates",
    params(("template_id" = String, Path, description = "Its id, with `%2F` for each slash.", max_length = 301)),
    responses((status = 200, body = TemplateView), Problems)
)]
pub async fn find_template(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ArtifactName>,
) -> Result<Answer<TemplateView>, Problem> {
    let shown = kernel.find_template(&request, &id).await?;
    let version = shown.listed.version;
    Ok(Answer::of(TemplateView::from(shown)).tagged(version))
}
