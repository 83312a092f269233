//! Reading a node.

use axum::extract::State;
use guildhall_core::NodeId;
use guildhall_kernel::Kernel;

use super::view::{self, NodeView};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Read a node
#[utoipa::path(
    get,
    path = "/hierarchy/nodes/{node_id}",
    tag = "hierarchy",
    params(("node_id" = Uuid, Path)),
    responses((status = 200, body = NodeView), Problems)
)]
pub async fn find_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<NodeId>,
) -> Result<Answer<NodeView>, Problem> {
    Ok(view::answer(kernel.find_node(&request, id).await?))
}
