//! Making a group.

use axum::extract::State;
use guildhall_core::{AccountId, Name, Text};
use guildhall_kernel::{CreateGroup, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::GroupView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A group to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPost {
    /// What people call it, once in the workspace.
    name: Name,
    /// What it is for.
    description: Option<Text>,
    /// The account that it belongs to: the workspace's, where it is absent, its organisation's or a node's.
    account_id: Option<AccountId>,
}

/// Make a group
///
/// It holds roles on its account and below alone, and each of its members holds them.
#[utoipa::path(
    post,
    path = "/groups",
    tag = "groups",
    request_body = GroupPost,
    responses((status = 201, body = GroupView), Problems)
)]
pub async fn create_group(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<GroupPost>,
) -> Result<Answer<GroupView>, Problem> {
    let GroupPost { name, description, account_id } = post;
    let outcome = kernel.create_group(&request, CreateGroup { name, description, account_id }).await?;
    let version = outcome.get().group.version;
    Ok(Answer::created(outcome.map(GroupView::from)).tagged(version))
}
