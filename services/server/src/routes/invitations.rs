//! Invitations to the workspace.

mod accept;
mod list;
mod resend;
mod revoke;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use view::{InvitedView, SentInvitationView};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_invitations))
        .routes(routes!(accept::accept_invitation))
        .routes(routes!(revoke::revoke_invitation))
        .routes(routes!(resend::resend_invitation))
}
