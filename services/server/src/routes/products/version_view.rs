//! A version of a product on the wire.

use chrono::{DateTime, Utc};
use guildhall_core::{Link, MetaRoleCode, Name, PermissionCode, ProductId, ProductVersionId, RoleCode};
use guildhall_kernel::VersionShown;
use guildhall_products::{AppRole, EntryKind, Requirement, RoleDefinition, Slug, VersionState};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A version of a product, and what the reader may do with the product.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProductVersionView {
    /// The version's id.
    pub id: ProductVersionId,
    /// Whose version it is.
    pub product_id: ProductId,
    /// What people call it.
    pub name: Name,
    /// How it runs.
    pub kind: EntryKind,
    /// The URL of its page or bundle.
    pub entry_url: Link,
    /// The readable part of its route in the shell.
    pub slug: Slug,
    /// What must be there where it is launched: levels of the node path, and `PROJECT`.
    pub required_context: Vec<Requirement>,
    /// Whether it leaves it to the platform to say who may do what.
    pub uses_open_authorization: bool,
    /// The product's roles as this version knows them.
    pub roles: Vec<ProductRoleView>,
    /// The JSON Schema that the configuration keeps to.
    #[schema(value_type = Option<Object>)]
    pub config_schema: Option<Value>,
    /// The custom configuration.
    #[schema(value_type = Object)]
    pub config: Map<String, Value>,
    /// How far it has come.
    pub state: VersionState,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// What the reader may do with the product.
    pub permissions: Vec<PermissionCode>,
}

/// A role as one version of a product knows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProductRoleView {
    /// How the product spells the role.
    pub code: RoleCode,
    /// What people call it.
    pub name: Name,
    /// The product's own codes that it holds.
    pub permissions: Vec<PermissionCode>,
    /// The meta roles that it was mapped to when the version was published.
    pub meta_roles: Vec<MetaRoleCode>,
}

/// A role to write down for a version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductRolePost {
    /// How the product spells the role.
    code: RoleCode,
    /// What people call it.
    name: Name,
    /// The product's own codes that it holds; none of the platform's.
    #[serde(default)]
    #[schema(max_items = 200, required = false)]
    permissions: Vec<PermissionCode>,
    /// The meta roles that give it in projects from publication on.
    #[serde(default)]
    #[schema(max_items = 200, required = false)]
    meta_roles: Vec<MetaRoleCode>,
}

impl From<ProductRolePost> for RoleDefinition {
    fn from(post: ProductRolePost) -> Self {
        let ProductRolePost { code, name, permissions, meta_roles } = post;
        Self { code, name, permissions, meta_roles }
    }
}

impl From<AppRole> for ProductRoleView {
    fn from(role: AppRole) -> Self {
        let AppRole { role_id: _, code, name, permissions, meta_roles } = role;
        Self { code, name, permissions, meta_roles }
    }
}

impl From<VersionShown> for ProductVersionView {
    fn from(shown: VersionShown) -> Self {
        let VersionShown { version, permissions } = shown;
        Self {
            id: version.id,
            product_id: version.product_id,
            name: version.name,
            kind: version.entry.kind(),
            entry_url: version.entry.url().clone(),
            slug: version.slug,
            required_context: version.required_context,
            uses_open_authorization: version.uses_open_authorization,
            roles: version.roles.into_iter().map(Into::into).collect(),
            config_schema: version.config_schema,
            config: version.config,
            state: version.state,
            published_at: version.published_at,
            permissions,
        }
    }
}
