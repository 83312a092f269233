//! Asking why.

use axum::extract::State;
use guildhall_authz::SpelledPermission;
use guildhall_core::{AccountId, UserId};
use guildhall_kernel::{ExplainPermission, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ExplanationView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A question about one permission.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainPost {
    /// About whom.
    user_id: UserId,
    /// On which account.
    account_id: AccountId,
    /// Which permission; `<product id>/<CODE>` where several products spell the code.
    permission: SpelledPermission,
}

/// Explain a permission
///
/// Why a user has it on an account, or why not. About oneself everybody may ask; about other members whoever holds
/// `ROLE_READ` on the account, which is recorded. What one may not ask is answered like what is not there.
#[utoipa::path(
    post,
    path = "/permissions/explain",
    tag = "permissions",
    request_body = ExplainPost,
    responses((status = 200, body = ExplanationView), Problems)
)]
pub async fn explain_permission(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<ExplainPost>,
) -> Result<Answer<ExplanationView>, Problem> {
    let ExplainPost { user_id, account_id, permission } = post;
    let question = ExplainPermission { user_id, account_id, permission };
    Ok(Answer::of(kernel.explain_permission(&request, &question).await?.into()))
}
