//! Bringing a node back.

use axum::extract::State;
use guildhall_core::NodeId;
use guildhall_kernel::Kernel;

use super::view::{NodeView, version};
use crate::{
    answer::Answer,
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Restore a node
///
/// With the nodes and projects that its archiving put away; what had been archived before stays so. Refused below an archived
/// node.
#[utoipa::path(
    post,
    path = "/hierarchy/nodes/{node_id}/restore",
    tag = "hierarchy",
    params(("node_id" = Uuid, Path)),
    responses((status = 200, body = NodeView), Problems)
)]
pub async fn restore_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<NodeId>,
) -> Result<Answer<NodeView>, Problem> {
    let outcome = kernel.restore_node(&request, id).await?;
    let version = version(outcome.get());
    let answer = Answer::done(outcome.map(NodeView::from));
    Ok(match version {
        Some(version) => answer.tagged(version),
        None => answer,
    })
}
