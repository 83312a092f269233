//! A service account on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Name, PermissionCode, ProductId, ServiceAccountId};
use guildhall_identity::ServiceAccountKind;
use guildhall_kernel::{ServiceAccountMade, ServiceAccountShown};
use serde::Serialize;
use utoipa::ToSchema;

/// A service account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServiceAccountView {
    /// The account's id.
    pub id: ServiceAccountId,
    /// What it signs in as at `/oauth/token`.
    pub client_id: ServiceAccountId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub kind: ServiceAccountKind,
    /// The product of a `PRODUCT` account.
    pub product_id: Option<ProductId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// A service account with the client secret that it was just given.
#[derive(Serialize, ToSchema)]
pub struct ServiceAccountSecretView {
    /// The account's id.
    pub id: ServiceAccountId,
    /// What it signs in as at `/oauth/token`.
    pub client_id: ServiceAccountId,
    /// What it signs in with. Shown this once.
    pub client_secret: String,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub kind: ServiceAccountKind,
    /// The product of a `PRODUCT` account.
    pub product_id: Option<ProductId>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl From<ServiceAccountShown> for ServiceAccountView {
    fn from(shown: ServiceAccountShown) -> Self {
        let ServiceAccountShown { account, permissions } = shown;
        Self {
            id: account.id,
            client_id: account.id,
            name: account.name,
            kind: account.kind,
            product_id: account.product_id,
            created_at: account.created_at,
            permissions,
        }
    }
}

impl From<ServiceAccountMade> for ServiceAccountSecretView {
    fn from(made: ServiceAccountMade) -> Self {
        let ServiceAccountView { id, client_id, name, kind, product_id, created_at, permissions } =
            made.shown.into();
        let client_secret = made.secret.reveal();
        Self { id, client_id, client_secret, name, kind, product_id, created_at, permissions }
    }
}
