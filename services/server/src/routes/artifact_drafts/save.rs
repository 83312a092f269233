//! Saving a draft.

use axum::extract::State;
use guildhall_artifacts::DraftAct;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Place, key, view::DraftView};
use crate::{
    answer::Answer,
    extract::{Asked, HasSeen, Json, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// What a draft is to do once it is published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPut {
    /// What publishing it does; `PUBLISH` when absent.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = DraftAct, required = false)]
    act: Option<DraftAct>,
    /// The content to be published, for `PUBLISH` alone. It is held to its kind when it is published.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Object, required = false)]
    content: Option<Map<String, Value>>,
}

/// Save a draft
///
/// Nobody sees it in the artifact until it is published. A draft that is there changes for those alone who say in `If-Match`
/// which state of it they have seen.
#[utoipa::path(
    put,
    path = "/artifact-drafts/{kind}/{path}",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    request_body = DraftPut,
    responses(
        (status = 200, body = DraftView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn save_artifact_draft(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    HasSeen(seen): HasSeen,
    Path(place): Path<Place>,
    Json(put): Json<DraftPut>,
) -> Result<Answer<DraftView>, Problem> {
    let (act, content) = (put.act.unwrap_or(DraftAct::Publish), put.content.map(Value::Object));
    let shown = kernel.save_artifact_draft(&request, key(place), act, content, seen).await?;
    let version = shown.draft.version;
    Ok(Answer::of(DraftView::from(shown)).tagged(version))
}
