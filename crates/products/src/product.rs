//! Products: the applications that are registered with the platform.

use chrono::{DateTime, Utc};
use guildhall_core::{Name, ProductId, RowVersion, Text, WorkspaceId};
use serde::Serialize;

/// An application registered with the platform. What it runs, needs and knows stands in its versions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Product {
    /// The product's id.
    pub id: ProductId,
    /// The space it lives in: the System space or one workspace. It never moves.
    pub home: WorkspaceId,
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The shelf of the marketplace that it stands on.
    pub category: Option<Name>,
    /// The team or vendor that answers for it.
    pub owner: Option<Name>,
    /// Counts the changes of this row.
    pub version: RowVersion,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

impl Product {
    /// Whether it lives in the System space, from where it may be offered to workspaces.
    pub fn is_shared(&self) -> bool {
        self.home.is_system()
    }
}
