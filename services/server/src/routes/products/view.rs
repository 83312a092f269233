//! A product on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Name, PermissionCode, ProductId, ProductVersionId, Text};
use guildhall_kernel::ProductShown;
use serde::Serialize;
use utoipa::ToSchema;

/// A product, and what the reader may do with it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProductView {
    /// The product's id.
    pub id: ProductId,
    /// Its name.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The shelf of the marketplace that it stands on.
    pub category: Option<Name>,
    /// The team or vendor that answers for it.
    pub owner: Option<Name>,
    /// Where it lives, which is where it is changed.
    pub home: Home,
    /// The version that new items take; `null` where none is in use.
    pub newest_version_id: Option<ProductVersionId>,
    /// Whether it can be used here: it was published, is offered here, and is not switched off.
    pub available: bool,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// The space that a product lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Home {
    /// The System space, which offers it to workspaces.
    System,
    /// This workspace.
    Workspace,
}

impl From<ProductShown> for ProductView {
    fn from(shown: ProductShown) -> Self {
        let ProductShown { product, newest, available, permissions } = shown;
        Self {
            id: product.id,
            home: if product.is_shared() { Home::System } else { Home::Workspace },
            name: product.name,
            description: product.description,
            category: product.category,
            owner: product.owner,
            newest_version_id: newest.map(|version| version.id),
            available,
            created_at: product.created_at,
            permissions,
        }
    }
}
