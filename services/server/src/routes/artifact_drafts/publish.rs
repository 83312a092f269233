//! Publishing drafts.

use axum::extract::State;
use guildhall_artifacts::{ArtifactName, DraftAct, KindName, Published};
use guildhall_core::ArtifactVersionId;
use guildhall_kernel::Kernel;
use serde::Serialize;
use utoipa::ToSchema;

use super::named::DraftsPost;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// What was published at once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicationView {
    /// What became of each draft, by kind and path.
    items: Vec<PublishedView>,
}

/// What became of one draft.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublishedView {
    /// What sort of thing it was a draft of.
    kind: KindName,
    /// What that is called.
    path: ArtifactName,
    /// What was done.
    act: DraftAct,
    /// The version that is published from now on, where there is one.
    version_id: Option<ArtifactVersionId>,
    /// The customization that still wins over it.
    shadowed_by: Option<ArtifactVersionId>,
}

/// Publish drafts
///
/// All of them at once, or none: 422 `drafts_invalid` says what is wrong. What somebody has customized stays as it is, and
/// `shadowed_by` names it.
#[utoipa::path(
    post,
    path = "/artifact-drafts/publish",
    tag = "artifacts",
    request_body = DraftsPost,
    responses((status = 200, body = PublicationView), Problems)
)]
pub async fn publish_artifact_drafts(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<DraftsPost>,
) -> Result<Answer<PublicationView>, Problem> {
    let outcome = kernel.publish_artifacts(&request, post.keys()).await?;
    let view = |items: Vec<Published>| PublicationView {
        items: items.into_iter().map(PublishedView::from).collect(),
    };
    Ok(Answer::done(outcome.map(view)))
}

impl From<Published> for PublishedView {
    fn from(published: Published) -> Self {
        let Published { key, act, version, shadowed_by } = published;
        Self { kind: key.kind, path: key.name, act, version_id: version, shadowed_by }
    }
}
