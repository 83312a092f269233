//! What can be done to a task, on an open unit of work whose board is locked.

use guildhall_core::{AccountId, TaskId};
use guildhall_orchestration::{CreateTask, MoveTask, Project, Task, TaskPatch};
use serde::Serialize;

use crate::{Event, KernelError, code, work::Work};

/// One thing to do to a task.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskChange {
    /// Add one.
    Create(CreateTask),
    /// Change its words, its status, its date and who works on it.
    Update(TaskId, TaskPatch),
    /// Move it, inside its item or to another one.
    Move(TaskId, MoveTask),
    /// Copy it.
    Duplicate(TaskId),
    /// Put it away.
    Archive(TaskId),
    /// Bring it back.
    Restore(TaskId),
    /// Delete it for good.
    Delete(TaskId),
}

/// A copy, as its event tells it.
#[derive(Serialize)]
struct Copied<'a> {
    #[serde(flatten)]
    task: &'a Task,
    copy_of: TaskId,
}

impl TaskChange {
    /// Deleting for good is the owner's.
    pub(crate) fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
        match self {
            Self::Delete(_) => work.require(&code::WORKFLOW_EDIT, account),
            Self::Create(_)
            | Self::Update(..)
            | Self::Move(..)
            | Self::Duplicate(_)
            | Self::Archive(_)
            | Self::Restore(_) => work.require(&code::TASK_EDIT, account),
        }
    }

    pub(crate) async fn act(self, work: &Work<'_>, project: &Project) -> Result<Event, KernelError> {
        let orchestration = work.kernel().orchestration(work.store());
        Ok(match self {
            Self::Create(command) => {
                let task = orchestration.create_task(project.id, command).await?;
                event("task.created", &task).creating(&task)
            }
            Self::Update(id, patch) => {
                let before = orchestration.find_task(project.id, id).await?;
                let after = orchestration.update_task(project.id, id, patch).await?;
                event("task.changed", &after).changing(&before, &after)
            }
            Self::Move(id, command) => {
                let before = orchestration.find_task(project.id, id).await?;
                let after = orchestration.move_task(project.id, id, command).await?;
                event("task.moved", &after).changing(&before, &after)
            }
            Self::Duplicate(id) => {
                let copy = orchestration.duplicate_task(project.id, id).await?;
                event("task.duplicated", &copy).creating(&Copied { task: &copy, copy_of: id })
            }
            Self::Archive(id) => {
                let before = orchestration.find_task(project.id, id).await?;
                let after = orchestration.archive_task(project.id, id).await?;
                event("task.archived", &after).changing(&before, &after)
            }
            Self::Restore(id) => {
                let before = orchestration.find_task(project.id, id).await?;
                let after = orchestration.restore_task(project.id, id).await?;
                event("task.restored", &after).changing(&before, &after)
            }
            Self::Delete(id) => {
                let task = orchestration.delete_task(project.id, id).await?;
                event("task.deleted", &task).removing(&task)
            }
        })
    }
}

fn event(kind: &'static str, task: &Task) -> Event {
    Event::new(kind, task.id.uuid(), task.title.to_string())
}
