//! Changing an item.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, ProjectId, Text, UserId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::{self as orchestration, Status};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of an item; `null` clears a field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemPatch {
    /// Its name.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// The words under the name.
    #[serde(default, deserialize_with = "nullable")]
    description: Option<Option<Text>>,
    /// The page that an activity is done with.
    #[serde(default, deserialize_with = "nullable")]
    link: Option<Option<Link>>,
    /// What changes of the product's configuration, itself a merge patch; `null` for an empty one.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Object>)]
    config: Option<Option<Map<String, Value>>>,
    /// When it is due.
    #[serde(default, deserialize_with = "nullable")]
    due_date: Option<Option<NaiveDate>>,
    /// How far it has come; `ARCHIVED` is entered by `/archive` alone and left by `/restore`.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Status, required = false)]
    status: Option<Status>,
    /// All who work on it from now on. A contributor adds and removes himself alone.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<UserId>, required = false, max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
}

impl From<ItemPatch> for orchestration::ItemPatch {
    fn from(patch: ItemPatch) -> Self {
        Self {
            name: patch.name,
            description: patch.description,
            link: patch.link,
            config: patch.config,
            due_date: patch.due_date,
            status: patch.status,
            assignees: patch.assignee_ids,
        }
    }
}

/// Change an item
///
/// `If-Match` compares the board's version.
#[utoipa::path(
    patch,
    path = "/projects/{project_id}/items/{item_id}",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    request_body = ItemPatch,
    responses((status = 200, body = ItemView), Problems)
)]
pub async fn update_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
    Json(patch): Json<ItemPatch>,
) -> Result<Answer<ItemView>, Problem> {
    let shown = kernel.update_item(&request, project, id, patch.into()).await?;
    let version = shown.version;
    Ok(Answer::of(ItemView::from(shown)).tagged(version))
}
