//! Listing drafts.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::DraftView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which page of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DraftsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List drafts
///
/// Those of kinds that the reader may write, by kind and path.
#[utoipa::path(
    get,
    path = "/artifact-drafts",
    tag = "artifacts",
    params(DraftsQuery),
    responses((status = 200, body = PageView<DraftView>), Problems)
)]
pub async fn list_artifact_drafts(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<DraftsQuery>,
) -> Result<Answer<PageView<DraftView>>, Problem> {
    let wanted = page::requested(&kernel, &request, query.limit, query.cursor.as_deref(), "")?;
    let found = kernel.list_artifact_drafts(&request, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, "", found)?))
}
