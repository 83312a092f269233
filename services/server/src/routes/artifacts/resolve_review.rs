//! Resolving the review of an override.

use axum::extract::State;
use guildhall_artifacts::{Decision, Resolve, ResolveReview};
use guildhall_core::ArtifactVersionId;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Place, key, view::ArtifactView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Fault, Problem, Problems},
};

/// What is to become of an override that fell behind.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewResolvePost {
    /// The override's version, as the review shows it.
    ours: ArtifactVersionId,
    /// The version below it, as the review shows it.
    theirs: ArtifactVersionId,
    /// What is to become of the override.
    resolution: Resolution,
    /// What each conflict is decided to; for `MERGE` alone.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<Decision>, required = false, max_items = 1000)]
    decisions: Option<Vec<Decision>>,
}

/// What is to become of an override that fell behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = ReviewResolution)]
pub enum Resolution {
    /// It stays as it is, and from here on is compared with what lies below it now.
    Retain,
    /// What came below is merged into it.
    Merge,
    /// It is taken away.
    Revert,
    /// Nothing yet.
    Defer,
}

/// Resolve the review of an override
///
/// 409 `review_stale` where the override or what lies below it is no longer what the review shows; 422 `decisions_invalid`
/// where a conflict is not decided.
#[utoipa::path(
    post,
    path = "/artifacts/{kind}/{path}/review/resolve",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    request_body = ReviewResolvePost,
    responses((status = 200, body = ArtifactView), Problems)
)]
pub async fn resolve_artifact_review(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
    Json(post): Json<ReviewResolvePost>,
) -> Result<Answer<ArtifactView>, Problem> {
    let ReviewResolvePost { ours, theirs, resolution, decisions } = post;
    let resolve = decided(resolution, decisions)?;
    let command = ResolveReview { key: key(place), ours, theirs, resolve };
    let outcome = kernel.resolve_artifact_review(&request, command).await?;
    let version = outcome.get().found.version;
    Ok(Answer::done(outcome.map(ArtifactView::from)).tagged(version))
}

fn decided(resolution: Resolution, decisions: Option<Vec<Decision>>) -> Result<Resolve, Problem> {
    match (resolution, decisions) {
        (Resolution::Merge, decisions) => Ok(Resolve::Merge(decisions.unwrap_or_default())),
        (_, Some(_)) => Err(Problem::invalid_request(vec![Fault {
            pointer: "/decisions".to_owned(),
            detail: "only `MERGE` decides anything".to_owned(),
        }])),
        (Resolution::Retain, None) => Ok(Resolve::Retain),
        (Resolution::Revert, None) => Ok(Resolve::Revert),
        (Resolution::Defer, None) => Ok(Resolve::Defer),
    }
}
