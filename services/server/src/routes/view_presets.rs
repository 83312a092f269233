//! View presets: which fields the Canvas shows, and which of them somebody looks with.

mod choice_view;
mod choose;
mod create;
mod delete;
mod find;
mod find_choice;
mod list;
mod update;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_view_presets, create::create_view_preset))
        .routes(routes!(find::find_view_preset, update::update_view_preset, delete::delete_view_preset))
        .routes(routes!(find_choice::find_view_choice, choose::choose_view_preset))
}
