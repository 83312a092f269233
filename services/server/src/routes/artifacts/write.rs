//! Writing an artifact.

use axum::extract::State;
use guildhall_artifacts::Pattern;
use guildhall_kernel::{ArtifactWritten, Kernel};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Place, key, view::ArtifactView};
use crate::{
    answer::Answer,
    extract::{Asked, HasSeen, Json, Path},
    problem::{Problem, ProblemBody, Problems},
};

/// What an artifact is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArtifactPut {
    /// Its content, of the shape that its kind's schema says; at most 256 KiB.
    #[schema(value_type = Object)]
    content: Map<String, Value>,
    /// Places that no override may change, as JSON pointers in which `*` stands for any one key; the empty one locks all. In
    /// the System space alone; absent, it stays as it was.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<Pattern>, required = false, max_items = 100)]
    locked: Option<Vec<Pattern>>,
}

/// Write an artifact
///
/// In the System space what every workspace inherits; in a workspace a version of its own over what it inherits, which
/// nobody else sees. What is there changes for those alone who say in `If-Match` which version they have seen; `*` takes
/// any. A content that is there already makes no version.
#[utoipa::path(
    put,
    path = "/artifacts/{kind}/{path}",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301)
    ),
    request_body = ArtifactPut,
    responses(
        (status = 200, body = ArtifactView),
        (status = 201, description = "There was none before.", body = ArtifactView),
        (status = 428, description = "`If-Match` is missing.", body = ProblemBody, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn write_artifact(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    HasSeen(seen): HasSeen,
    Path(place): Path<Place>,
    Json(put): Json<ArtifactPut>,
) -> Result<Answer<ArtifactView>, Problem> {
    let ArtifactPut { content, locked } = put;
    let outcome = kernel.write_artifact(&request, key(place), Value::Object(content), locked, seen).await?;
    let ArtifactWritten { shown, created } = outcome.get();
    let (version, created) = (shown.found.version, *created);
    let view = outcome.map(|written| ArtifactView::from(written.shown));
    let answer = if created { Answer::created(view) } else { Answer::done(view) };
    Ok(answer.tagged(version))
}
