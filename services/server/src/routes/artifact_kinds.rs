//! Sorts of artifacts.

mod find;
mod list;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new().routes(routes!(list::list_artifact_kinds)).routes(routes!(find::find_artifact_kind))
}
