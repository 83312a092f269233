//! Tasks of a project's items.

mod archive;
mod create;
mod delete;
mod duplicate;
mod find;
mod reorder;
mod restore;
mod update;
mod view;

pub use create::TaskPost;
pub use reorder::TaskMove;
pub use update::TaskPatch;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(create::create_task))
        .routes(routes!(find::find_task, update::update_task, delete::delete_task))
        .routes(routes!(archive::archive_task))
        .routes(routes!(restore::restore_task))
        .routes(routes!(reorder::move_task))
        .routes(routes!(duplicate::duplicate_task))
}
