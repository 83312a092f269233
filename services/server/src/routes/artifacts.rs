//! Artifacts: what is shared, and overridden in a workspace.

mod delete;
mod find;
mod history;
mod layers;
mod list;
mod open_review;
mod reapply;
mod resolve_review;
mod restore;
mod revert;
mod review;
mod review_view;
mod standing;
mod view;
mod write;

use guildhall_artifacts::{ArtifactKey, ArtifactName, KindName};
use guildhall_kernel::Kernel;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use standing::StandingView;
pub use view::AuthorView;

pub fn router() -> OpenApiRouter<Kernel> {
    OpenApiRouter::new()
        .routes(routes!(list::list_artifacts))
        .routes(routes!(find::find_artifact, write::write_artifact, delete::delete_artifact))
        .routes(routes!(revert::revert_artifact))
        .routes(routes!(reapply::reapply_artifact))
        .routes(routes!(restore::restore_artifact))
        .routes(routes!(layers::find_artifact_layers))
        .routes(routes!(history::list_artifact_changes))
        .routes(routes!(review::find_artifact_review, open_review::open_artifact_review))
        .routes(routes!(resolve_review::resolve_artifact_review))
}

/// The two parameters of a path that name an artifact.
pub type Place = (KindName, ArtifactName);

/// The key that they name.
pub fn key((kind, name): Place) -> ArtifactKey {
    ArtifactKey { kind, name }
}
