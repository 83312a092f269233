//! Groups and their members.

mod add_member;
mod create;
mod delete;
mod find;
mod list;
mod list_members;
mod remove_member;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_groups, create::create_group))
        .routes(routes!(find::find_group, update::update_group, delete::delete_group))
        .routes(routes!(list_members::list_group_members))
        .routes(routes!(add_member::add_group_member, remove_member::remove_group_member))
}
