//! Reading what was done to an artifact.

use axum::extract::State;
use chrono::{DateTime, Utc};
use guildhall_artifacts::{Act, ArtifactChange, FieldChange, Layer, Recorded};
use guildhall_core::ArtifactVersionId;
use guildhall_kernel::{Kernel, RecordedShown};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{AuthorView, Place, key};
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which part of the history.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArtifactChangesQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// One thing that was done to an artifact in this space.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactChangeView {
    /// What was done.
    act: Act,
    /// In which layer.
    layer: Layer,
    /// The version that this layer and those below it answered before.
    before: Option<ArtifactVersionId>,
    /// The version that they answer since.
    after: Option<ArtifactVersionId>,
    /// Every place that differs between the two, where there were both.
    difference: Vec<FieldChange>,
    /// Who did it, and by which way in.
    author: AuthorView,
    /// When.
    at: DateTime<Utc>,
}

/// Read an artifact's history
///
/// What was done to it in this space, newest first, for those who may write the kind.
#[utoipa::path(
    get,
    path = "/artifacts/{kind}/{path}/history",
    tag = "artifacts",
    params(
        ("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"),
        ("path" = String, Path, description = "The artifact's path, with `%2F` for each slash; before it, where it comes from a package, the package and `:`.", max_length = 301),
        ArtifactChangesQuery
    ),
    responses((status = 200, body = PageView<ArtifactChangeView>), Problems)
)]
pub async fn list_artifact_changes(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(place): Path<Place>,
    Query(query): Query<ArtifactChangesQuery>,
) -> Result<Answer<PageView<ArtifactChangeView>>, Problem> {
    let key = key(place);
    let filter = key.to_string();
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), &filter)?;
    let found = kernel.list_artifact_changes(&request, &key, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}

impl From<RecordedShown> for ArtifactChangeView {
    fn from(shown: RecordedShown) -> Self {
        let RecordedShown { recorded: Recorded { change, difference }, author } = shown;
        let ArtifactChange { key: _, generation: _, layer, act, before, after, author: _, at } = change;
        Self { act, layer, before, after, difference, author: author.into(), at }
    }
}
