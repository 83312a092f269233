//! What projects were made from, and with which view presets people look at them.

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
        execute(manager, TABLES).await?;
        execute(manager, DIRECTORY).await?;
        for table in ["view_choice", "project_template"] {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

/// Presets and templates are named as their artifacts are. They may be gone, so that nothing refers to them; a package is empty for
/// what is a space's own.
const TABLES: &str = "
create table view_choice (
    workspace_id {uuid} not null,
    project_id {uuid} not null,
    user_id {uuid} not null,
    preset {key},
    version bigint not null,
    primary key (workspace_id, project_id, user_id),
    foreign key (workspace_id, project_id) references project (workspace_id, id) on delete cascade,
    foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id) on delete cascade
);
create index view_choice_by_user on view_choice (workspace_id, user_id);
create table project_template (
    workspace_id {uuid} not null,
    project_id {uuid} not null,
    package {key} not null,
    path {key} not null,
    version_id {uuid} not null,
    primary key (workspace_id, project_id),
    foreign key (workspace_id, project_id) references project (workspace_id, id) on delete cascade
);
create index project_template_by_package on project_template (workspace_id, package, project_id);
";

/// From one exact package to the workspaces with projects that were made from its templates.
const DIRECTORY: &str = "
create table template_directory (
    package {key} not null,
    workspace_id {uuid} not null references workspace (id),
    primary key (package, workspace_id)
);
";
