//! The Canvas.

mod find;
mod selected;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use view::{CanvasItemView, CanvasPhaseView, CanvasTaskView};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(find::read_canvas))
}
