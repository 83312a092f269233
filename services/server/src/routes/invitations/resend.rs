//! Sending an invitation again.

use axum::extract::State;
use guildhall_core::InvitationId;
use guildhall_kernel::Kernel;

use super::InvitedView;
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Limited, Problem, Problems},
};

/// Send an invitation again
///
/// With a new link, for as long as a new one is good; the old link opens nothing.
#[utoipa::path(
    post,
    path = "/invitations/{invitation_id}/resend",
    tag = "invitations",
    params(("invitation_id" = Uuid, Path)),
    responses((status = 200, body = InvitedView), Limited, Problems)
)]
pub async fn resend_invitation(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<InvitationId>,
) -> Result<Answer<InvitedView>, Problem> {
    Ok(Answer::of(kernel.resend_invitation(&request, id).await?.into()).secret())
}
