//! Members of the workspace.

mod find;
mod invite;
mod list;
mod remove;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_members, invite::invite_member)).routes(routes!(
        find::find_member,
        update::update_member,
        remove::remove_member
    ))
}
