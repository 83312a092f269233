//! Ending an API key.

use axum::{extract::State, http::StatusCode};
use guildhall_core::ApiKeyId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// End one of one's own API keys
///
/// It opens nothing from the next request on.
#[utoipa::path(
    delete,
    path = "/api-keys/{api_key_id}",
    tag = "api-keys",
    params(("api_key_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_api_key(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ApiKeyId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_api_key(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
