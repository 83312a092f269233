//! The search index, filled with what there is.

use guildhall_orchestration::Searched;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, DeriveMigrationName, EntityTrait as _, QueryResult, Statement,
};
use sea_orm_migration::{MigrationTrait, SchemaManager, async_trait};
use uuid::Uuid;

use super::dialect::{Sharing, execute, secure};
use crate::{
    entity::search_entry,
    repository::{Entry, FILL},
};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All of it or nothing, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        execute(manager, if postgres { ON_POSTGRES } else { ON_SQLITE }).await?;
        execute(manager, INDEXES).await?;
        secure(manager, "search_entry", Sharing::Own).await?;
        let workspaces = all(manager, "select id from workspace").await?;
        for row in workspaces {
            fill(manager, row.try_get("", "id")?).await?;
        }
        Ok(())
    }
}

/// Words are made by `guildhall_core::words` and stand apart by blanks, so that neither database takes them apart in its own way.
const ON_POSTGRES: &str = "
create table search_entry (
    workspace_id {uuid} not null,
    id {uuid} not null,
    kind text not null,
    project_id {uuid} not null,
    item_id {uuid},
    title text not null,
    archived boolean not null,
    title_words text not null,
    other_words text not null,
    title_vector tsvector not null generated always as
        (array_to_tsvector(string_to_array(title_words, ' '))) stored,
    vector tsvector not null generated always as
        (array_to_tsvector(string_to_array(title_words, ' ') || string_to_array(other_words, ' '))) stored,
    primary key (workspace_id, id),
    foreign key (workspace_id, project_id) references project (workspace_id, id)
);
create index search_entry_by_word on search_entry using gin (vector);
";

/// The full-text index finds rows by a number, and keeps none of their text.
const ON_SQLITE: &str = "
create table search_entry (
    number integer primary key,
    workspace_id {uuid} not null,
    id {uuid} not null,
    kind text not null,
    project_id {uuid} not null,
    item_id {uuid},
    title text not null,
    archived boolean not null,
    title_words text not null,
    other_words text not null,
    unique (workspace_id, id),
    foreign key (workspace_id, project_id) references project (workspace_id, id)
);
create virtual table search_word using fts5 (
    title_words, other_words, content = 'search_entry', content_rowid = 'number', tokenize = 'ascii'
);
create trigger search_entry_added after insert on search_entry begin
    insert into search_word (rowid, title_words, other_words) values (new.number, new.title_words, new.other_words);
end;
create trigger search_entry_removed after delete on search_entry begin
    insert into search_word (search_word, rowid, title_words, other_words)
        values ('delete', old.number, old.title_words, old.other_words);
end;
create trigger search_entry_changed after update on search_entry begin
    insert into search_word (search_word, rowid, title_words, other_words)
        values ('delete', old.number, old.title_words, old.other_words);
    insert into search_word (rowid, title_words, other_words) values (new.number, new.title_words, new.other_words);
end;
";

const INDEXES: &str = "
create index search_entry_by_project on search_entry (workspace_id, project_id);
create index search_entry_by_item on search_entry (workspace_id, item_id) where item_id is not null;
";

/// Where things to search for stand. The columns as they are now: an entity would grow with later ones.
const SOURCES: [(Searched, &str); 4] = [
    (
        Searched::Project,
        "select id, id as project_id, null as item_id, name as title, description as one, null as other, \
         state as status from project",
    ),
    (
        Searched::Phase,
        "select id, project_id, null as item_id, name as title, objective as one, deliverables as other, \
         '' as status from phase",
    ),
    (
        Searched::Item,
        "select id, project_id, null as item_id, name as title, description as one, link as other, status from item",
    ),
    (
        Searched::Task,
        "select id, project_id, item_id, title, description as one, null as other, status from task",
    ),
];

async fn fill(manager: &SchemaManager<'_>, workspace: Uuid) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let place = if manager.get_database_backend() == DbBackend::Postgres {
        all(manager, &format!("select set_config('app.workspace_id', '{workspace}', true)")).await?;
        format!("'{workspace}'::uuid")
    } else {
        format!("x'{}'", workspace.simple())
    };
    for (kind, source) in SOURCES {
        let rows = all(manager, &format!("{source} where workspace_id = {place}")).await?;
        let mut entries = Vec::new();
        for row in &rows {
            entries.push(entry(kind, row, workspace)?);
        }
        for some in entries.chunks(FILL) {
            search_entry::Entity::insert_many(some.to_vec()).exec_without_returning(connection).await?;
        }
    }
    Ok(())
}

fn entry(kind: Searched, row: &QueryResult, workspace: Uuid) -> Result<search_entry::ActiveModel, DbErr> {
    let item_id = if kind == Searched::Task { row.try_get("", "item_id")? } else { None };
    let title: String = row.try_get("", "title")?;
    let one: Option<String> = row.try_get("", "one")?;
    let other: Option<String> = row.try_get("", "other")?;
    let status: String = row.try_get("", "status")?;
    let entry = Entry {
        kind: kind.as_str(),
        id: row.try_get("", "id")?,
        project_id: row.try_get("", "project_id")?,
        item_id,
        title: &title,
        texts: [one.as_deref(), other.as_deref()],
        archived: status == "ARCHIVED",
    };
    Ok(entry.row(workspace))
}

async fn all(manager: &SchemaManager<'_>, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_string(manager.get_database_backend(), sql.to_owned());
    manager.get_connection().query_all_raw(statement).await
}
