//! Artifacts: versions, what stands in which layer, history, drafts, reviews; packages and who may have them.

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
        for tables in [PACKAGES, ARTIFACTS, WORK, DIRECTORY] {
            execute(manager, tables).await?;
        }
        for table in [
            "artifact",
            "artifact_version",
            "artifact_generation",
            "package_version",
            "package_deployment",
            "package_offer",
        ] {
            secure(manager, table, Sharing::SystemReadable).await?;
        }
        for table in ["package_offer_workspace", "package_delegation"] {
            secure(manager, table, Sharing::NamedReadable("named_workspace_id")).await?;
        }
        for table in ["artifact_change", "artifact_draft", "artifact_review", "artifact_secret"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// An uploaded package is kept as it came. It may be deployed where it was uploaded, and from System in a workspace. Only the
/// System space offers and delegates; in a delegation, `*` is every package.
const PACKAGES: &str = "
create table package_version (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    package {key} not null,
    version {key} not null,
    digest {key} not null,
    manifest text not null,
    archive {bytes} not null,
    uploaded_by {uuid} not null,
    uploaded_at {time} not null,
    primary key (workspace_id, id),
    unique (workspace_id, package, version)
);
create table package_deployment (
    workspace_id {uuid} not null references workspace (id),
    package {key} not null,
    package_home {uuid} not null check (package_home = workspace_id or package_home = {system}),
    package_version_id {uuid} not null,
    version {key} not null,
    digest {key} not null,
    manifest text not null,
    generation bigint not null,
    deployed_at {time} not null,
    primary key (workspace_id, package),
    foreign key (package_home, package_version_id) references package_version (workspace_id, id)
);
create table package_offer (
    workspace_id {uuid} not null check (workspace_id = {system}),
    package {key} not null,
    offer text not null check (offer in ('ALL', 'LIST', 'NONE')),
    primary key (workspace_id, package)
);
create table package_offer_workspace (
    workspace_id {uuid} not null check (workspace_id = {system}),
    package {key} not null,
    named_workspace_id {uuid} not null references workspace (id),
    primary key (workspace_id, package, named_workspace_id),
    foreign key (workspace_id, package) references package_offer (workspace_id, package)
);
create table package_delegation (
    workspace_id {uuid} not null check (workspace_id = {system}),
    named_workspace_id {uuid} not null references workspace (id),
    package {key} not null,
    primary key (workspace_id, named_workspace_id, package)
);
";

/// A content is text and no document of the database's, so that it is the same to the byte in both, and its hash with it. A row of
/// `artifact` repeats what lists show of its version, so that they need no second table.
const ARTIFACTS: &str = "
create table artifact_generation (
    workspace_id {uuid} not null primary key references workspace (id),
    generation bigint not null
);
create table artifact_version (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    number bigint not null,
    content text not null,
    content_hash {bytes} not null,
    locked text not null,
    schema_version bigint not null,
    title text not null,
    enabled boolean not null,
    base_home {uuid} check (base_home = workspace_id or base_home = {system}),
    base_version_id {uuid},
    base_hash {bytes},
    origin text not null,
    package_version_id {uuid},
    author_kind text not null,
    author_id {uuid} not null,
    way_in text not null,
    author_workspace_id {uuid},
    at {time} not null,
    primary key (workspace_id, id),
    foreign key (base_home, base_version_id) references artifact_version (workspace_id, id),
    check ((base_home is null) = (base_version_id is null)),
    check ((base_home is null) = (base_hash is null))
);
create index artifact_version_by_key on artifact_version (workspace_id, kind, package, path, number);
create table artifact (
    workspace_id {uuid} not null references workspace (id),
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    layer smallint not null check (layer between 0 and 3),
    generation bigint not null,
    state text not null check (state in ('LIVE', 'HIDDEN', 'GONE')),
    version_id {uuid},
    number bigint,
    content_hash {bytes},
    title text,
    enabled boolean,
    base_home {uuid},
    base_version_id {uuid},
    base_hash {bytes},
    origin text,
    at {time},
    primary key (workspace_id, kind, package, path, layer),
    foreign key (workspace_id, version_id) references artifact_version (workspace_id, id),
    check (state <> 'LIVE' or version_id is not null),
    check ((layer = 0) = (workspace_id = {system}))
);
create index artifact_by_package on artifact (workspace_id, package, layer, kind, path);
";

const WORK: &str = "
create table artifact_change (
    workspace_id {uuid} not null references workspace (id),
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    generation bigint not null,
    layer smallint not null,
    act text not null,
    before_version_id {uuid},
    after_version_id {uuid},
    author_kind text not null,
    author_id {uuid} not null,
    way_in text not null,
    author_workspace_id {uuid},
    at {time} not null,
    primary key (workspace_id, kind, package, path, generation, layer)
);
create table artifact_draft (
    workspace_id {uuid} not null references workspace (id),
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    act text not null,
    content text,
    base_home {uuid} check (base_home = workspace_id or base_home = {system}),
    base_version_id {uuid},
    base_hash {bytes},
    published_at bigint not null,
    version bigint not null,
    author_kind text not null,
    author_id {uuid} not null,
    way_in text not null,
    author_workspace_id {uuid},
    at {time} not null,
    primary key (workspace_id, kind, package, path),
    check ((act = 'PUBLISH') = (content is not null))
);
create table artifact_review (
    workspace_id {uuid} not null references workspace (id),
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    layer smallint not null,
    base_version_id {uuid},
    ours_version_id {uuid} not null,
    theirs_version_id {uuid} not null,
    state text not null,
    edits text not null,
    deferred boolean not null,
    author_kind text not null,
    author_id {uuid} not null,
    way_in text not null,
    author_workspace_id {uuid},
    at {time} not null,
    primary key (workspace_id, kind, package, path, layer)
);
create index artifact_change_by_generation on artifact_change (workspace_id, generation);
create table artifact_secret (
    workspace_id {uuid} not null references workspace (id),
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    pointer {key} not null,
    sealed {bytes} not null,
    primary key (workspace_id, kind, package, path, pointer)
);
";

/// From one exact key to the workspaces that have an override there, and from one package to those that have deployed what
/// requires it.
const DIRECTORY: &str = "
create table override_directory (
    kind {key} not null,
    package {key} not null,
    path {key} not null,
    workspace_id {uuid} not null references workspace (id),
    primary key (kind, package, path, workspace_id)
);
create table requirement_directory (
    package {key} not null,
    workspace_id {uuid} not null references workspace (id),
    required_by {key} not null,
    primary key (package, workspace_id, required_by)
);
";
