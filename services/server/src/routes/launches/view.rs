//! Launches and their tokens on the wire.

use chrono::{DateTime, Utc};
use guildhall_context::OsContext;
use guildhall_core::LaunchId;
use guildhall_kernel::{AccessToken, Launched, Redeemed, TOKEN_LIFETIME};
use serde::Serialize;
use utoipa::ToSchema;

/// A launch, as the user who made it sees it this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaunchView {
    /// The launch's id.
    id: LaunchId,
    /// Where the product opens. Only a `LINK` product's ends in `#launch_code=` and the code; all others carry neither code
    /// nor token.
    url: String,
    /// What the product is told: the context object of the Open OS contract.
    #[schema(value_type = Object)]
    context: OsContext,
    /// The one-time code for the product's back end.
    launch_code: String,
    /// When the code stops being good.
    expires_at: DateTime<Utc>,
}

impl From<Launched> for LaunchView {
    fn from(launched: Launched) -> Self {
        let Launched { launch, url, context, code } = launched;
        Self { id: launch.id, url, context, launch_code: code.reveal(), expires_at: launch.expires_at }
    }
}

/// A token for a product that runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaunchTokenView {
    /// The token, an RS256 JWT whose audience is the product.
    access_token: String,
    /// How many seconds it lives.
    expires_in: i64,
}

impl From<AccessToken> for LaunchTokenView {
    fn from(token: AccessToken) -> Self {
        Self { access_token: token.text, expires_in: TOKEN_LIFETIME.num_seconds() }
    }
}

/// What a product's back end learns of a launch, this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedeemedView {
    /// The context object, built as the code was redeemed: the one to trust.
    #[schema(value_type = Object)]
    context: OsContext,
    /// A token for the user in the product.
    access_token: String,
    /// How many seconds it lives.
    expires_in: i64,
}

impl From<Redeemed> for RedeemedView {
    fn from(redeemed: Redeemed) -> Self {
        let LaunchTokenView { access_token, expires_in } = redeemed.token.into();
        Self { context: redeemed.context, access_token, expires_in }
    }
}
