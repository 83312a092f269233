//! Who is signed in.

use axum::{Json, extract::State};
use guildhall_kernel::Kernel;

use super::{
    error::{ContractError, ContractErrors},
    extract::Asked,
    view::ContractUserView,
};

/// Read who is signed in
///
/// With a product token: the user who launched the product.
#[utoipa::path(
    get,
    path = "/api/users/me",
    tag = "open os contract",
    responses((status = 200, body = ContractUserView), ContractErrors)
)]
pub async fn find_launching_user(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Json<ContractUserView>, ContractError> {
    Ok(Json(kernel.find_launching_user(&request).await?.into()))
}
