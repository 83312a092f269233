//! The workspaces that the user is a member of.

use axum::extract::State;
use guildhall_core::{Name, WorkspaceId};
use guildhall_kernel::{Kernel, MyWorkspace};
use guildhall_tenancy::{WorkspacePrefix, WorkspaceRole};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer::Answer,
    extract::Asked,
    problem::{Problem, Problems},
};

/// The workspaces that the user is a member of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyWorkspacesView {
    items: Vec<MyWorkspaceView>,
}

/// A workspace that the user is a member of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyWorkspaceView {
    /// The workspace's id.
    id: WorkspaceId,
    /// The label of its host name.
    prefix: WorkspacePrefix,
    /// Its name.
    name: Name,
    /// The user's role in it.
    role: WorkspaceRole,
}

impl From<MyWorkspace> for MyWorkspaceView {
    fn from(mine: MyWorkspace) -> Self {
        let MyWorkspace { workspace, role } = mine;
        Self { id: workspace.id, prefix: workspace.prefix, name: workspace.name, role }
    }
}

/// List one's own workspaces
///
/// A token that is bound to a workspace lists them too.
#[utoipa::path(get, path = "/me/workspaces", tag = "me", responses((status = 200, body = MyWorkspacesView), Problems))]
pub async fn list_my_workspaces(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
) -> Result<Answer<MyWorkspacesView>, Problem> {
    let mine = kernel.list_my_workspaces(&request).await?;
    Ok(Answer::of(MyWorkspacesView { items: mine.into_iter().map(Into::into).collect() }))
}
