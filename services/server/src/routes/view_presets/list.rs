//! Listing view presets.

use axum::extract::State;
use guildhall_core::Name;
use guildhall_kernel::{Kernel, ShelfQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ViewPresetView;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which view presets, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewPresetsQuery {
    /// Only those with each of these words in name, or description; in whatever case.
    q: Option<Name>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List view presets
///
/// Those that may be used here, by name: the platform's, those of packages, and the workspace's own. What is hidden or disabled is
/// left out.
#[utoipa::path(
    get,
    path = "/view-presets",
    tag = "view-presets",
    params(ViewPresetsQuery),
    responses((status = 200, body = PageView<ViewPresetView>), Problems)
)]
pub async fn list_view_presets(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ViewPresetsQuery>,
) -> Result<Answer<PageView<ViewPresetView>>, Problem> {
    let ViewPresetsQuery { q, limit, cursor } = query;
    let words = q.iter().flat_map(|q| q.as_str().split_whitespace()).map(ToOwned::to_owned);
    let wanted = ShelfQuery { words: words.collect(), category: None };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_view_presets(&request, &wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
