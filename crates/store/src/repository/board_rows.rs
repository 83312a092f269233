//! A board as it comes out of the database: lists of arrays in JSON.

use std::collections::HashMap;

use chrono::NaiveDate;
use guildhall_core::{
    Email, ItemId, Link, Name, PhaseId, ProductId, ProductVersionId, ProjectId, StoreError, TaskId, Text,
    UserId, WorkspaceId,
};
use guildhall_kernel::{ApplicationRow, BoardRows, PersonShown};
use guildhall_orchestration::{AppUse, Item, ItemKind, Phase, Position, Status, Task};
use guildhall_products::Slug;
use sea_orm::QueryResult;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use uuid::Uuid;

use super::item_rows::content;
use crate::error::store_error;

/// Who it is, and what a card says of him.
#[derive(Deserialize)]
struct PersonRow {
    id: Uuid,
    firstname: Name,
    lastname: Name,
    email: Email,
}

/// Somebody who is assigned to a phase, an item or a task.
#[derive(Deserialize)]
struct AssignedRow {
    card_id: Uuid,
    user_id: Uuid,
}

#[derive(Deserialize)]
struct PhaseRow {
    id: Uuid,
    name: Name,
    objective: Option<Text>,
    deliverables: Option<Text>,
    #[serde(deserialize_with = "day")]
    start_date: Option<NaiveDate>,
    #[serde(deserialize_with = "day")]
    due_date: Option<NaiveDate>,
    position: Position,
}

/// A product version that some item uses.
#[derive(Deserialize)]
struct UsedRow {
    version_id: Uuid,
    product_id: Uuid,
    product_name: Name,
    slug: Slug,
}

/// An item's use of a product.
#[derive(Deserialize)]
struct UseRow {
    item_id: Uuid,
    product_workspace_id: Uuid,
    product_id: Uuid,
    product_version_id: Uuid,
    config: String,
}

#[derive(Deserialize)]
struct ItemRow {
    id: Uuid,
    phase_id: Uuid,
    kind: ItemKind,
    name: Name,
    description: Option<Text>,
    link: Option<Link>,
    status: Status,
    #[serde(deserialize_with = "day")]
    due_date: Option<NaiveDate>,
    position: Position,
}

#[derive(Deserialize)]
struct TaskRow {
    id: Uuid,
    item_id: Uuid,
    title: Name,
    description: Option<Text>,
    status: Status,
    #[serde(deserialize_with = "day")]
    due_date: Option<NaiveDate>,
    position: Position,
}

/// The board of one row with a list in each column.
pub(super) fn board(project: ProjectId, row: &QueryResult) -> Result<BoardRows, StoreError> {
    let mut assigned = Assigned::new(list(row, "assigned")?);
    let mut uses = HashMap::new();
    for row in list::<UseRow>(row, "uses")? {
        uses.insert(row.item_id, application(&row)?);
    }
    let phases = list::<PhaseRow>(row, "phases")?.into_iter();
    let items = list::<ItemRow>(row, "items")?.into_iter();
    let tasks = list::<TaskRow>(row, "tasks")?.into_iter();
    Ok(BoardRows {
        phases: phases.map(|row| phase(project, row, &mut assigned)).collect(),
        items: items.map(|row| item(project, row, &mut assigned, &mut uses)).collect::<Result<_, _>>()?,
        tasks: tasks.map(|row| task(project, row, &mut assigned)).collect(),
        people: list(row, "people")?.into_iter().map(person).collect(),
        applications: list(row, "applications")?.into_iter().map(used).collect(),
    })
}

/// The rows of one column, each an array in the order of its struct's fields. PostgreSQL has no list where there are no rows.
fn list<T: DeserializeOwned>(row: &QueryResult, column: &str) -> Result<Vec<T>, StoreError> {
    let text: Option<String> = row.try_get("", column).map_err(store_error)?;
    let Some(text) = text else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|error| StoreError::Corrupt(format!("{column}: {error}")))
}

/// A day as either database writes it into JSON: PostgreSQL counts years backwards from the one before the first, which is 0.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let Some(text) = Option::<&str>::deserialize(deserializer)? else { return Ok(None) };
    let read = match text.strip_suffix(" BC") {
        None => text.parse().ok(),
        Some(before) => before.strip_prefix("0001-").and_then(|day| format!("0000-{day}").parse().ok()),
    };
    read.map(Some).ok_or_else(|| D::Error::custom(format!("`{text}` is no day")))
}

/// Who is assigned to which card.
struct Assigned(HashMap<Uuid, Vec<UserId>>);

impl Assigned {
    fn new(rows: Vec<AssignedRow>) -> Self {
        let mut cards: HashMap<Uuid, Vec<UserId>> = HashMap::new();
        for AssignedRow { card_id, user_id } in rows {
            cards.entry(card_id).or_default().push(UserId::new(user_id));
        }
        Self(cards)
    }

    /// Those who are assigned to a card, in ascending order.
    fn take(&mut self, card: Uuid) -> Vec<UserId> {
        let mut users = self.0.remove(&card).unwrap_or_default();
        users.sort_unstable();
        users
    }
}

fn person(row: PersonRow) -> (UserId, PersonShown) {
    let PersonRow { id, firstname, lastname, email } = row;
    let id = UserId::new(id);
    (id, PersonShown { id, firstname, lastname, email })
}

fn used(row: UsedRow) -> (ProductVersionId, ApplicationRow) {
    let UsedRow { version_id, product_id, product_name, slug } = row;
    let product_id = ProductId::new(product_id);
    (ProductVersionId::new(version_id), ApplicationRow { product_id, product_name, slug })
}

fn application(row: &UseRow) -> Result<AppUse, StoreError> {
    let config = serde_json::from_str(&row.config);
    Ok(AppUse {
        product_workspace_id: WorkspaceId::new(row.product_workspace_id),
        product_id: ProductId::new(row.product_id),
        product_version_id: ProductVersionId::new(row.product_version_id),
        config: config.map_err(|error| StoreError::Corrupt(format!("item.config: {error}")))?,
    })
}

fn phase(project: ProjectId, row: PhaseRow, assigned: &mut Assigned) -> Phase {
    let PhaseRow { id, name, objective, deliverables, start_date, due_date, position } = row;
    Phase {
        id: PhaseId::new(id),
        project_id: project,
        name,
        objective,
        deliverables,
        start_date,
        due_date,
        assignees: assigned.take(id),
        position,
    }
}

fn item(
    project: ProjectId,
    row: ItemRow,
    assigned: &mut Assigned,
    uses: &mut HashMap<Uuid, AppUse>,
) -> Result<Item, StoreError> {
    let ItemRow { id, phase_id, kind, name, description, link, status, due_date, position } = row;
    Ok(Item {
        id: ItemId::new(id),
        project_id: project,
        phase_id: PhaseId::new(phase_id),
        content: content(kind, (name, description), link, uses.remove(&id))?,
        status,
        restored_status: None,
        due_date,
        assignees: assigned.take(id),
        position,
    })
}

fn task(project: ProjectId, row: TaskRow, assigned: &mut Assigned) -> Task {
    let TaskRow { id, item_id, title, description, status, due_date, position } = row;
    Task {
        id: TaskId::new(id),
        project_id: project,
        item_id: ItemId::new(item_id),
        title,
        description,
        status,
        restored_status: None,
        due_date,
        assignees: assigned.take(id),
        position,
    }
}
