//! The Canvas.

mod find;
mod kept;
mod selected;
mod view;

use axum::Extension;
use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use view::{CanvasItemView, CanvasPhaseView, CanvasTaskView};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(find::read_canvas)).layer(Extension(kept::KeptCanvases::default()))
}
