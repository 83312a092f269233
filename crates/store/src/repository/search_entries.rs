//! Writing the search index, in the methods that write what it indexes.

use std::collections::BTreeSet;

use guildhall_core::{Link, StoreError, Text, words};
use guildhall_orchestration::{Item, Phase, Project, ProjectState, Searched, Status, Task};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait as _, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::search_entry::{ActiveModel, Column, Entity},
    error::store_error,
};

/// How many rows a migration adds at a time.
pub(crate) const FILL: usize = 200;
/// How many different words of a text are indexed.
const MOST: usize = 4_000;

/// What the index says of one thing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    pub(crate) kind: &'static str,
    pub(crate) id: Uuid,
    pub(crate) project_id: Uuid,
    pub(crate) item_id: Option<Uuid>,
    pub(crate) title: &'a str,
    pub(crate) texts: [Option<&'a str>; 2],
    pub(crate) archived: bool,
}

impl<'a> Entry<'a> {
    pub(crate) fn of_project(project: &'a Project) -> Self {
        Self {
            kind: Searched::Project.as_str(),
            id: project.id.uuid(),
            project_id: project.id.uuid(),
            item_id: None,
            title: project.name.as_str(),
            texts: [project.description.as_ref().map(Text::as_str), None],
            archived: project.state == ProjectState::Archived,
        }
    }

    pub(crate) fn of_phase(phase: &'a Phase) -> Self {
        Self {
            kind: Searched::Phase.as_str(),
            id: phase.id.uuid(),
            project_id: phase.project_id.uuid(),
            item_id: None,
            title: phase.name.as_str(),
            texts: [&phase.objective, &phase.deliverables].map(|text| text.as_ref().map(Text::as_str)),
            archived: false,
        }
    }

    pub(crate) fn of_item(item: &'a Item) -> Self {
        Self {
            kind: Searched::Item.as_str(),
            id: item.id.uuid(),
            project_id: item.project_id.uuid(),
            item_id: None,
            title: item.content.name().as_str(),
            texts: [item.content.description().map(Text::as_str), item.content.link().map(Link::as_str)],
            archived: item.status == Status::Archived,
        }
    }

    pub(crate) fn of_task(task: &'a Task) -> Self {
        Self {
            kind: Searched::Task.as_str(),
            id: task.id.uuid(),
            project_id: task.project_id.uuid(),
            item_id: Some(task.item_id.uuid()),
            title: task.title.as_str(),
            texts: [task.description.as_ref().map(Text::as_str), None],
            archived: task.status == Status::Archived,
        }
    }

    /// The row, whose words carry the workspace's mark: an index that is shared by all is then apart for each.
    pub(crate) fn row(&self, workspace: Uuid) -> ActiveModel {
        let mark = mark(workspace);
        let marked = |texts: &[&str]| {
            let all: BTreeSet<String> = texts.iter().flat_map(|text| words(text)).collect();
            let marked = all.into_iter().take(MOST).map(|word| format!("{mark}{word}"));
            marked.collect::<Vec<_>>().join(" ")
        };
        let texts: Vec<&str> = self.texts.iter().copied().flatten().collect();
        ActiveModel {
            workspace_id: Set(workspace),
            id: Set(self.id),
            kind: Set(self.kind.to_owned()),
            project_id: Set(self.project_id),
            item_id: Set(self.item_id),
            title: Set(self.title.to_owned()),
            archived: Set(self.archived),
            title_words: Set(marked(&[self.title])),
            other_words: Set(marked(&texts)),
        }
    }
}

/// What each word of a workspace begins with: the random end of its id. It divides the index; what keeps workspaces apart are
/// filter and row level security.
pub(super) fn mark(workspace: Uuid) -> String {
    let id = workspace.simple().to_string();
    id.get(20..).unwrap_or_default().to_owned()
}

impl SeaUnitOfWork {
    /// Writes what the index says of a thing.
    pub(super) async fn index(&self, entry: Entry<'_>) -> Result<(), StoreError> {
        let replace = OnConflict::columns([Column::WorkspaceId, Column::Id])
            .update_columns([
                Column::ProjectId,
                Column::ItemId,
                Column::Title,
                Column::Archived,
                Column::TitleWords,
                Column::OtherWords,
            ])
            .to_owned();
        let write = Entity::insert(entry.row(self.workspace()?.uuid())).on_conflict(replace);
        write.exec_without_returning(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }

    /// Adds new things to the index.
    pub(super) async fn index_all<'a>(
        &self,
        entries: impl Iterator<Item = Entry<'a>> + Send,
    ) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add_all(entries.map(|entry| entry.row(workspace)).collect()).await
    }

    /// Removes a thing from the index; an item with its tasks.
    pub(super) async fn remove_from_index(&self, id: Uuid) -> Result<(), StoreError> {
        self.remove_entries(Condition::any().add(Column::Id.eq(id)).add(Column::ItemId.eq(id))).await
    }

    /// Removes a project from the index with all that lies in it.
    pub(super) async fn remove_project_from_index(&self, project: Uuid) -> Result<(), StoreError> {
        self.remove_entries(Condition::all().add(Column::ProjectId.eq(project))).await
    }

    async fn remove_entries(&self, which: Condition) -> Result<(), StoreError> {
        let gone = self.delete::<Entity>()?.filter(which);
        gone.exec(self.transaction()).await.map_err(store_error)?;
        Ok(())
    }
}
