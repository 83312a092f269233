//! An API key on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{ApiKeyId, Name, PermissionCode};
use guildhall_identity::ApiKey;
use guildhall_kernel::{ApiKeyMade, code};
use serde::Serialize;
use utoipa::ToSchema;

/// A key by which a program acts for its user in this workspace.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiKeyView {
    /// The key's id.
    pub id: ApiKeyId,
    /// What its user calls it.
    pub name: Name,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// An API key with the secret that it was just given.
#[derive(Serialize, ToSchema)]
pub struct ApiKeySecretView {
    /// The key's id.
    pub id: ApiKeyId,
    /// What a program sends as `Authorization: Bearer`. Shown this once.
    pub key: String,
    /// What its user calls it.
    pub name: Name,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl From<ApiKey> for ApiKeyView {
    fn from(key: ApiKey) -> Self {
        let ApiKey { id, user_id: _, name, read_only, secret_hash: _, created_at, expires_at } = key;
        // Nobody sees another's key, and its user may always end it.
        let permissions = vec![code::API_KEY_CREATE];
        Self { id, name, read_only, created_at, expires_at, permissions }
    }
}

impl From<ApiKeyMade> for ApiKeySecretView {
    fn from(made: ApiKeyMade) -> Self {
        let secret = made.reveal();
        let ApiKeyView { id, name, read_only, created_at, expires_at, permissions } = made.key.into();
        Self { id, key: secret, name, read_only, created_at, expires_at, permissions }
    }
}
