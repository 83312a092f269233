//! Replacing a service account's client secret.

use axum::extract::State;
use guildhall_core::ServiceAccountId;
use guildhall_kernel::Kernel;

use super::view::ServiceAccountSecretView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Replace a service account's client secret
///
/// The new one is in this answer alone; the one before gets no tokens any more.
#[utoipa::path(
    post,
    path = "/service-accounts/{service_account_id}/rotate",
    tag = "service-accounts",
    params(("service_account_id" = Uuid, Path)),
    responses((status = 200, body = ServiceAccountSecretView), Problems)
)]
pub async fn rotate_service_account(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ServiceAccountId>,
) -> Result<Answer<ServiceAccountSecretView>, Problem> {
    Ok(Answer::of(kernel.rotate_service_account(&request, id).await?.into()).secret())
}
