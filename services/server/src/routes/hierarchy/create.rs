//! Making a node.

use axum::extract::State;
use guildhall_core::{Level, Name, NodeId};
use guildhall_kernel::Kernel;
use guildhall_tenancy::NewNode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{NodeView, version};
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A node to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NodePost {
    /// The node that it stands under; directly under the workspace without one.
    parent_id: Option<NodeId>,
    /// What it is.
    #[serde(rename = "type")]
    kind: NewNodeType,
    /// What people call it.
    name: Name,
    /// What the workspace's own master data calls it.
    md_id: Option<Name>,
    /// The words that it is filed under.
    #[schema(max_items = 50)]
    categories: Option<Vec<Name>>,
}

/// What a new node is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NewNodeType {
    /// A client of the agency: directly under the workspace.
    Client,
    /// A market: directly under the workspace or under a client.
    Market,
    /// A brand: under a client or a market.
    Brand,
}

impl From<NewNodeType> for Level {
    fn from(kind: NewNodeType) -> Self {
        match kind {
            NewNodeType::Client => Self::Client,
            NewNodeType::Market => Self::Market,
            NewNodeType::Brand => Self::Brand,
        }
    }
}

/// Make a node
#[utoipa::path(
    post,
    path = "/hierarchy/nodes",
    tag = "hierarchy",
    request_body = NodePost,
    responses((status = 201, body = NodeView), Problems)
)]
pub async fn create_node(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<NodePost>,
) -> Result<Answer<NodeView>, Problem> {
    let command = NewNode {
        level: post.kind.into(),
        name: post.name,
        md_id: post.md_id,
        categories: post.categories.unwrap_or_default(),
    };
    let outcome = kernel.create_node(&request, post.parent_id, command).await?;
    let version = version(outcome.get());
    let answer = Answer::created(outcome.map(NodeView::from));
    Ok(match version {
        Some(version) => answer.tagged(version),
        None => answer,
    })
}
