//! Deleting a view preset.

use axum::{extract::State, http::StatusCode};
use guildhall_artifacts::ArtifactName;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Conditional, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// Delete a view preset
///
/// For this space: one of its own is gone; the platform's, or a package's, is hidden here, customized or not, and stays for
/// everybody else. `POST /artifacts/view_preset/{path}/restore` brings back what was hidden; to take a customization away and keep
/// what lies below it is `/revert` there.
#[utoipa::path(
    delete,
    path = "/view-presets/{preset_id}",
    tag = "view-presets",
    params(("preset_id" = String, Path, description = "Its id, with `%2F` for each slash.", max_length = 301)),
    responses(
        (status = 204),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn delete_view_preset(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    _conditional: Conditional,
    Path(id): Path<ArtifactName>,
) -> Result<StatusCode, Problem> {
    kernel.delete_view_preset(&request, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
