//! Items of a project's board.

mod archive;
mod create;
mod delete;
mod duplicate;
mod find;
mod reorder;
mod restore;
mod update;
mod view;

pub use create::ItemPost;
pub use reorder::ItemMove;
pub use update::ItemPatch;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(create::add_item))
        .routes(routes!(find::find_item, update::update_item, delete::delete_item))
        .routes(routes!(archive::archive_item))
        .routes(routes!(restore::restore_item))
        .routes(routes!(reorder::move_item))
        .routes(routes!(duplicate::duplicate_item))
}
