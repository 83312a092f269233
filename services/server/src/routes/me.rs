//! The signed-in user himself.

mod ask_email;
mod change_password;
mod complete_email;
mod end_session;
mod find;
mod list_sessions;
mod list_work;
mod list_workspaces;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(find::find_me, update::update_me))
        .routes(routes!(change_password::change_password))
        .routes(routes!(ask_email::ask_email_change))
        .routes(routes!(complete_email::complete_email_change))
        .routes(routes!(list_sessions::list_my_sessions))
        .routes(routes!(end_session::end_my_session))
        .routes(routes!(list_work::list_my_work))
        .routes(routes!(list_workspaces::list_my_workspaces))
}
