//! What can be done to a task, on an open unit of work whose board is locked.

use guildhall_core::{AccountId, ProjectId, TaskId};
use guildhall_orchestration::{CreateTask, MoveTask, Project, Task, TaskPatch};
use serde::Serialize;

use crate::{Event, KernelError, board::CardChange, code, work::Work};

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

impl CardChange for TaskChange {
    type Card = Task;

    fn may_raise(&self) -> bool {
        false
    }

    async fn raises(&self, _work: &Work<'_>, _project: ProjectId) -> Result<bool, KernelError> {
        Ok(false)
    }

    /// Deleting for good is the owner's.
    fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
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

    async fn act(self, work: &Work<'_>, project: &Project) -> Result<(Event, Task), KernelError> {
        let orchestration = work.kernel().orchestration(work.store());
        let find = |id| orchestration.find_task(project.id, id);
        Ok(match self {
            Self::Create(command) => {
                let task = orchestration.create_task(project, command).await?;
                (event("task.created", &task).creating(&task), task)
            }
            Self::Update(id, patch) => {
                let before = find(id).await?;
                let after = orchestration.update_task(project, &before, patch).await?;
                (event("task.changed", &after).changing(&before, &after), after)
            }
            Self::Move(id, command) => {
                let before = find(id).await?;
                let after = orchestration.move_task(project, &before, command).await?;
                (event("task.moved", &after).changing(&before, &after), after)
            }
            Self::Duplicate(id) => {
                let copy = orchestration.duplicate_task(project, &find(id).await?).await?;
                (event("task.duplicated", &copy).creating(&Copied { task: &copy, copy_of: id }), copy)
            }
            Self::Archive(id) => {
                let before = find(id).await?;
                let after = orchestration.archive_task(project, &before).await?;
                (event("task.archived", &after).changing(&before, &after), after)
            }
            Self::Restore(id) => {
                let before = find(id).await?;
                let after = orchestration.restore_task(project, &before).await?;
                (event("task.restored", &after).changing(&before, &after), after)
            }
            Self::Delete(id) => {
                let task = find(id).await?;
                orchestration.delete_task(project, &task).await?;
                (event("task.deleted", &task).removing(&task), task)
            }
        })
    }
}

fn event(kind: &'static str, task: &Task) -> Event {
    Event::new(kind, task.id.uuid(), task.title.to_string())
}
