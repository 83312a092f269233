//! From a project's board to a template.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use guildhall_core::{Name, ProductVersionId, Text};

use super::{Template, TemplateApplication, TemplateItem, TemplatePhase, TemplateTask};
use crate::{Board, BoardItem, BoardPhase, Task};

/// How long a key is that is made from a name, so that a number may follow.
const LONGEST_KEY: usize = 50;

impl Template {
    /// The structure of a board without its people. Days count from the project's start, and where it has none from the earliest
    /// date on the board. `slug` names the version of a product that an item uses.
    pub fn of(
        board: &Board,
        (name, description, category): (Name, Option<Text>, Option<Name>),
        slug: impl Fn(ProductVersionId) -> Option<String>,
    ) -> Self {
        let start = board.project.start_date.or_else(|| dates(board).min());
        let mut taken = BTreeSet::new();
        let phases = board.phases.iter().map(|it| phase(it, start, &mut taken, &slug)).collect();
        Self { name, description, category, gating: Some(board.project.gating), phases }
    }
}

/// Every date on the board.
fn dates(board: &Board) -> impl Iterator<Item = NaiveDate> {
    let phases = board.phases.iter().flat_map(|it| [it.phase.start_date, it.phase.due_date]);
    let items = board.phases.iter().flat_map(|phase| &phase.items);
    let tasks = items.clone().flat_map(|item| &item.tasks).map(|task| task.due_date);
    phases.chain(items.map(|it| it.item.due_date)).chain(tasks).flatten()
}

fn phase(
    from: &BoardPhase,
    start: Option<NaiveDate>,
    taken: &mut BTreeSet<String>,
    slug: &impl Fn(ProductVersionId) -> Option<String>,
) -> TemplatePhase {
    let mut keys = BTreeSet::new();
    TemplatePhase {
        key: key(&from.phase.name, "phase", taken),
        name: from.phase.name.clone(),
        objective: from.phase.objective.clone(),
        deliverables: from.phase.deliverables.clone(),
        start_day: day(from.phase.start_date, start),
        due_day: day(from.phase.due_date, start),
        items: from.items.iter().map(|it| item(it, start, &mut keys, slug)).collect(),
    }
}

fn item(
    from: &BoardItem,
    start: Option<NaiveDate>,
    taken: &mut BTreeSet<String>,
    slug: &impl Fn(ProductVersionId) -> Option<String>,
) -> TemplateItem {
    let content = &from.item.content;
    let application = content.application().map(|used| TemplateApplication {
        product_id: Some(used.product_id),
        product_version_id: Some(used.product_version_id),
        slug: slug(used.product_version_id),
        config: used.config.clone(),
    });
    let mut keys = BTreeSet::new();
    TemplateItem {
        key: key(content.name(), "item", taken),
        kind: content.kind(),
        name: content.name().clone(),
        description: content.description().cloned(),
        due_day: day(from.item.due_date, start),
        link: content.link().cloned(),
        application,
        tasks: from.tasks.iter().map(|it| task(it, start, &mut keys)).collect(),
    }
}

fn task(from: &Task, start: Option<NaiveDate>, taken: &mut BTreeSet<String>) -> TemplateTask {
    TemplateTask {
        key: key(&from.title, "task", taken),
        title: from.title.clone(),
        description: from.description.clone(),
        due_day: day(from.due_date, start),
    }
}

/// The days from the start to a date; negative before it.
fn day(date: Option<NaiveDate>, start: Option<NaiveDate>) -> Option<i32> {
    let (date, start) = date.zip(start)?;
    i32::try_from(date.signed_duration_since(start).num_days()).ok()
}

/// A key that none of its siblings has: the letters `a` to `z` and digits of the name, and behind them a number where they are
/// taken. The same names in the same order have the same keys.
fn key(name: &Name, otherwise: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = Some(crate::slug(name.as_str(), LONGEST_KEY)).filter(|slug| !slug.is_empty());
    let slug = slug.unwrap_or_else(|| otherwise.to_owned());
    let mut key = slug.clone();
    let mut number = 1;
    while !taken.insert(key.clone()) {
        number += 1;
        key = format!("{slug}-{number}");
    }
    key
}
