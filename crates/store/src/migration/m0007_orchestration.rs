//! Projects, their members, and what lies on their boards.

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
        execute(manager, PROJECTS).await?;
        execute(manager, CARDS).await?;
        execute(manager, ASSIGNEES).await?;
        let projects = ["project", "project_member"];
        let cards = ["phase", "item", "task", "phase_assignee", "item_assignee", "task_assignee"];
        for table in projects.into_iter().chain(cards) {
            secure(manager, table, Sharing::Own).await?;
        }
        Ok(())
    }
}

const PROJECTS: &str = "
create table project (
    workspace_id {uuid} not null references workspace (id),
    id {uuid} not null,
    account_id {uuid} not null,
    name text not null,
    name_folded {key} not null,
    description text,
    node_id {uuid},
    start_date {date},
    due_date {date},
    state text not null,
    created_by {uuid} not null references app_user (id),
    created_at {time} not null,
    version bigint not null,
    board_version bigint not null,
    primary key (workspace_id, id),
    unique (workspace_id, account_id),
    foreign key (workspace_id, node_id) references node (workspace_id, id)
);
create index project_by_node on project (workspace_id, node_id, id);
create index project_by_state on project (workspace_id, state, id);
create index project_by_name on project (workspace_id, name_folded, id);
create table project_member (
    workspace_id {uuid} not null,
    project_id {uuid} not null,
    user_id {uuid} not null,
    role text not null,
    added_at {time} not null,
    primary key (workspace_id, project_id, user_id),
    foreign key (workspace_id, project_id) references project (workspace_id, id),
    foreign key (workspace_id, user_id) references workspace_member (workspace_id, user_id)
);
create index project_member_by_user on project_member (workspace_id, user_id);
";

/// Keys that name the project too hold a card to its parent's project. No two cards share a place: moves that do not see each
/// other end in a conflict and never in a doubtful order.
const CARDS: &str = "
create table phase (
    workspace_id {uuid} not null,
    id {uuid} not null,
    project_id {uuid} not null,
    name text not null,
    objective text,
    deliverables text,
    start_date {date},
    due_date {date},
    position {key} not null,
    primary key (workspace_id, id),
    unique (workspace_id, project_id, id),
    unique (workspace_id, project_id, position),
    foreign key (workspace_id, project_id) references project (workspace_id, id)
);
create table item (
    workspace_id {uuid} not null,
    id {uuid} not null,
    project_id {uuid} not null,
    phase_id {uuid} not null,
    kind text not null,
    name text not null,
    description text,
    link text,
    product_workspace_id {uuid},
    product_id {uuid},
    product_version_id {uuid},
    config {json},
    status text not null,
    restored_status text,
    due_date {date},
    position {key} not null,
    primary key (workspace_id, id),
    unique (workspace_id, project_id, id),
    unique (workspace_id, phase_id, position),
    foreign key (workspace_id, project_id, phase_id) references phase (workspace_id, project_id, id),
    foreign key (product_workspace_id, product_id, product_version_id)
        references product_version (workspace_id, product_id, id),
    check (product_workspace_id = workspace_id or product_workspace_id = {system}),
    check ((product_workspace_id is null) = (product_id is null)),
    check ((product_workspace_id is null) = (product_version_id is null)),
    check ((product_workspace_id is null) = (config is null)),
    check (link is null or product_id is null),
    check (kind = 'ACTIVITY' or product_id is not null)
);
create index item_by_status on item (workspace_id, project_id, status);
create index item_with_product on item (workspace_id, project_id, product_id) where product_id is not null;
create index item_by_product_version on item (product_workspace_id, product_id, product_version_id)
    where product_id is not null;
create table task (
    workspace_id {uuid} not null,
    id {uuid} not null,
    project_id {uuid} not null,
    item_id {uuid} not null,
    title text not null,
    description text,
    status text not null,
    restored_status text,
    due_date {date},
    position {key} not null,
    primary key (workspace_id, id),
    unique (workspace_id, project_id, id),
    unique (workspace_id, item_id, position),
    foreign key (workspace_id, project_id, item_id) references item (workspace_id, project_id, id)
);
";

/// Whoever is assigned is a member of the card's project. An assignment goes with the card or the membership that it is a
/// part of, so that neither waits for it.
const ASSIGNEES: &str = "
create table phase_assignee (
    workspace_id {uuid} not null,
    phase_id {uuid} not null,
    user_id {uuid} not null,
    project_id {uuid} not null,
    primary key (workspace_id, phase_id, user_id),
    foreign key (workspace_id, project_id, phase_id)
        references phase (workspace_id, project_id, id) on delete cascade,
    foreign key (workspace_id, project_id, user_id)
        references project_member (workspace_id, project_id, user_id) on delete cascade
);
create index phase_assignee_by_member on phase_assignee (workspace_id, project_id, user_id);
create table item_assignee (
    workspace_id {uuid} not null,
    item_id {uuid} not null,
    user_id {uuid} not null,
    project_id {uuid} not null,
    primary key (workspace_id, item_id, user_id),
    foreign key (workspace_id, project_id, item_id)
        references item (workspace_id, project_id, id) on delete cascade,
    foreign key (workspace_id, project_id, user_id)
        references project_member (workspace_id, project_id, user_id) on delete cascade
);
create index item_assignee_by_member on item_assignee (workspace_id, project_id, user_id);
create table task_assignee (
    workspace_id {uuid} not null,
    task_id {uuid} not null,
    user_id {uuid} not null,
    project_id {uuid} not null,
    primary key (workspace_id, task_id, user_id),
    foreign key (workspace_id, project_id, task_id)
        references task (workspace_id, project_id, id) on delete cascade,
    foreign key (workspace_id, project_id, user_id)
        references project_member (workspace_id, project_id, user_id) on delete cascade
);
create index task_assignee_by_member on task_assignee (workspace_id, project_id, user_id);
";
