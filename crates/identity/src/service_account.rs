//! Machine identities.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use guildhall_core::{Name, ProductId, SecretHash, ServiceAccountId, UserId, ValueError, WorkspaceId};
use serde::{Deserialize, Serialize};

/// What a service account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ServiceAccountKind {
    /// A product's back end: redeems its launches and asks about its permissions.
    Product,
    /// A service container.
    Container,
    /// A script of the workspace.
    Automation,
}

impl ServiceAccountKind {
    /// As it is spelled on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "PRODUCT",
            Self::Container => "CONTAINER",
            Self::Automation => "AUTOMATION",
        }
    }
}

impl FromStr for ServiceAccountKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text {
            "PRODUCT" => Ok(Self::Product),
            "CONTAINER" => Ok(Self::Container),
            "AUTOMATION" => Ok(Self::Automation),
            _ => Err(ValueError::new("must be PRODUCT, CONTAINER or AUTOMATION")),
        }
    }
}

/// A machine identity with its own grants and nothing of its maker's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceAccount {
    /// The account's id, also its OAuth `client_id`.
    pub id: ServiceAccountId,
    /// The workspace that it belongs to; the System workspace for products of the System space.
    pub home: WorkspaceId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub kind: ServiceAccountKind,
    /// The product of a `PRODUCT` account.
    pub product_id: Option<ProductId>,
    /// The hash of its client secret.
    #[serde(skip)]
    pub secret_hash: SecretHash,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}
