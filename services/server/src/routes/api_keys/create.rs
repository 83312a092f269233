//! Making an API key.

use axum::extract::State;
use chrono::{DateTime, Utc};
use guildhall_core::Name;
use guildhall_kernel::{CreateApiKey, Kernel, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ApiKeySecretView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// An API key to make for oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyPost {
    /// What the user calls it.
    name: Name,
    /// Whether it changes nothing.
    #[serde(default)]
    read_only: bool,
    /// When it ends by itself; absent for a key that does not.
    expires_at: Option<DateTime<Utc>>,
}

/// Make an API key
///
/// A program that sends it as `Authorization: Bearer` does in this workspace what its user may do, but for making
/// credentials. Its secret is in this answer alone.
#[utoipa::path(
    post,
    path = "/api-keys",
    tag = "api-keys",
    request_body = ApiKeyPost,
    responses((status = 201, body = ApiKeySecretView), Problems)
)]
pub async fn create_api_key(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ApiKeyPost>,
) -> Result<Answer<ApiKeySecretView>, Problem> {
    let command = CreateApiKey { name: post.name, read_only: post.read_only, expires_at: post.expires_at };
    let made = kernel.create_api_key(&request, command).await?;
    Ok(Answer::created(Outcome::Done(made.into())).secret())
}
