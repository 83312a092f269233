//! Checking drafts before they are published.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Serialize;
use utoipa::ToSchema;

use super::named::DraftsPost;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Fault, Problem, Problems},
};

/// What keeps drafts from being published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DraftsCheckView {
    /// What is wrong: each pointer is a draft's kind and path, `#`, and a place in its content. Empty where nothing is.
    faults: Vec<Fault>,
}

/// Check drafts
///
/// Says what would keep them from being published now, and publishes nothing.
#[utoipa::path(
    post,
    path = "/artifact-drafts/check",
    tag = "artifacts",
    request_body = DraftsPost,
    responses((status = 200, body = DraftsCheckView), Problems)
)]
pub async fn check_artifact_drafts(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<DraftsPost>,
) -> Result<Answer<DraftsCheckView>, Problem> {
    let faults = kernel.check_artifact_drafts(&request, post.keys()).await?;
    let faults = faults.into_iter().map(|fault| Fault { pointer: fault.pointer, detail: fault.detail });
    Ok(Answer::of(DraftsCheckView { faults: faults.collect() }))
}
