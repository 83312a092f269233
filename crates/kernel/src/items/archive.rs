//! Putting an item away, and bringing it back. With a product, its roles go and come by the same commit.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{ItemId, ProjectId};
use guildhall_orchestration::{Item, Status};

use crate::{Begun, Event, ItemShown, Kernel, KernelError, Outcome, Request, code, work::Work};

impl Kernel {
    /// Puts an item away, with its status remembered.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn archive_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_item(request, project, id).await?));
            }
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        let before = self.lock_item(&work, project.id, id).await?;
        let after = self.orchestration(&*work).archive_item(project.id, id).await?;
        let event = Event::new("item.archived", id.uuid(), after.content.name().to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_item(request, project.id, id).await?))
    }

    /// Brings an item back with the status that it had, where what it uses still fits the project.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `WORKFLOW_EDIT`; [`KernelError::Products`] and [`KernelError::Refused`] where its
    /// product can't be used any more; [`KernelError::Orchestration`] for the rules of boards.
    pub async fn restore_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                return Ok(Outcome::Replayed(self.find_item(request, project, id).await?));
            }
        };
        let project = work.authorize_project(project, &code::WORKFLOW_EDIT).await?;
        let before = self.lock_item(&work, project.id, id).await?;
        require_fit(&work, &before).await?;
        let after = self.orchestration(&*work).restore_item(project.id, id).await?;
        let event = Event::new("item.restored", id.uuid(), after.content.name().to_string());
        work.finish(event.in_project(project.id).changing(&before, &after)).await?;
        Ok(Outcome::Done(self.find_item(request, project.id, id).await?))
    }

    /// Locks what a change to whether the item counts needs: the rights too where it uses a product, which an item does for
    /// life or never. Answers the item as it stands under the locks.
    pub(super) async fn lock_item(
        &self,
        work: &Work<'_>,
        project: ProjectId,
        id: ItemId,
    ) -> Result<Item, KernelError> {
        let item = self.orchestration(&**work).find_item(project, id).await?;
        if item.content.application().is_some() {
            work.raise(Epoch::Workspace, &[Change::Project(project)]).await?;
        }
        work.lock_board(project).await?;
        Ok(self.orchestration(&**work).find_item(project, id).await?)
    }
}

async fn require_fit(work: &Work<'_>, item: &Item) -> Result<(), KernelError> {
    let Some(used) = item.content.application().filter(|_| item.status == Status::Archived) else {
        return Ok(());
    };
    let project = work.projects().find(item.project_id).await?.ok_or(KernelError::NotFound)?;
    project.ensure_active()?;
    work.require_still_usable(used, &project).await
}
