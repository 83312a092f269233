//! An item as its reader sees it.

use guildhall_core::{ItemId, PermissionCode, ProjectId, RowVersion};
use guildhall_orchestration::{BoardItem, Item, Project};

use super::ItemChange;
use crate::{
    Kernel, KernelError, Outcome, Request,
    board::{Mentioned, Mentions, Step},
    code,
    work::Work,
};

/// What the codes of an item are about.
const CODES: [PermissionCode; 5] =
    [code::ITEM_EDIT, code::TASK_EDIT, code::WORKFLOW_EDIT, code::WORKFLOW_ASSIGN, code::PRODUCT_LAUNCH];

/// An item with its tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemShown {
    /// The item, archived or not, and its tasks.
    pub item: BoardItem,
    /// Whom and what it mentions.
    pub mentioned: Mentioned,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
    /// The board's version.
    pub version: RowVersion,
}

impl Kernel {
    /// The item as it stands on the board; an archived one by itself.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project, and where the project has no such item.
    pub async fn find_item(
        &self,
        request: &Request,
        project: ProjectId,
        id: ItemId,
    ) -> Result<ItemShown, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        let item = self.orchestration(&*work).find_item(project.id, id).await?;
        work.show_item(&project, item).await
    }

    /// Makes a change to an item, and shows what it has become.
    pub(crate) async fn change_item(
        &self,
        request: &Request,
        project: ProjectId,
        change: ItemChange,
    ) -> Result<Outcome<ItemShown>, KernelError> {
        match self.change_card(request, project, change).await? {
            Step::Made(made) => {
                let shown = made.work.show_item(&made.project, made.card).await?;
                made.work.finish(made.event).await?;
                Ok(Outcome::Done(shown))
            }
            Step::Before(id) => {
                Ok(Outcome::Replayed(self.find_item(request, project, ItemId::new(id)).await?))
            }
        }
    }
}

impl Work<'_> {
    async fn show_item(&self, project: &Project, item: Item) -> Result<ItemShown, KernelError> {
        let item = self.kernel().orchestration(self.store()).read_item(item).await?;
        let mentioned = Mentions::default().item(&item).read(self).await?;
        let permissions = self.codes_of(project.account_id, &CODES);
        Ok(ItemShown { item, mentioned, permissions, version: project.board_version })
    }
}
