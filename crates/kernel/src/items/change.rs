//! What can be done to an item, on an open unit of work whose board is locked.

use guildhall_core::{AccountId, ItemId, ProjectId, TaskId};
use guildhall_orchestration::{CreateItem, Item, ItemPatch, MoveItem, Project, Status};
use serde::Serialize;

use super::{AddItem, create::resolve, usable::check_item_config};
use crate::{Event, KernelError, board::CardChange, code, work::Work};

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

impl CardChange for ItemChange {
    type Card = Item;

    fn may_raise(&self) -> bool {
        match self {
            Self::Create(command) => command.content.uses_product(),
            Self::Duplicate(_) | Self::Archive(_) | Self::Restore(_) | Self::Delete(_) => true,
            Self::Update(..) | Self::Move(..) => false,
        }
    }

    /// An item uses a product for life or never.
    async fn raises(&self, work: &Work<'_>, project: ProjectId) -> Result<bool, KernelError> {
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

    fn require(&self, work: &Work<'_>, account: AccountId) -> Result<(), KernelError> {
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

    async fn act(self, work: &Work<'_>, project: &Project) -> Result<(Event, Item), KernelError> {
        let orchestration = work.kernel().orchestration(work.store());
        let find = |id| orchestration.find_item(project.id, id);
        Ok(match self {
            Self::Create(command) => {
                let item = create(work, project, command).await?;
                (event("item.created", &item).creating(&item), item)
            }
            Self::Update(id, patch) => {
                let before = find(id).await?;
                if let Some(assignees) = &patch.assignees {
                    work.require_assigning(project.account_id, &before.assignees, assignees)?;
                }
                let after = orchestration.update_item(project, &before, patch).await?;
                check_item_config(after.content.application())?;
                (event("item.changed", &after).changing(&before, &after), after)
            }
            Self::Move(id, command) => {
                let before = find(id).await?;
                let after = orchestration.move_item(project, &before, command).await?;
                (event("item.moved", &after).changing(&before, &after), after)
            }
            Self::Duplicate(id) => duplicate(work, project, &find(id).await?).await?,
            Self::Archive(id) => {
                let before = find(id).await?;
                let after = orchestration.archive_item(project, &before).await?;
                (event("item.archived", &after).changing(&before, &after), after)
            }
            Self::Restore(id) => {
                let before = find(id).await?;
                require_fit(work, project, &before).await?;
                let after = orchestration.restore_item(project, &before).await?;
                (event("item.restored", &after).changing(&before, &after), after)
            }
            Self::Delete(id) => {
                let item = find(id).await?;
                orchestration.delete_item(project, &item).await?;
                (event("item.deleted", &item).removing(&item), item)
            }
        })
    }
}

async fn create(work: &Work<'_>, project: &Project, command: AddItem) -> Result<Item, KernelError> {
    let content = resolve(work, project, command.content).await?;
    check_item_config(content.application())?;
    let AddItem { phase_id, due_date, assignees, place, .. } = command;
    let command = CreateItem { phase_id, content, due_date, assignees, place };
    Ok(work.kernel().orchestration(work.store()).create_item(project, command).await?)
}

async fn duplicate(
    work: &Work<'_>,
    project: &Project,
    original: &Item,
) -> Result<(Event, Item), KernelError> {
    work.require_assigning(project.account_id, &[], &original.assignees)?;
    if let Some(used) = original.content.application() {
        work.require_usable(used, project).await?;
    }
    let copy = work.kernel().orchestration(work.store()).duplicate_item(project, original).await?;
    let tasks = copy.tasks.iter().map(|task| task.id).collect();
    let copied = Copied { item: &copy.item, copy_of: original.id, tasks };
    Ok((event("item.duplicated", &copy.item).creating(&copied), copy.item))
}

async fn require_fit(work: &Work<'_>, project: &Project, item: &Item) -> Result<(), KernelError> {
    let Some(used) = item.content.application().filter(|_| item.status == Status::Archived) else {
        return Ok(());
    };
    project.ensure_active()?;
    work.require_still_usable(used, project).await
}

fn event(kind: &'static str, item: &Item) -> Event {
    Event::new(kind, item.id.uuid(), item.content.name().to_string())
}
