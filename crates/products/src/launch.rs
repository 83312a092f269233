//! Launches: one user opens one product somewhere, and the product's back end learns of it once.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_core::{
    ItemId, LaunchId, NodeId, ProductId, ProductVersionId, ProjectId, SecretHash, SessionId, UserId,
    WorkspaceId,
};
use serde::Serialize;

use crate::ProductsError;

/// One launch of a product version, and the one-time code that its back end redeems.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Launch {
    /// The launch's id.
    pub id: LaunchId,
    /// The hash of the one-time code. The code itself is in the answer to the launch alone.
    #[serde(skip)]
    pub code_hash: SecretHash,
    /// Who launched it.
    pub user_id: UserId,
    /// The session in which he launched it. What the launch gives the product ends with it.
    #[serde(skip)]
    pub session_id: SessionId,
    /// The product, which alone may redeem it.
    pub product_id: ProductId,
    /// The version that was launched.
    pub product_version_id: ProductVersionId,
    /// The space that the product lives in.
    pub product_home: WorkspaceId,
    /// The project it was launched from.
    pub project_id: Option<ProjectId>,
    /// The item of that project it was launched from.
    pub item_id: Option<ItemId>,
    /// The node it was launched on, outside projects.
    pub node_id: Option<NodeId>,
    /// When it was launched.
    pub created_at: DateTime<Utc>,
    /// When the code stops being good.
    pub expires_at: DateTime<Utc>,
    /// When the code was used.
    pub redeemed_at: Option<DateTime<Utc>>,
}

impl Launch {
    /// How long a launch code is good for.
    pub const LIFETIME: TimeDelta = TimeDelta::seconds(60);

    /// The launch with its code used up. The store decides between two that try at once.
    ///
    /// # Errors
    ///
    /// [`ProductsError::LaunchRedeemed`] the second time, [`ProductsError::LaunchExpired`] from `expires_at` on.
    pub fn redeem(self, now: DateTime<Utc>) -> Result<Self, ProductsError> {
        if self.redeemed_at.is_some() {
            return Err(ProductsError::LaunchRedeemed);
        }
        if now >= self.expires_at {
            return Err(ProductsError::LaunchExpired);
        }
        Ok(Self { redeemed_at: Some(now), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_code_is_good_once() {
        let launch = testing::launch(1);
        let now = launch.created_at;

        let redeemed = launch.redeem(now).unwrap();

        assert_eq!(redeemed.redeemed_at, Some(now));
        assert!(matches!(redeemed.redeem(now), Err(ProductsError::LaunchRedeemed)));
    }

    #[test]
    fn a_code_is_good_until_a_minute_has_passed() {
        let launch = testing::launch(1);
        let end = launch.created_at + TimeDelta::seconds(60);

        assert!(launch.clone().redeem(end - TimeDelta::microseconds(1)).is_ok());
        assert!(matches!(launch.redeem(end), Err(ProductsError::LaunchExpired)));
    }

    #[test]
    fn a_launch_is_written_without_its_code() {
        let wire = serde_json::to_value(testing::launch(1)).unwrap();

        assert!(wire.get("code_hash").is_none());
        assert!(wire.get("expires_at").is_some());
    }
}
