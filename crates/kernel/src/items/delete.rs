//! Deleting an item.

use guildhall_core::{ItemId, ProjectId};

use crate::{Begun, Event, Kernel, KernelError, Request, code};

impl Kernel {
    /// Deletes an item for good, with its tasks.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn delete_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        self.lock_item(&work, project.id, id).await?;
        let item = self.orchestration(&*work).delete_item(project.id, id).await?;
        let event = Event::new("item.deleted", id.uuid(), item.content.name().to_string());
        work.finish(event.in_project(project.id).removing(&item)).await
    }
}
