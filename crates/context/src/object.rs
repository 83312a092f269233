//! The context object as it goes over the wire; docs/open-os-contract.md states its shape for readers.
//!
//! A field that skips when it is `None` is absent when unset; every other unset value is `null`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use guildhall_core::{
    AccountId, Email, ItemId, Name, PermissionCode, PhaseId, ProductId, ProductVersionId, ProjectId, UserId,
    WorkspaceId,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{ItemKind, Theme};

#[cfg(test)]
mod tests;

/// What a launched product is told about where it runs and for whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OsContext {
    /// The route in the shell where the product runs, without a leading slash.
    pub base_url: String,
    /// The workspace.
    pub tenant: Tenant,
    /// The node launched on and its path, with the workspace as its root.
    pub hierarchy: Hierarchy,
    /// Deprecated twin of `hierarchy` without the workspace; `None` when launched on the workspace itself.
    pub workspace: Option<Hierarchy>,
    /// The project launched from; `None` outside projects.
    pub project: Option<LaunchedProject>,
    /// Ids of the project and the item launched from; empty outside projects.
    pub additional: Additional,
    /// The user's codes of this product on the organisation account, sorted.
    pub permissions: BTreeSet<PermissionCode>,
    /// The user.
    pub user_details: UserDetails,
    /// The product version, and what it was launched from.
    pub app_instance: AppInstance,
    /// The configuration of this launch.
    pub custom_config: Map<String, Value>,
    /// The shell's menu.
    pub navigation_tree: NavigationTree,
    /// The styles to use.
    pub theme: Theme,
    /// Always equal to `theme`; kept for products that read this key.
    pub original_theme: Theme,
}

/// The workspace of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// Its id.
    pub id: WorkspaceId,
    /// Its account.
    pub az_id: AccountId,
    /// The account of its organisation.
    pub organisation_az_id: AccountId,
    /// Its name.
    pub name: Name,
}

/// A path through the hierarchy, keyed by account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hierarchy {
    /// The account launched on, which is a key of `mapping`.
    pub az_id: AccountId,
    /// That account's entry and all above it.
    pub mapping: BTreeMap<AccountId, HierarchyItem>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HierarchyItem {
    /// Its account.
    pub az_id: AccountId,
    /// The account above it in the same mapping; `None` on the mapping's root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_az_id: Option<AccountId>,
    /// Its name.
    pub name: Name,
    /// What it is.
    #[serde(rename = "type")]
    pub item_type: HierarchyItemType,
    /// The workspace's own name of a custom level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_type_name: Option<Name>,
    /// Its id in the agency's master data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub md_id: Option<Name>,
    /// What it is filed under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Name>,
}

/// What one step of a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HierarchyItemType {
    /// The workspace.
    Tenant,
    /// A client of the agency.
    Client,
    /// A market.
    Market,
    /// A brand.
    Brand,
    /// A level that the workspace named itself.
    Custom,
}

/// The project of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchedProject {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: Name,
    /// Its account, which a product asks about for what holds in the project.
    pub az_id: AccountId,
    /// The item launched from, alone; empty where the product was launched from the project as a whole.
    pub items: Vec<ProjectItem>,
}

/// The item of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProjectItem {
    /// Its id.
    pub id: ItemId,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ItemKind,
    /// Its name.
    pub name: Name,
}

/// Ids of the project and the item launched from. The default, outside projects, is `{}` on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Additional {
    /// The project's account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_az_id: Option<AccountId>,
    /// The phase that the item stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_id: Option<PhaseId>,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<ItemId>,
    /// What the item is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_type: Option<ItemKind>,
}

/// The user of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDetails {
    /// The user's id.
    pub id: UserId,
    /// First name.
    pub firstname: Name,
    /// Last name.
    pub lastname: Name,
    /// Login identity.
    pub email: Email,
    /// The agency that the user works for.
    pub agency: Option<Name>,
    /// The country that the user works in.
    pub country: Option<Name>,
    /// The department.
    pub department: Option<Name>,
    /// What the user does there.
    pub job_title: Option<Name>,
    /// Where the user sits.
    pub office_location: Option<Name>,
    /// The language that the user reads, as a BCP 47 tag.
    pub display_language: Option<Name>,
}

/// The product version of a launch, and what it was launched from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AppInstance {
    /// What tells this instance from others of the same product.
    pub id: AppInstanceId,
    /// The product's id.
    pub product_id: ProductId,
    /// The product's name.
    pub product_name: Name,
    /// The version's id.
    pub version_id: ProductVersionId,
    /// The version's name.
    pub version_name: Name,
    /// The last part of the version's route in the shell.
    pub slug: String,
}

/// What tells one instance of a product from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum AppInstanceId {
    /// Launched from this item.
    Item(ItemId),
    /// Launched without an item.
    Version(ProductVersionId),
}

impl fmt::Display for AppInstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(id) => id.fmt(f),
            Self::Version(id) => id.fmt(f),
        }
    }
}

/// The shell's menu. The default is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NavigationTree {
    /// Its entries, from top to bottom.
    pub items: Vec<NavigationItem>,
}

/// One entry of the shell's menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NavigationItem {
    /// Unique within the menu.
    pub id: String,
    /// What the user reads.
    pub label: Name,
    /// Where it leads; `None` for a mere heading.
    pub href: Option<String>,
    /// The entries below it.
    pub children: Vec<NavigationItem>,
}
