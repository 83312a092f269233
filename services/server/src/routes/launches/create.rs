//! Launching a product.

use axum::extract::State;
use guildhall_core::{ItemId, NodeId, ProductVersionId, ProjectId};
use guildhall_kernel::{Kernel, LaunchProduct, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::LaunchView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// Which version is launched, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchPost {
    /// The version.
    product_version_id: ProductVersionId,
    /// The project to launch it from.
    project_id: Option<ProjectId>,
    /// The item of that project to launch it from, which must hold the version. Needs `project_id`.
    item_id: Option<ItemId>,
    /// The node to launch it on, outside projects. Without `project_id` and `node_id` it is launched on the workspace itself.
    node_id: Option<NodeId>,
}

/// Launch a product
///
/// Answers the context object and a one-time code, good for a minute, that the product's back end redeems.
#[utoipa::path(
    post,
    path = "/launches",
    tag = "launches",
    request_body = LaunchPost,
    responses((status = 201, body = LaunchView), Problems)
)]
pub async fn create_launch(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<LaunchPost>,
) -> Result<Answer<LaunchView>, Problem> {
    let command = LaunchProduct {
        product_version_id: post.product_version_id,
        project_id: post.project_id,
        item_id: post.item_id,
        node_id: post.node_id,
    };
    let launched = kernel.create_launch(&request, command).await?;
    Ok(Answer::created(Outcome::Done(launched.into())).secret())
}
