//! Phases of a project.

mod create;
mod delete;
mod duplicate;
mod reorder;
mod update;
mod view;

pub use create::PhasePost;
pub use reorder::PhaseMove;
pub use update::PhasePatch;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(create::create_phase))
        .routes(routes!(update::update_phase, delete::delete_phase))
        .routes(routes!(reorder::move_phase))
        .routes(routes!(duplicate::duplicate_phase))
}
