//! An item as its reader sees it.

use guildhall_core::{ItemId, PermissionCode, ProjectId, RowVersion};
use guildhall_orchestration::BoardItem;

use crate::{Kernel, KernelError, Request, board::Mentioned, board::Mentions, code};

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
        let item = self.orchestration(&*work).read_item(project.id, id).await?;
        let mentioned = Mentions::default().item(&item).read(&work).await?;
        let permissions = work.codes_of(project.account_id, &CODES);
        Ok(ItemShown { item, mentioned, permissions, version: project.board_version })
    }
}
