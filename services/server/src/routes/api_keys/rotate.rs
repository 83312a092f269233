//! Replacing an API key's secret.

use axum::extract::State;
use guildhall_core::ApiKeyId;
use guildhall_kernel::Kernel;

use super::view::ApiKeySecretView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Replace the secret of one of one's own API keys
///
/// The new one is in this answer alone; the one before opens nothing any more.
#[utoipa::path(
    post,
    path = "/api-keys/{api_key_id}/rotate",
    tag = "api-keys",
    params(("api_key_id" = Uuid, Path)),
    responses((status = 200, body = ApiKeySecretView), Problems)
)]
pub async fn rotate_api_key(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ApiKeyId>,
) -> Result<Answer<ApiKeySecretView>, Problem> {
    Ok(Answer::of(kernel.rotate_api_key(&request, id).await?.into()).secret())
}
