//! Making a workspace.

use axum::extract::State;
use guildhall_core::{Email, Name};
use guildhall_identity::Password;
use guildhall_kernel::{Kernel, MakeWorkspace, NameAdmin};
use guildhall_tenancy::WorkspacePrefix;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::WorkspaceMadeView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Limited, Problem, Problems},
};

/// A workspace to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspacePost {
    /// The label of its host name. One that another workspace gave up is nobody's for 90 days.
    prefix: WorkspacePrefix,
    /// Its name.
    name: Name,
    /// Who will run it.
    admin: WorkspaceAdminPost,
}

/// Somebody to be put in charge of a workspace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceAdminPost {
    /// His address. One that has an account keeps its names and its password.
    email: Email,
    /// Given name.
    firstname: Name,
    /// Family name.
    lastname: Name,
    /// The password of an account to be made; without one he is invited.
    password: Option<Password>,
}

impl From<WorkspaceAdminPost> for NameAdmin {
    fn from(post: WorkspaceAdminPost) -> Self {
        let WorkspaceAdminPost { email, firstname, lastname, password } = post;
        Self { email, firstname, lastname, password }
    }
}

/// Make a workspace
///
/// An address that has an account becomes its admin; another one is invited, or has an account made where a password is
/// sent.
#[utoipa::path(
    post,
    path = "/workspaces",
    tag = "platform",
    request_body = WorkspacePost,
    responses((status = 201, body = WorkspaceMadeView), Limited, Problems)
)]
pub async fn create_workspace(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<WorkspacePost>,
) -> Result<Answer<WorkspaceMadeView>, Problem> {
    let command = MakeWorkspace { prefix: post.prefix, name: post.name, admin: post.admin.into() };
    let made = kernel.make_workspace(&request, command).await?;
    Ok(Answer::created(made.map(WorkspaceMadeView::from)).secret())
}
