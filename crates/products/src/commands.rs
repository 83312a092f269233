//! What callers hand in.

use std::collections::BTreeSet;

use guildhall_core::{
    ItemId, Link, MetaRoleCode, Name, NodeId, PermissionCode, ProductVersionId, ProjectId, RoleCode,
    SessionId, Text, UserId,
};
use serde_json::{Map, Value};

use crate::{EntryKind, Requirement, RoleDefinition, Slug, UrlRules};

/// A new product.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProduct {
    /// What people call it.
    pub name: Name,
    /// What it is for.
    pub description: Option<Text>,
    /// The shelf of the marketplace that it stands on.
    pub category: Option<Name>,
    /// The team or vendor that answers for it.
    pub owner: Option<Name>,
}

/// Changes to a product; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateProduct {
    /// A new name.
    pub name: Option<Name>,
    /// A new description, or none any more.
    pub description: Option<Option<Text>>,
    /// A new category, or none any more.
    pub category: Option<Option<Name>>,
    /// A new owner, or none any more.
    pub owner: Option<Option<Name>>,
}

/// A new version, which begins as a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateVersion {
    /// What people call this version.
    pub name: Name,
    /// How it runs.
    pub kind: EntryKind,
    /// The URL of its page or bundle.
    pub entry_url: Link,
    /// The readable part of its route in the shell.
    pub slug: Slug,
    /// What must be there where it is launched.
    pub required_context: Vec<Requirement>,
    /// The product's roles as this version knows them.
    pub roles: Vec<RoleDefinition>,
    /// Whether it leaves it to the platform to say who may do what.
    pub uses_open_authorization: bool,
    /// The JSON Schema that the configuration keeps to.
    pub config_schema: Option<Value>,
    /// The custom configuration.
    pub config: Map<String, Value>,
}

/// Changes to a version; what is `None` stays. Once it is published, only name and configuration may differ from before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateVersion {
    /// A new name.
    pub name: Option<Name>,
    /// Another way to run.
    pub kind: Option<EntryKind>,
    /// Another page or bundle.
    pub entry_url: Option<Link>,
    /// Another slug.
    pub slug: Option<Slug>,
    /// Other requirements, in place of all before.
    pub required_context: Option<Vec<Requirement>>,
    /// Other roles, in place of all before.
    pub roles: Option<Vec<RoleDefinition>>,
    /// Whether it leaves it to the platform to say who may do what.
    pub uses_open_authorization: Option<bool>,
    /// A JSON merge patch (RFC 7396) of the schema, or none any more.
    pub config_schema: Option<Option<Value>>,
    /// A JSON merge patch (RFC 7396) of the configuration, or an empty one again.
    pub config: Option<Option<Map<String, Value>>>,
}

/// What the platform says a version must keep to.
#[derive(Debug, Clone, Copy)]
pub struct VersionRules<'a> {
    /// Where it may be served from.
    pub urls: &'a UrlRules,
    /// The platform's own permission codes, which no product may spell.
    pub reserved: &'a BTreeSet<PermissionCode>,
    /// The meta roles that there are.
    pub meta_roles: &'a BTreeSet<MetaRoleCode>,
}

/// The meta roles of one product role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRole {
    /// How the product spells the role.
    pub code: RoleCode,
    /// The meta roles that give it; empty where none does.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// Where and by whom a version is launched. That he may, and that all of this is there, has been checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateLaunch {
    /// Who launches it.
    pub user_id: UserId,
    /// The session in which he launches it.
    pub session_id: SessionId,
    /// Whether he may publish the product, and thus launch a draft.
    pub publishes: bool,
    /// The project it is launched from.
    pub project_id: Option<ProjectId>,
    /// The item of that project it is launched from.
    pub item: Option<LaunchItem>,
    /// The node it is launched on, outside projects.
    pub node_id: Option<NodeId>,
}

/// The item that a product is launched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaunchItem {
    /// The item.
    pub id: ItemId,
    /// The version that the item holds; `None` where it holds no application.
    pub product_version_id: Option<ProductVersionId>,
}
