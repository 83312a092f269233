//! Entities for tests: each says by its number what it is; all lie in project 1 unless they say otherwise.

use std::{fmt::Debug, iter::successors, str::FromStr};

use chrono::{DateTime, Days, NaiveDate};
use guildhall_core::{
    AccountId, ItemId, PhaseId, ProductId, ProductVersionId, ProjectId, RowVersion, TaskId, UserId,
    WorkspaceId,
};
use serde_json::Map;

use crate::{
    AppUse, Attachment, Gating, Item, ItemContent, Phase, Position, Project, ProjectMember, ProjectRole,
    ProjectState, Status, Task,
};

/// The user with that number.
pub fn user_id(number: u32) -> UserId {
    numbered("01", number)
}

/// The project with that number.
pub fn project_id(number: u32) -> ProjectId {
    numbered("02", number)
}

/// The phase with that number.
pub fn phase_id(number: u32) -> PhaseId {
    numbered("03", number)
}

/// The item with that number.
pub fn item_id(number: u32) -> ItemId {
    numbered("04", number)
}

/// The task with that number.
pub fn task_id(number: u32) -> TaskId {
    numbered("05", number)
}

/// A day of January 2026, counted from 0.
pub fn date(day: u64) -> NaiveDate {
    let first: NaiveDate = written("2026-01-01");
    first.checked_add_days(Days::new(day)).unwrap_or(first)
}

/// An active project without node or dates, created by user 1.
pub fn project(number: u32) -> Project {
    Project {
        id: project_id(number),
        account_id: numbered::<AccountId>("06", number),
        name: written(&format!("Project {number}")),
        description: None,
        node_id: None,
        start_date: None,
        due_date: None,
        state: ProjectState::Active,
        archived_with: None,
        gating: Gating::Advisory,
        created_by: user_id(1),
        created_at: DateTime::UNIX_EPOCH,
        version: RowVersion::FIRST,
        board_version: RowVersion::FIRST,
    }
}

/// A user's part in project 1.
pub fn member(user: u32, role: ProjectRole) -> ProjectMember {
    ProjectMember {
        project_id: project_id(1),
        user_id: user_id(user),
        role,
        meta_roles: Vec::new(),
        added_at: DateTime::UNIX_EPOCH,
    }
}

/// A phase; phases stand in the order of their numbers.
pub fn phase(number: u32) -> Phase {
    Phase {
        id: phase_id(number),
        project_id: project_id(1),
        name: written(&format!("Phase {number}")),
        objective: None,
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: Vec::new(),
        position: position(number),
    }
}

/// An activity to do in a phase; items stand in the order of their numbers.
pub fn item(number: u32, phase: u32) -> Item {
    Item {
        id: item_id(number),
        project_id: project_id(1),
        phase_id: phase_id(phase),
        content: activity(&format!("Item {number}")),
        status: Status::ToDo,
        restored_status: None,
        due_date: None,
        assignees: Vec::new(),
        position: position(number),
    }
}

/// A task to do in an item; tasks stand in the order of their numbers.
pub fn task(number: u32, item: u32) -> Task {
    Task {
        id: task_id(number),
        project_id: project_id(1),
        item_id: item_id(item),
        title: written(&format!("Task {number}")),
        description: None,
        status: Status::ToDo,
        restored_status: None,
        due_date: None,
        assignees: Vec::new(),
        position: position(number),
    }
}

/// An activity with nothing attached.
pub fn activity(name: &str) -> ItemContent {
    ItemContent::Activity { name: written(name), description: None, attachment: Attachment::None }
}

/// An application item that uses [`application`].
pub fn application_item(name: &str, product: u32) -> ItemContent {
    ItemContent::Application { name: written(name), description: None, application: application(product) }
}

/// A use of the System product with that number, without configuration.
pub fn application(product: u32) -> AppUse {
    AppUse {
        product_workspace_id: WorkspaceId::SYSTEM,
        product_id: numbered::<ProductId>("07", product),
        product_version_id: numbered::<ProductVersionId>("08", product),
        config: Map::new(),
    }
}

fn position(number: u32) -> Position {
    let steps = usize::try_from(number).unwrap_or(usize::MAX);
    successors(Some(Position::first()), |position| Some(position.after()))
        .nth(steps)
        .unwrap_or_else(Position::first)
}

fn numbered<Id: FromStr<Err: Debug>>(kind: &str, number: u32) -> Id {
    written(&format!("01900000-0000-7000-9000-{kind}{number:010}"))
}

#[expect(clippy::expect_used, reason = "test data that can't be read is a mistake in the test")]
fn written<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("test data is well-formed")
}
