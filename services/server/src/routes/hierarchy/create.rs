//! Making a node.

use axum::extract::State;
use guildhall_core::{Level, Name, NodeId};
use guildhall_kernel::Kernel;
use guildhall_tenancy::NewNode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::{NodeType, NodeView, version};
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Fault, Problem, Problems},
};

/// A node to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NodePost {
    /// The node that it stands under; directly under the workspace without one.
    parent_id: Option<NodeId>,
    /// What it is.
    #[serde(rename = "type")]
    kind: NodeType,
    /// What the workspace calls the level; with `CUSTOM` alone.
    custom_type_name: Option<Name>,
    /// What people call it.
    name: Name,
    /// What the workspace's own master data calls it.
    md_id: Option<Name>,
    /// The words that it is filed under.
    #[schema(max_items = 50)]
    categories: Option<Vec<Name>>,
}

impl NodePost {
    /// The level, where the two fields that say it fit each other.
    fn level(&self) -> Result<Level, Problem> {
        let misfit = |detail: &str| {
            let pointer = "/custom_type_name".to_owned();
            Problem::invalid_request(vec![Fault { pointer, detail: detail.to_owned() }])
        };
        match (self.kind, &self.custom_type_name) {
            (NodeType::Client, None) => Ok(Level::Client),
            (NodeType::Market, None) => Ok(Level::Market),
            (NodeType::Brand, None) => Ok(Level::Brand),
            (NodeType::Custom, Some(name)) => Ok(Level::Custom(name.clone())),
            (NodeType::Custom, None) => Err(misfit("is required with the type CUSTOM")),
            (_, Some(_)) => Err(misfit("goes with the type CUSTOM alone")),
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
        level: post.level()?,
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
