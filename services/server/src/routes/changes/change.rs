//! One of many changes, on the wire: an object with one field, which says what to do.

use guildhall_core::{ItemId, PhaseId, TaskId};
use guildhall_kernel::{BoardChange, ItemChange, PhaseChange, TaskChange};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    problem::{Fault, Problem},
    routes::{
        items::{ItemMove, ItemPatch, ItemPost},
        phases::{PhaseMove, PhasePatch, PhasePost},
        tasks::{TaskMove, TaskPatch, TaskPost},
    },
};

/// One change: exactly one field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardChangePost {
    /// Adds a phase.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = PhasePost, required = false)]
    create_phase: Option<PhasePost>,
    /// Changes a phase.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = UpdatePhaseChange, required = false)]
    update_phase: Option<UpdatePhaseChange>,
    /// Moves a phase.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = MovePhaseChange, required = false)]
    move_phase: Option<MovePhaseChange>,
    /// Copies a phase.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedPhase, required = false)]
    duplicate_phase: Option<NamedPhase>,
    /// Deletes for good a phase.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedPhase, required = false)]
    delete_phase: Option<NamedPhase>,
    /// Adds an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = CreateItemChange, required = false)]
    create_item: Option<CreateItemChange>,
    /// Changes an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = UpdateItemChange, required = false)]
    update_item: Option<UpdateItemChange>,
    /// Moves an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = MoveItemChange, required = false)]
    move_item: Option<MoveItemChange>,
    /// Copies an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedItem, required = false)]
    duplicate_item: Option<NamedItem>,
    /// Puts away an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedItem, required = false)]
    archive_item: Option<NamedItem>,
    /// Brings back an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedItem, required = false)]
    restore_item: Option<NamedItem>,
    /// Deletes for good an item.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedItem, required = false)]
    delete_item: Option<NamedItem>,
    /// Adds a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = CreateTaskChange, required = false)]
    create_task: Option<CreateTaskChange>,
    /// Changes a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = UpdateTaskChange, required = false)]
    update_task: Option<UpdateTaskChange>,
    /// Moves a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = MoveTaskChange, required = false)]
    move_task: Option<MoveTaskChange>,
    /// Copies a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedTask, required = false)]
    duplicate_task: Option<NamedTask>,
    /// Puts away a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedTask, required = false)]
    archive_task: Option<NamedTask>,
    /// Brings back a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedTask, required = false)]
    restore_task: Option<NamedTask>,
    /// Deletes for good a task.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = NamedTask, required = false)]
    delete_task: Option<NamedTask>,
}

/// What changes of a phase.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePhaseChange {
    /// The phase.
    phase_id: PhaseId,
    /// What changes.
    patch: PhasePatch,
}

/// Where a phase goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MovePhaseChange {
    /// The phase.
    phase_id: PhaseId,
    /// Its place.
    to: PhaseMove,
}

/// A phase.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedPhase {
    /// Its id.
    phase_id: PhaseId,
}

/// An item to add to a phase.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateItemChange {
    /// The phase.
    phase_id: PhaseId,
    /// What to add.
    item: ItemPost,
}

/// What changes of an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateItemChange {
    /// The item.
    item_id: ItemId,
    /// What changes.
    patch: ItemPatch,
}

/// Where an item goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveItemChange {
    /// The item.
    item_id: ItemId,
    /// Its place.
    to: ItemMove,
}

/// An item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedItem {
    /// Its id.
    item_id: ItemId,
}

/// A task to add to an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTaskChange {
    /// The item.
    item_id: ItemId,
    /// What to add.
    task: TaskPost,
}

/// What changes of a task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTaskChange {
    /// The task.
    task_id: TaskId,
    /// What changes.
    patch: TaskPatch,
}

/// Where a task goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveTaskChange {
    /// The task.
    task_id: TaskId,
    /// Its place.
    to: TaskMove,
}

/// A task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedTask {
    /// Its id.
    task_id: TaskId,
}

impl BoardChangePost {
    /// What to do.
    ///
    /// # Errors
    /// 400 where it says nothing or several things; what is wrong with the one that it says.
    pub fn change(self) -> Result<BoardChange, Problem> {
        let mut found: Vec<BoardChange> = Vec::new();
        if let Some(one) = self.create_phase {
            found.push(PhaseChange::Create(one.command()?).into());
        }
        found.extend(self.update_phase.map(|one| PhaseChange::Update(one.phase_id, one.patch.into()).into()));
        if let Some(one) = self.move_phase {
            found.push(PhaseChange::Move(one.phase_id, one.to.place()?).into());
        }
        found.extend(self.duplicate_phase.map(|one| PhaseChange::Duplicate(one.phase_id).into()));
        found.extend(self.delete_phase.map(|one| PhaseChange::Delete(one.phase_id).into()));
        if let Some(one) = self.create_item {
            found.push(ItemChange::Create(one.item.command(one.phase_id)?).into());
        }
        found.extend(self.update_item.map(|one| ItemChange::Update(one.item_id, one.patch.into()).into()));
        if let Some(one) = self.move_item {
            found.push(ItemChange::Move(one.item_id, one.to.command()?).into());
        }
        found.extend(self.duplicate_item.map(|one| ItemChange::Duplicate(one.item_id).into()));
        found.extend(self.archive_item.map(|one| ItemChange::Archive(one.item_id).into()));
        found.extend(self.restore_item.map(|one| ItemChange::Restore(one.item_id).into()));
        found.extend(self.delete_item.map(|one| ItemChange::Delete(one.item_id).into()));
        if let Some(one) = self.create_task {
            found.push(TaskChange::Create(one.task.command(one.item_id)?).into());
        }
        found.extend(self.update_task.map(|one| TaskChange::Update(one.task_id, one.patch.into()).into()));
        if let Some(one) = self.move_task {
            found.push(TaskChange::Move(one.task_id, one.to.command()?).into());
        }
        found.extend(self.duplicate_task.map(|one| TaskChange::Duplicate(one.task_id).into()));
        found.extend(self.archive_task.map(|one| TaskChange::Archive(one.task_id).into()));
        found.extend(self.restore_task.map(|one| TaskChange::Restore(one.task_id).into()));
        found.extend(self.delete_task.map(|one| TaskChange::Delete(one.task_id).into()));
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(Problem::invalid_request(vec![Fault {
                pointer: String::new(),
                detail: "must have exactly one field".to_owned(),
            }])),
        }
    }
}
