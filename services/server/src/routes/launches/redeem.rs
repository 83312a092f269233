//! Redeeming a launch's one-time code.

use axum::extract::State;
use guildhall_kernel::Kernel;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::RedeemedView;
use crate::{
    answer::Answer,
    extract::{Asked, Json},
    problem::{Problem, Problems},
};

/// A code to redeem.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchRedeemPost {
    /// The one-time code that the product was launched with.
    #[schema(min_length = 1, max_length = 200)]
    launch_code: String,
}

/// Redeem a launch code
///
/// For the product's own service account, on any host: the workspace is the code's. A code is good once. A wrong code and
/// another product's are answered alike.
#[utoipa::path(
    post,
    path = "/launches/redeem",
    tag = "launches",
    request_body = LaunchRedeemPost,
    responses((status = 200, body = RedeemedView), Problems)
)]
pub async fn redeem_launch(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Json(post): Json<LaunchRedeemPost>,
) -> Result<Answer<RedeemedView>, Problem> {
    let redeemed = kernel.redeem_launch(&request, &post.launch_code).await?;
    Ok(Answer::of(redeemed.into()).secret())
}
