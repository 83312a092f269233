//! Searching a workspace.

use axum::extract::State;
use guildhall_core::{ItemId, Name, ProjectId};
use guildhall_kernel::{FoundShown, Kernel, SearchQuery};
use guildhall_orchestration::Searched;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    answer::Answer,
    extract::{Asked, Query},
    page::{self, PageView},
    problem::{Problem, Problems},
};

/// What is searched for, and which part of what is found.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchParameters {
    /// Words, all of which must be there, of the last one the beginning. Case and accents do not count, and signs mean nothing.
    q: Name,
    /// Only this.
    r#type: Option<Searched>,
    /// Whether what is archived, or lies in something that is, is found too.
    archived: Option<bool>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundView {
    /// What it is.
    r#type: Searched,
    /// Its id; of a template its name.
    id: String,
    /// What it is called.
    title: String,
    /// The project that it is or lies in.
    project: Option<FoundProjectView>,
    /// The item that a task is a part of.
    item_id: Option<ItemId>,
}

/// The project of what was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundProjectView {
    /// Its id.
    id: ProjectId,
    /// What it is called.
    name: Name,
}

impl From<FoundShown> for FoundView {
    fn from(found: FoundShown) -> Self {
        let FoundShown { kind, id, title, project, item_id } = found;
        let project = project.map(|(id, name)| FoundProjectView { id, name });
        Self { r#type: kind, id, title, project, item_id }
    }
}

/// Search the workspace
///
/// Projects, phases, items, tasks and templates that the caller may read: what has all words in its name first, then what has them
/// in its texts too, the newest first in each; templates last.
#[utoipa::path(
    get,
    path = "/search",
    tag = "search",
    params(SearchParameters),
    responses((status = 200, body = PageView<FoundView>), Problems)
)]
pub async fn search(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(parameters): Query<SearchParameters>,
) -> Result<Answer<PageView<FoundView>>, Problem> {
    let SearchParameters { q, r#type, archived, limit, cursor } = parameters;
    let query = SearchQuery { q, only: r#type, archived: archived.unwrap_or_default() };
    let filter = format!("{query:?}");
    let wanted = page::requested(&kernel, &request, limit, cursor.as_deref(), &filter)?;
    let found = kernel.search(&request, &query, &wanted).await?;
    Ok(Answer::of(page::view(&kernel, &request, &filter, found)?))
}
