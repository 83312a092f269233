//! Mocks of the ports, a store in memory, and test data.

mod memory;
mod mock;

use std::{collections::BTreeSet, fmt::Debug, str::FromStr};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use guildhall_core::{MetaRoleCode, PermissionCode, ProductId, RowVersion, Secret, SecretHash, WorkspaceId};
use serde_json::Map;

pub use crate::ports::{
    MockLaunchRepository, MockMappingRepository, MockOfferRepository, MockProductRepository,
    MockProductRoleRepository, MockProductVersionRepository, MockSwitchRepository,
};
pub use memory::MemoryStore;
pub use mock::MockStore;

use crate::{
    AppRole, CreateProduct, CreateVersion, Entry, EntryKind, Launch, Mapping, Product, ProductRole,
    ProductVersion, RoleDefinition, UrlRules, VersionRules, VersionState,
};

const PAGE: &str = "https://board.example.test/";

/// Reads a value that a test spells; a wrong spelling is a fault of the test.
pub fn parsed<T: FromStr<Err: Debug>>(text: &str) -> T {
    match text.parse() {
        Ok(value) => value,
        Err(error) => unreachable!("test data `{text}`: {error:?}"),
    }
}

/// The `n`th id of any kind.
pub fn id<T: FromStr<Err: Debug>>(n: u32) -> T {
    parsed(&format!("00000000-0000-7000-8000-0000{n:08x}"))
}

/// `2026-01-01T00:00:00Z` and some seconds.
pub fn at(seconds: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).single().unwrap_or_default() + TimeDelta::seconds(seconds)
}

/// A workspace that is not the System space.
pub fn workspace(n: u32) -> WorkspaceId {
    id(0xA000 + n)
}

/// Permission codes.
pub fn codes(codes: &[&str]) -> Vec<PermissionCode> {
    codes.iter().map(|code| parsed(code)).collect()
}

/// Meta role codes.
pub fn meta_roles(codes: &[&str]) -> Vec<MetaRoleCode> {
    codes.iter().map(|code| parsed(code)).collect()
}

/// What is said about a new product.
pub fn create_product() -> CreateProduct {
    CreateProduct { name: parsed("Review board"), description: None, category: None, owner: None }
}

/// The `n`th product, which lives in `home`.
pub fn product(n: u32, home: WorkspaceId) -> Product {
    Product {
        id: id(n),
        home,
        name: parsed(&format!("Product {n}")),
        description: None,
        category: None,
        owner: None,
        version: RowVersion::FIRST,
        created_at: at(0),
    }
}

/// The `n`th version, a draft of product 1 of workspace 1 without roles.
pub fn version(n: u32) -> ProductVersion {
    ProductVersion {
        id: id(0x100 + n),
        product_id: id(1),
        home: workspace(1),
        name: parsed(&format!("{n}.0")),
        entry: Entry::Embedded { entry_url: parsed(PAGE) },
        slug: parsed("board"),
        required_context: Vec::new(),
        roles: Vec::new(),
        uses_open_authorization: true,
        config_schema: None,
        config: Map::new(),
        state: VersionState::Draft,
        published_at: None,
        version: RowVersion::FIRST,
    }
}

/// The `n`th version, published `n` seconds after [`at`] 0.
pub fn published(n: u32) -> ProductVersion {
    ProductVersion { state: VersionState::Published, published_at: Some(at(n.into())), ..version(n) }
}

/// What a new version says that breaks no rule of [`TestRules`].
pub fn create_version(roles: Vec<RoleDefinition>) -> CreateVersion {
    CreateVersion {
        name: parsed("1.0"),
        kind: EntryKind::Embedded,
        entry_url: parsed(PAGE),
        slug: parsed("board"),
        required_context: Vec::new(),
        roles,
        uses_open_authorization: true,
        config_schema: None,
        config: Map::new(),
    }
}

/// A role that holds these codes and is mapped to these meta roles.
pub fn role(code: &str, permissions: &[&str], mapped: &[&str]) -> RoleDefinition {
    RoleDefinition {
        code: parsed(code),
        name: parsed(code),
        permissions: codes(permissions),
        meta_roles: meta_roles(mapped),
    }
}

/// A role of a version under the `n`th role id.
pub fn app_role(n: u32, code: &str, permissions: &[&str]) -> AppRole {
    AppRole {
        role_id: id(0x200 + n),
        code: parsed(code),
        name: parsed(code),
        permissions: codes(permissions),
        meta_roles: Vec::new(),
    }
}

/// The `n`th role, of product 1.
pub fn product_role(n: u32, code: &str) -> ProductRole {
    ProductRole { id: id(0x200 + n), product_id: id(1), code: parsed(code) }
}

/// The mapping of the `n`th role, of product 1.
pub fn mapping(n: u32, code: &str, mapped: &[&str]) -> Mapping {
    Mapping { product_id: id(1), role_id: id(0x200 + n), code: parsed(code), meta_roles: meta_roles(mapped) }
}

/// The one-time code of every [`launch`].
pub fn launch_code() -> Secret {
    Secret::new([7; 32])
}

/// The `n`th launch, of version 1 of product 1, made at [`at`] 0.
pub fn launch(n: u32) -> Launch {
    let code_hash: SecretHash = launch_code().hash();
    let product_id: ProductId = id(1);
    Launch {
        id: id(0x300 + n),
        code_hash,
        user_id: id(0x400),
        session_id: id(0x500),
        product_id,
        product_version_id: id(0x101),
        product_home: workspace(1),
        project_id: None,
        item_id: None,
        node_id: None,
        created_at: at(0),
        expires_at: at(0) + Launch::LIFETIME,
        redeemed_at: None,
    }
}

/// The rules of a platform at `https://guildhall.test`, with the permission `PROJECT_READ` and the usual meta roles.
pub struct TestRules {
    urls: UrlRules,
    reserved: BTreeSet<PermissionCode>,
    /// The meta roles that there are.
    pub meta_roles: BTreeSet<MetaRoleCode>,
}

impl Default for TestRules {
    fn default() -> Self {
        Self {
            urls: UrlRules {
                public_url: parsed("https://guildhall.test"),
                base_domain: "guildhall.test".to_owned(),
            },
            reserved: codes(&["PROJECT_READ"]).into_iter().collect(),
            meta_roles: meta_roles(&["PROJECT_OWNER", "PROJECT_CONTRIBUTOR", "PROJECT_VIEWER"])
                .into_iter()
                .collect(),
        }
    }
}

impl TestRules {
    /// The rules as a use case takes them.
    pub fn rules(&self) -> VersionRules<'_> {
        VersionRules { urls: &self.urls, reserved: &self.reserved, meta_roles: &self.meta_roles }
    }
}
