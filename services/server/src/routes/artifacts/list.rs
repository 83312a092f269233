//! Listing a kind's artifacts.

use axum::extract::State;
use guildhall_artifacts::{KindName, ListQuery};
use guildhall_core::Name;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ArtifactRow;
use crate::{
    answer::Answer,
    extract::{Asked, Path, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which artifacts, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArtifactsQuery {
    /// Only those whose title or path contains each of these words, in whatever case.
    q: Option<Name>,
    /// What this space has hidden, and nothing else; for those who may write the kind.
    hidden: Option<bool>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List a kind's artifacts
///
/// One row for each as this space sees it, by package and path: the version of the highest layer. What is hidden is left
/// out.
#[utoipa::path(
    get,
    path = "/artifacts/{kind}",
    tag = "artifacts",
    params(("kind" = String, Path, pattern = "^[a-z][a-z0-9_]{0,39}$"), ArtifactsQuery),
    responses((status = 200, body = PageView<ArtifactRow>), Problems)
)]
pub async fn list_artifacts(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(kind): Path<KindName>,
    Query(query): Query<ArtifactsQuery>,
) -> Result<Answer<PageView<ArtifactRow>>, Problem> {
    let ArtifactsQuery { q, hidden, limit, cursor } = query;
    let words = q.iter().flat_map(|q| q.as_str().split_whitespace()).map(ToOwned::to_owned);
    let wanted = ListQuery { kind, words: words.collect(), hidden: hidden.unwrap_or_default() };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_artifacts(&request, wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
