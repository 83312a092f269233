//! Adding somebody to a project.

use axum::extract::State;
use guildhall_core::{Email, MetaRoleCode, ProjectId, UserId};
use guildhall_kernel::{AddProjectMember, Kernel, NamedPerson, Outcome};
use guildhall_orchestration::ProjectRole;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::AddedProjectMemberView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Fault, Limited, Problem, Problems},
};

/// Somebody to add to a project, by id or by address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectMemberPost {
    /// The user's id.
    user_id: Option<UserId>,
    /// His address.
    email: Option<Email>,
    /// What he is to be.
    role: ProjectRole,
    /// The meta roles that he is to have besides the one that the role implies. Some are given by the workspace's admins
    /// alone.
    #[serde(default)]
    #[schema(max_items = 100)]
    meta_roles: Vec<MetaRoleCode>,
}

impl ProjectMemberPost {
    fn named(&self) -> Result<NamedPerson, Problem> {
        let detail = match (self.user_id, &self.email) {
            (Some(id), None) => return Ok(NamedPerson::User(id)),
            (None, Some(email)) => return Ok(NamedPerson::Email(email.clone())),
            (None, None) => "name the person by `user_id` or by `email`",
            (Some(_), Some(_)) => "name the person by `user_id` or by `email`, not by both",
        };
        let fault = |pointer: &str| Fault { pointer: pointer.to_owned(), detail: detail.to_owned() };
        Err(Problem::invalid_request(vec![fault("/user_id"), fault("/email")]))
    }
}

/// Add somebody to a project
///
/// A member of the workspace is added at once and holds what his role gives with the next request. Another address is
/// invited as `EXTERNAL`, where the caller may invite; it joins the project when it accepts.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/members",
    tag = "project members",
    params(("project_id" = Uuid, Path)),
    request_body = ProjectMemberPost,
    responses((status = 201, body = AddedProjectMemberView), Limited, Problems)
)]
pub async fn add_project_member(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Json(post): Json<ProjectMemberPost>,
) -> Result<Answer<AddedProjectMemberView>, Problem> {
    let named = post.named()?;
    let command = AddProjectMember { named, role: post.role, meta_roles: post.meta_roles };
    let added = kernel.add_project_member(&request, project, command).await?;
    let version = added.shown.version;
    Ok(Answer::created(Outcome::Done(AddedProjectMemberView::from(added))).tagged(version).secret())
}
