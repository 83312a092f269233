//! Moving an item.

use axum::extract::State;
use guildhall_core::{ItemId, PhaseId, ProjectId};
use guildhall_kernel::Kernel;
use guildhall_orchestration::MoveItem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
    routes::place::place,
};

/// Where an item is to stand: by one neighbour, or without any at the end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemMove {
    /// The phase that it goes to, or stays in.
    phase_id: PhaseId,
    /// The item that it stands after; `null` for the first place.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<ItemId>>,
    /// The item that it stands before.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = ItemId, required = false)]
    before_id: Option<ItemId>,
}

impl ItemMove {
    /// The place that it names.
    ///
    /// # Errors
    /// 400 for two neighbours.
    pub fn command(self) -> Result<MoveItem, Problem> {
        Ok(MoveItem { phase_id: self.phase_id, place: place(self.after_id, self.before_id)? })
    }
}

/// Move an item
#[utoipa::path(
    post,
    path = "/projects/{project_id}/items/{item_id}/move",
    tag = "board",
    params(("project_id" = Uuid, Path), ("item_id" = Uuid, Path)),
    request_body = ItemMove,
    responses((status = 200, body = ItemView), Problems)
)]
pub async fn move_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, id)): Path<(ProjectId, ItemId)>,
    Json(body): Json<ItemMove>,
) -> Result<Answer<ItemView>, Problem> {
    let outcome = kernel.move_item(&request, project, id, body.command()?).await?;
    let version = outcome.get().version;
    Ok(Answer::done(outcome.map(ItemView::from)).tagged(version))
}
