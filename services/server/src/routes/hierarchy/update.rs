//! Changing a node.

use axum::extract::State;
use guildhall_core::{Name, NodeId};
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{self, NodeView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Problem, Problems},
};

/// What changes of a node.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NodePatch {
    /// What people call it.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Name, required = false)]
    name: Option<Name>,
    /// What the workspace's own master data calls it; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    md_id: Option<Option<Name>>,
    /// The words that it is filed under, all of them.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<Name>, required = false, max_items = 50)]
    categories: Option<Vec<Name>>,
}

/// Change a node's name, master data id and categories
#[utoipa::path(
    patch,
    path = "/hierarchy/nodes/{node_id}",
    tag = "hierarchy",
    params(("node_id" = Uuid, Path)),
    request_body = NodePatch,
    responses((status = 200, body = NodeView), Problems)
)]
pub async fn update_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<NodeId>,
    Json(patch): Json<NodePatch>,
) -> Result<Answer<NodeView>, Problem> {
    let NodePatch { name, md_id, categories } = patch;
    let patch = guildhall_tenancy::NodePatch { name, md_id, categories };
    Ok(view::answer(kernel.update_node(&request, id, patch).await?))
}
