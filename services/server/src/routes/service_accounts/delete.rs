//! Ending a service account.

use axum::{extract::State, http::StatusCode};
use guildhall_core::ServiceAccountId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// End a service account
///
/// Its secret and its tokens open nothing from the next request on.
#[utoipa::path(
    delete,
    path = "/service-accounts/{service_account_id}",
    tag = "service-accounts",
    params(("service_account_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn delete_service_account(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<ServiceAccountId>,
) -> Result<StatusCode, Problem> {
    kernel.delete_service_account(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
