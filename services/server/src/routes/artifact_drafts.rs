//! Drafts of what a workspace publishes.

mod check;
mod delete;
mod find;
mod list;
mod named;
mod publish;
mod save;
mod view;

use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::artifacts::{AuthorView, Place, key};

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_artifact_drafts))
        .routes(routes!(check::check_artifact_drafts))
        .routes(routes!(publish::publish_artifact_drafts))
        .routes(routes!(find::find_artifact_draft, save::save_artifact_draft, delete::delete_artifact_draft))
}
