//! Putting a node away.

use axum::{extract::State, http::StatusCode};
use guildhall_core::NodeId;
use guildhall_kernel::Kernel;

use crate::{
    extract::{Asked, Path},
    problem::{Problem, Problems},
};

/// Archive a node
///
/// With the nodes in use below it and their active projects. Refused while items of those need a level of their path.
#[utoipa::path(
    delete,
    path = "/hierarchy/nodes/{node_id}",
    tag = "hierarchy",
    params(("node_id" = Uuid, Path)),
    responses((status = 204), Problems)
)]
pub async fn archive_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<NodeId>,
) -> Result<StatusCode, Problem> {
    kernel.archive_node(&request, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
