//! Rows of a board, each told by what it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use guildhall_core::{
    ItemId, PhaseId, ProductId, ProductVersionId, ProjectId, StoreError, TaskId, UserId, WorkspaceId,
};
use guildhall_kernel::{ApplicationRow, BoardRows, PersonShown};
use guildhall_orchestration::{AppUse, Item, Phase, Task};
use sea_orm::{QueryResult, TryGetable};

use super::{cards::users, item_rows::content};
use crate::{
    error::{corrupt, store_error},
    rows::from_json,
};

/// What the items use that use a product.
type Uses = BTreeMap<ItemId, AppUse>;

/// Adds people, phases and products, and answers which item uses which.
pub(super) fn add_head(
    project: ProjectId,
    board: &mut BoardRows,
    rows: &[QueryResult],
) -> Result<Uses, StoreError> {
    let mut uses = Uses::new();
    for row in rows {
        match get::<String>(row, 0)?.as_str() {
            "PERSON" => {
                let person = person(row)?;
                board.people.insert(person.id, person);
            }
            "PHASE" => board.phases.push(phase(project, row)?),
            _ => {
                let (item, used) = application(row)?;
                let shown = ApplicationRow {
                    product_id: used.product_id,
                    product_name: get::<String>(row, 3)?.parse().map_err(corrupt("product.name"))?,
                    slug: get::<String>(row, 4)?.parse().map_err(corrupt("product_version.slug"))?,
                };
                board.applications.insert(used.product_version_id, shown);
                uses.insert(item, used);
            }
        }
    }
    Ok(uses)
}

/// Adds an item or a task.
pub(super) fn add_card(
    project: ProjectId,
    board: &mut BoardRows,
    uses: &mut Uses,
    row: &QueryResult,
) -> Result<(), StoreError> {
    match get::<Option<String>>(row, 2)? {
        Some(kind) => board.items.push(item(project, &kind, uses, row)?),
        None => board.tasks.push(task(project, row)?),
    }
    Ok(())
}

fn person(row: &QueryResult) -> Result<PersonShown, StoreError> {
    Ok(PersonShown {
        id: UserId::new(get(row, 1)?),
        firstname: get::<String>(row, 3)?.parse().map_err(corrupt("app_user.firstname"))?,
        lastname: get::<String>(row, 4)?.parse().map_err(corrupt("app_user.lastname"))?,
        email: get::<String>(row, 5)?.parse().map_err(corrupt("app_user.email"))?,
    })
}

fn phase(project: ProjectId, row: &QueryResult) -> Result<Phase, StoreError> {
    let text = |index, what| {
        get::<Option<String>>(row, index)?.map(|text| text.parse().map_err(corrupt(what))).transpose()
    };
    Ok(Phase {
        id: PhaseId::new(get(row, 1)?),
        project_id: project,
        name: get::<String>(row, 3)?.parse().map_err(corrupt("phase.name"))?,
        objective: text(4, "phase.objective")?,
        deliverables: text(5, "phase.deliverables")?,
        start_date: get(row, 6)?,
        due_date: get(row, 7)?,
        position: get::<String>(row, 8)?.parse().map_err(corrupt("phase.position"))?,
        assignees: users(get(row, 9)?)?,
    })
}

fn application(row: &QueryResult) -> Result<(ItemId, AppUse), StoreError> {
    let config = serde_json::from_str(&get::<String>(row, 5)?);
    let config = config.map_err(|error| StoreError::Corrupt(format!("item.config: {error}")))?;
    let used = AppUse {
        product_version_id: ProductVersionId::new(get(row, 2)?),
        config: from_json("item.config", config)?,
        product_workspace_id: WorkspaceId::new(get(row, 10)?),
        product_id: ProductId::new(get(row, 11)?),
    };
    Ok((ItemId::new(get(row, 1)?), used))
}

fn item(project: ProjectId, kind: &str, uses: &mut Uses, row: &QueryResult) -> Result<Item, StoreError> {
    let id = ItemId::new(get(row, 0)?);
    let name: String = get(row, 3)?;
    Ok(Item {
        id,
        project_id: project,
        phase_id: PhaseId::new(get(row, 1)?),
        content: content(kind, (&name, get(row, 4)?), get(row, 5)?, uses.remove(&id))?,
        status: get::<String>(row, 6)?.parse().map_err(corrupt("item.status"))?,
        restored_status: None,
        due_date: get::<Option<NaiveDate>>(row, 7)?,
        position: get::<String>(row, 8)?.parse().map_err(corrupt("item.position"))?,
        assignees: users(get(row, 9)?)?,
    })
}

fn task(project: ProjectId, row: &QueryResult) -> Result<Task, StoreError> {
    let description: Option<String> = get(row, 4)?;
    Ok(Task {
        id: TaskId::new(get(row, 0)?),
        project_id: project,
        item_id: ItemId::new(get(row, 1)?),
        title: get::<String>(row, 3)?.parse().map_err(corrupt("task.title"))?,
        description: description.map(|text| text.parse()).transpose().map_err(corrupt("task.description"))?,
        status: get::<String>(row, 6)?.parse().map_err(corrupt("task.status"))?,
        restored_status: None,
        due_date: get::<Option<NaiveDate>>(row, 7)?,
        position: get::<String>(row, 8)?.parse().map_err(corrupt("task.position"))?,
        assignees: users(get(row, 9)?)?,
    })
}

/// A column by its number: names would be looked up in each of many rows.
fn get<T: TryGetable>(row: &QueryResult, column: usize) -> Result<T, StoreError> {
    row.try_get_by_index(column).map_err(store_error)
}
