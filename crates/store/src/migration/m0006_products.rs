//! The product catalogue, who may use it, and launches.

use sea_orm::{DbErr, DeriveMigrationName};
use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait};

use super::dialect::{Sharing, execute, secure};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All of it or nothing, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, CATALOGUE).await?;
        execute(manager, OFFERS).await?;
        execute(manager, USE).await?;
        for table in ["product", "product_version", "product_role", "product_mapping", "product_offer"] {
            secure(manager, table, Sharing::SystemReadable).await?;
        }
        secure(manager, "product_offer_workspace", Sharing::NamedReadable("offered_to")).await?;
        for table in ["product_switch", "launch"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// Versions, roles and mappings live where their product lives.
const CATALOGUE: &str = "
create table product (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    name {key} not null,
    description text,
    category text,
    owner text,
    version bigint not null,
    created_at {time} not null,
    primary key (workspace_id, id)
);
create index product_by_name on product (workspace_id, name, id);
create table product_version (
    workspace_id {uuid} not null,
    id {uuid} not null,
    product_id {uuid} not null,
    name text not null,
    kind text not null,
    entry_url text not null,
    slug text not null,
    required_context {json} not null,
    roles {json} not null,
    uses_open_authorization boolean not null,
    config_schema {json},
    config {json} not null,
    state text not null,
    published_at {time},
    version bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, product_id, id),
    foreign key (workspace_id, product_id) references product (workspace_id, id)
);
create index product_version_by_state on product_version (workspace_id, state, id);
create table product_role (
    workspace_id {uuid} not null,
    id {uuid} not null,
    product_id {uuid} not null,
    code {key} not null,
    primary key (workspace_id, id),
    unique (workspace_id, product_id, code),
    foreign key (workspace_id, product_id) references product (workspace_id, id)
);
create table product_mapping (
    workspace_id {uuid} not null,
    product_id {uuid} not null,
    code {key} not null,
    role_id {uuid} not null,
    meta_roles {json} not null,
    primary key (workspace_id, product_id, code),
    foreign key (workspace_id, product_id, code) references product_role (workspace_id, product_id, code),
    foreign key (workspace_id, role_id) references product_role (workspace_id, id)
);
";

/// An offer to everybody is one row; an offer to a list is one row for each workspace on it, which reads that row alone.
/// Only the System space offers.
const OFFERS: &str = "
create table product_offer (
    workspace_id {uuid} not null check (workspace_id = {system}),
    product_id {uuid} not null,
    primary key (workspace_id, product_id),
    foreign key (workspace_id, product_id) references product (workspace_id, id)
);
create table product_offer_workspace (
    workspace_id {uuid} not null check (workspace_id = {system}),
    product_id {uuid} not null,
    offered_to {uuid} not null references workspace (id),
    primary key (workspace_id, product_id, offered_to),
    foreign key (workspace_id, product_id) references product (workspace_id, id)
);
create index product_offer_workspace_by_workspace on product_offer_workspace (workspace_id, offered_to, product_id);
";

/// A product that a workspace uses is its own or the System's.
const USE: &str = "
create table product_switch (
    workspace_id {uuid} not null references workspace (id),
    product_id {uuid} not null,
    product_home {uuid} not null check (product_home = workspace_id or product_home = {system}),
    available boolean not null,
    primary key (workspace_id, product_id),
    foreign key (product_home, product_id) references product (workspace_id, id)
);
create table launch (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    code_hash {bytes} not null,
    user_id {uuid} not null references app_user (id),
    session_id {uuid} not null references session (id),
    product_home {uuid} not null check (product_home = workspace_id or product_home = {system}),
    product_id {uuid} not null,
    product_version_id {uuid} not null,
    project_id {uuid},
    item_id {uuid},
    node_id {uuid},
    created_at {time} not null,
    expires_at {time} not null,
    redeemed_at {time},
    primary key (workspace_id, id),
    unique (workspace_id, code_hash),
    foreign key (product_home, product_id, product_version_id) references product_version (workspace_id, product_id, id),
    foreign key (workspace_id, node_id) references node (workspace_id, id)
);
";
