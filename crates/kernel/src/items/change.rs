//! What can be done to an item, on an open unit of work whose board is locked.

use guildhall_core::{AccountId, ItemId, ProjectId, TaskId};
use guildhall_orchestration::{CreateItem, Item, ItemPatch, MoveItem, Project, Status};
use serde::Serialize;

use super::{AddItem, create::resolve, usable::check_item_config};
use crate::{Event, KernelError, code, work::Work};

/// One thing to do to an item.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemChange {
    /// Add one.
    Create(AddItem),
    /// Change its words, its status, its date and who works on it.
    Update(ItemId, ItemPatch),
    /// Move it, inside its phase or to another one.
    Move(ItemId, MoveItem),
    /// Copy it with its tasks.
    Duplicate(ItemId),
    /// Put it away.
    Archive(ItemId),
    /// Bring it back.
    Restore(ItemId),
    /// Delete it for good, with its tasks.
    Delete(ItemId),
}

/// A copy, as its event tells it.
#[derive(Serialize)]
struct Copied<'a> {
    #[serde(flatten)]
    item: &'a Item,
    copy_of: ItemId,
    tasks: Vec<TaskId>,
}

impl ItemChange {
    pub(crate) fn may_raise(&self) -> bool {
        match self {
            Self::Create(command) => command.content.uses_product(),
            Self::Duplicate(_) | Self::Archive(_) | Self::Restore(_) | Self::Delete(_) => true,
            Self::Update(..) | Self::Move(..) => false,
        }
    }

    /// An item uses a product for life or never.
    pub(crate) async fn raises(&self, work: &Work<'_>, project: ProjectId) -> Result<bool, KernelError> {
        match self {
            Self::Create(command) => Ok(command.content.uses_product()),
            Self::Duplicate(id) | Self::Archive(id) | Self::Restore(id) | Self::Delete(id) => {
                let orchestration = work.kernel().orchestration(work.store());
                let item = orchestration.find_item(project, *id).await?;
                Ok(item.content.application().is_some())
            }
            Self::Update(..) | Self::Move(..) => Ok(false),
        }
    }

    pub(crate) fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
        match self {
            Self::Update(..) => work.require(&code::ITEM_EDIT, account),
            Self::Create(command) => {
                work.require(&code::WORKFLOW_EDIT, account)?;
                work.require_assigning(account, &[], &command.assignees)
            }
            Self::Duplicate(_) => {
                work.require(&code::WORKFLOW_EDIT, account)?;
                work.require(&code::TASK_EDIT, account)
            }
            Self::Move(..) | Self::Archive(_) | Self::Restore(_) | Self::Delete(_) => {
                work.require(&code::WORKFLOW_EDIT, account)
            }
        }
    }

    pub(crate) async fn act(self, work: &Work<'_>, project: &Project) -> Result<Event, KernelError> {
        let orchestration = work.kernel().orchestration(work.store());
        Ok(match self {
            Self::Create(command) => {
                let content = resolve(work, project.id, command.content).await?;
                check_item_config(content.application())?;
                let AddItem { phase_id, due_date, assignees, place, .. } = command;
                let command = CreateItem { phase_id, content, due_date, assignees, place };
                let item = orchestration.create_item(project.id, command).await?;
                event("item.created", &item).creating(&item)
            }
            Self::Update(id, patch) => {
                let before = orchestration.find_item(project.id, id).await?;
                if let Some(assignees) = &patch.assignees {
                    work.require_assigning(project.account_id, &before.assignees, assignees)?;
                }
                let after = orchestration.update_item(project.id, id, patch).await?;
                check_item_config(after.content.application())?;
                event("item.changed", &after).changing(&before, &after)
            }
            Self::Move(id, command) => {
                let before = orchestration.find_item(project.id, id).await?;
                let after = orchestration.move_item(project.id, id, command).await?;
                event("item.moved", &after).changing(&before, &after)
            }
            Self::Duplicate(id) => {
                let original = orchestration.find_item(project.id, id).await?;
                work.require_assigning(project.account_id, &[], &original.assignees)?;
                if let Some(used) = original.content.application() {
                    work.require_usable(used, project.id).await?;
                }
                let copy = orchestration.duplicate_item(project.id, id).await?;
                let tasks = copy.tasks.iter().map(|task| task.id).collect();
                event("item.duplicated", &copy.item).creating(&Copied {
                    item: &copy.item,
                    copy_of: id,
                    tasks,
                })
            }
            Self::Archive(id) => {
                let before = orchestration.find_item(project.id, id).await?;
                let after = orchestration.archive_item(project.id, id).await?;
                event("item.archived", &after).changing(&before, &after)
            }
            Self::Restore(id) => {
                let before = orchestration.find_item(project.id, id).await?;
                require_fit(work, &before).await?;
                let after = orchestration.restore_item(project.id, id).await?;
                event("item.restored", &after).changing(&before, &after)
            }
            Self::Delete(id) => {
                let item = orchestration.delete_item(project.id, id).await?;
                event("item.deleted", &item).removing(&item)
            }
        })
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

fn event(kind: &'static str, item: &Item) -> Event {
    Event::new(kind, item.id.uuid(), item.content.name().to_string())
}
