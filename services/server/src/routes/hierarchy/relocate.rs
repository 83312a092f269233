//! Moving a node with everything below it.

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use guildhall_core::NodeId;
use guildhall_kernel::{Kernel, MoveNode, PlanHash};
use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};

use super::{
    plan_view::MovePlanView,
    view::{NodeView, version},
};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path, Query},
    problem::{Problem, Problems},
};

/// Where a node goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeMove {
    /// The node that it will stand under; `null` for directly under the workspace.
    #[serde(deserialize_with = "named")]
    #[schema(required = true)]
    parent_id: Option<NodeId>,
    /// The plan of a dry run: the move happens only if it is still what would happen.
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    plan: Option<String>,
}

/// A field that may be `null`, but not left out: a node is not moved to the top by a slip.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NodeId>, D::Error> {
    Option::deserialize(deserializer)
}

/// Whether to try only.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MoveQuery {
    /// Whether to answer what would happen, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What a move answers: the moved node; of a dry run what would happen.
#[derive(Debug, serde::Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the shape of two answers, for the document")]
pub enum MoveAnswer {
    /// The moved node.
    Moved(NodeView),
    /// What would happen.
    Planned(MovePlanView),
}

/// Move a node
///
/// With everything below it: nodes, accounts and projects. Ids and grants stay. A dry run answers who would gain or lose what.
#[utoipa::path(
    post,
    path = "/hierarchy/nodes/{node_id}/move",
    tag = "hierarchy",
    params(("node_id" = Uuid, Path), MoveQuery),
    request_body = NodeMove,
    responses((status = 200, body = MoveAnswer), Problems)
)]
pub async fn move_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(id): Path<NodeId>,
    Query(query): Query<MoveQuery>,
    Json(body): Json<NodeMove>,
) -> Result<Response, Problem> {
    if query.dry_run {
        let plan = kernel.plan_node_move(&request, id, body.parent_id).await?;
        return Ok(Answer::of(MovePlanView::from(plan)).into_response());
    }
    let command = MoveNode { parent_id: body.parent_id, plan: body.plan.map(PlanHash::from) };
    let outcome = kernel.move_node(&request, id, command).await?;
    let version = version(outcome.get());
    let answer = Answer::done(outcome.map(NodeView::from));
    Ok(match version {
        Some(version) => answer.tagged(version).into_response(),
        None => answer.into_response(),
    })
}
