//! Taking an invitation back.

use axum::{extract::State, http::StatusCode};
use guildhall_core::InvitationId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Take an invitation back
#[utoipa::path(
    delete,
    path = "/invitations/{invitation_id}",
    tag = "invitations",
    params(("invitation_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn revoke_invitation(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode, Problem> {
    kernel.revoke_invitation(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
