//! Moving an item.

use guildhall_core::{ItemId, ProjectId};
use guildhall_orchestration::MoveItem;

use crate::{Begun, Event, ItemShown, Kernel, KernelError, Outcome, Request, code};

impl Kernel {
    /// Moves an item inside its phase or to another one of the project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn move_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
        command: MoveItem,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_item(request, project, id).await?));
            }
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        work.lock_board(project.id).await?;
        let orchestration = self.orchestration(&*work);
        let before = orchestration.find_item(project.id, id).await?;
        let after = orchestration.move_item(project.id, id, command).await?;
        let event = Event::new("item.moved", id.uuid(), after.content.name().to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_item(request, project.id, id).await?))
    }
}
