//! The use cases.

mod board;
mod duplicate;
mod items;
mod members;
mod phases;
mod project;
mod tasks;
#[cfg(test)]
mod tests;

use guildhall_core::{Clock, IdGenerator, ItemId, PhaseId, ProjectId, TaskId, UserId};

pub use duplicate::{ItemCopy, PhaseCopy};
pub use members::{RemovedMember, Transfer, Withdrawal};

use crate::{
    Item, OrchestrationError, OrchestrationStore, Phase, Project, ProjectMember, Task, Thing,
    assignees::distinct,
};

/// The use cases of orchestration. It asks nobody's leave: whoever calls it has decided that the caller may.
///
/// Before a change to a board or to the members of a project its caller raises the board's version
/// ([`update_board_version`](crate::ProjectRepository::update_board_version)), which answers the project. That is the lock under
/// which a card is found and a use case reads what it decides by, so that two moves at once never meet and two owners never
/// remove each other. What changes a card takes the card as it was found, and answers it as it has become.
pub struct Orchestration<'a> {
    store: &'a dyn OrchestrationStore,
    clock: &'a dyn Clock,
    ids: &'a dyn IdGenerator,
}

impl<'a> Orchestration<'a> {
    /// The use cases over one unit of work.
    pub fn new(store: &'a dyn OrchestrationStore, clock: &'a dyn Clock, ids: &'a dyn IdGenerator) -> Self {
        Self { store, clock, ids }
    }

    async fn project(&self, id: ProjectId) -> Result<Project, OrchestrationError> {
        self.store.projects().find(id).await?.ok_or(OrchestrationError::NotFound(Thing::Project))
    }

    /// One member of a project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn find_member(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<ProjectMember, OrchestrationError> {
        let member = self.store.project_members().find(project_id, user_id).await?;
        member.ok_or(OrchestrationError::NotFound(Thing::Member))
    }

    /// One phase of a project, as it is stored.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn find_phase(&self, project_id: ProjectId, id: PhaseId) -> Result<Phase, OrchestrationError> {
        let phase = self.store.phases().find(id).await?.filter(|phase| phase.project_id == project_id);
        phase.ok_or(OrchestrationError::NotFound(Thing::Phase))
    }

    /// One item of a project, archived or not, as it is stored.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn find_item(&self, project_id: ProjectId, id: ItemId) -> Result<Item, OrchestrationError> {
        let item = self.store.items().find(id).await?.filter(|item| item.project_id == project_id);
        item.ok_or(OrchestrationError::NotFound(Thing::Item))
    }

    /// One task of a project, archived or not, as it is stored.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::NotFound`].
    pub async fn find_task(&self, project_id: ProjectId, id: TaskId) -> Result<Task, OrchestrationError> {
        let task = self.store.tasks().find(id).await?.filter(|task| task.project_id == project_id);
        task.ok_or(OrchestrationError::NotFound(Thing::Task))
    }

    /// Each assignee once, in the order in which they are kept; refuses who is no member of the project.
    async fn assignees(
        &self,
        project_id: ProjectId,
        user_ids: Vec<UserId>,
    ) -> Result<Vec<UserId>, OrchestrationError> {
        if user_ids.is_empty() {
            return Ok(user_ids);
        }
        let assignees = distinct(user_ids);
        let members = self.store.project_members().list_by_project(project_id).await?;
        let is_stranger = |id: &UserId| !members.iter().any(|member| member.user_id == *id);
        let strangers: Vec<UserId> = assignees.iter().copied().filter(is_stranger).collect();
        if !strangers.is_empty() {
            return Err(OrchestrationError::NotAMember { user_ids: strangers });
        }
        Ok(assignees)
    }

    /// The same for a patch, which may leave the assignees alone.
    async fn patched_assignees(
        &self,
        project_id: ProjectId,
        user_ids: Option<Vec<UserId>>,
    ) -> Result<Option<Vec<UserId>>, OrchestrationError> {
        match user_ids {
            Some(user_ids) => self.assignees(project_id, user_ids).await.map(Some),
            None => Ok(None),
        }
    }
}
