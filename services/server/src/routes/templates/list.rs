//! Listing templates.

use axum::extract::State;
use guildhall_core::Name;
use guildhall_kernel::{Kernel, ShelfQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::TemplateRow;
use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// Which templates, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplatesQuery {
    /// Only those with each of these words in name, description or category, or in the name of a phase, an item or a task; in whatever case.
    q: Option<Name>,
    /// Only those of this category, in whatever case.
    category: Option<Name>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List templates
///
/// Those that may be used here, by name: the platform's, those of packages, and the workspace's own. What is hidden or disabled is
/// left out.
#[utoipa::path(
    get,
    path = "/templates",
    tag = "templates",
    params(TemplatesQuery),
    responses((status = 200, body = PageView<TemplateRow>), Problems)
)]
pub async fn list_templates(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<TemplatesQuery>,
) -> Result<Answer<PageView<TemplateRow>>, Problem> {
    let TemplatesQuery { q, category, limit, cursor } = query;
    let words = q.iter().flat_map(|q| q.as_str().split_whitespace()).map(ToOwned::to_owned);
    let wanted = ShelfQuery { words: words.collect(), category };
    let filter = format!("{wanted:?}");
    let page = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.list_templates(&request, &wanted, &page).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
