//! A task as its reader sees it.

use guildhall_core::{PermissionCode, ProjectId, RowVersion, TaskId};
use guildhall_orchestration::{Project, Task};

use super::TaskChange;
use crate::{
    Kernel, KernelError, Outcome, Request,
    board::{Mentioned, Mentions, Step},
    code,
    work::Work,
};

/// What the codes of a task are about.
const CODES: [PermissionCode; 2] = [code::TASK_EDIT, code::WORKFLOW_EDIT];

/// A task by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskShown {
    /// The task, archived or not.
    pub task: Task,
    /// Whom it mentions.
    pub mentioned: Mentioned,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
    /// The board's version.
    pub version: RowVersion,
}

impl Kernel {
    /// The task, archived or not.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project, and where the project has no such task.
    pub async fn find_task(
        &self,
        request: &Request,
        project: ProjectId,
        id: TaskId,
    ) -> Result<TaskShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let task = self.orchestration(&*work).find_task(project.id, id).await?;
        work.show_task(&project, task).await
    }

    /// Makes a change to a task, and shows what it has become.
    pub(crate) async fn change_task(
        &self,
        request: &Request,
        project: ProjectId,
        change: TaskChange,
    ) -> Result<Outcome<TaskShown>, KernelError> {
        match self.change_card(request, project, change).await? {
            Step::Made(made) => {
                let shown = made.work.show_task(&made.project, made.card).await?;
                made.work.finish(made.event).await?;
                Ok(Outcome::Done(shown))
            }
            Step::Before(id) => {
                Ok(Outcome::Replayed(self.find_task(request, project, TaskId::new(id)).await?))
            }
        }
    }
}

impl Work<'_> {
    async fn show_task(&self, project: &Project, task: Task) -> Result<TaskShown, KernelError> {
        let mentioned = Mentions::default().task(&task).read(self).await?;
        let permissions = self.codes_of(project.account_id, &CODES);
        Ok(TaskShown { task, mentioned, permissions, version: project.board_version })
    }
}
