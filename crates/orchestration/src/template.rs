//! Workflow templates: a project's structure without people, its dates as days from the project's start.

mod lay_out;
mod save;

use guildhall_core::{ArtifactVersionId, Fault, Link, Name, ProductId, ProductVersionId, ProjectId, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Gating, ItemKind};

/// What a workflow template says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// What it is called.
    pub name: Name,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// What sort of work it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Name>,
    /// Whether a project that is made from it holds people to the order of its phases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gating: Option<Gating>,
    /// The phases, in order.
    pub phases: Vec<TemplatePhase>,
}

/// A phase of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplatePhase {
    /// By which it is known when versions of the template are compared; no two phases have the same.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,59}$", max_length = 60))]
    pub key: String,
    /// What it is called.
    pub name: Name,
    /// What it is to achieve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Text>,
    /// What it is to deliver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliverables: Option<Text>,
    /// When it begins, in days from the project's start; never after `due_day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -3650, maximum = 3650))]
    pub start_day: Option<i32>,
    /// When it is due, in days from the project's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -3650, maximum = 3650))]
    pub due_day: Option<i32>,
    /// The items, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false, max_items = 200))]
    pub items: Vec<TemplateItem>,
}

/// An item of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateItem {
    /// By which it is known when versions of the template are compared; no two items of a phase have the same.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,59}$", max_length = 60))]
    pub key: String,
    /// Whether it is something to do or something to work with.
    pub kind: ItemKind,
    /// What it is called.
    pub name: Name,
    /// The words under the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// When it is due, in days from the project's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -3650, maximum = 3650))]
    pub due_day: Option<i32>,
    /// The page that an activity is done with; never beside an application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The product that it uses; an item of the kind `APPLICATION` always has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<TemplateApplication>,
    /// The tasks, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false, max_items = 200))]
    pub tasks: Vec<TemplateTask>,
}

/// A task of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateTask {
    /// By which it is known when versions of the template are compared; no two tasks of an item have the same.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,59}$", max_length = 60))]
    pub key: String,
    /// What is to be done, in one line.
    pub title: Name,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// When it is due, in days from the project's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = -3650, maximum = 3650))]
    pub due_day: Option<i32>,
}

/// A product, as an item of a template uses it: named by its id, or by the slug of its versions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateApplication {
    /// The product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<ProductId>,
    /// The version that is used while it is published; afterwards the newest one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_version_id: Option<ProductVersionId>,
    /// The slug of the product's versions, by which it is found where no id is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 63))]
    pub slug: Option<String>,
    /// The item's own configuration, a JSON object.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object, required = false))]
    pub config: Map<String, Value>,
}

/// How much there is in a template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TemplateCounts {
    /// Phases.
    pub phases: usize,
    /// Items in all phases.
    pub items: usize,
    /// Tasks in all items.
    pub tasks: usize,
}

/// What a project was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateUse {
    /// The project.
    pub project_id: ProjectId,
    /// The package that the template comes from; `None` for a space's own.
    pub package: Option<String>,
    /// Where the template stands there.
    pub path: String,
    /// The version of the template as it was then.
    pub version_id: ArtifactVersionId,
}

/// An item's place in a template: how many phases stand before its phase, and how many items before it there.
pub type ItemPlace = (usize, usize);

impl Template {
    /// How much there is in it.
    pub fn counts(&self) -> TemplateCounts {
        TemplateCounts {
            phases: self.phases.len(),
            items: self.items().count(),
            tasks: self.items().map(|item| item.tasks.len()).sum(),
        }
    }

    /// How many days its work takes: from the project's start, or the earliest day before that, to the last day, both counted.
    /// `None` where it names no days.
    pub fn duration_days(&self) -> Option<u32> {
        let last = self.days().max()?;
        let first = self.days().min()?.min(0);
        last.max(0).checked_sub(first)?.checked_add(1)?.try_into().ok()
    }

    /// What it is found by: its name, description and category, and the names of everything in it.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let own = [Some(self.name.as_str()), self.description.as_ref().map(Text::as_str)];
        let category = self.category.iter().map(Name::as_str);
        let phases = self.phases.iter().map(|phase| phase.name.as_str());
        let items = self.items().map(|item| item.name.as_str());
        let tasks = self.items().flat_map(|item| &item.tasks).map(|task| task.title.as_str());
        own.into_iter().flatten().chain(category).chain(phases).chain(items).chain(tasks)
    }

    /// The items that use a product, each with its place.
    pub fn applications(&self) -> impl Iterator<Item = (ItemPlace, &TemplateItem, &TemplateApplication)> {
        let placed = |(nth, phase)| -> Vec<_> { items_with_application(nth, phase) };
        self.phases.iter().enumerate().flat_map(placed)
    }

    fn items(&self) -> impl Iterator<Item = &TemplateItem> {
        self.phases.iter().flat_map(|phase| &phase.items)
    }

    fn days(&self) -> impl Iterator<Item = i32> {
        let phases = self.phases.iter().flat_map(|phase| [phase.start_day, phase.due_day]);
        let items = self.items().map(|item| item.due_day);
        let tasks = self.items().flat_map(|item| &item.tasks).map(|task| task.due_day);
        phases.chain(items).chain(tasks).flatten()
    }
}

fn items_with_application(
    nth: usize,
    phase: &TemplatePhase,
) -> Vec<(ItemPlace, &TemplateItem, &TemplateApplication)> {
    let items = phase.items.iter().enumerate();
    items.filter_map(|(index, item)| Some(((nth, index), item, item.application.as_ref()?))).collect()
}

/// Everything that is wrong with a template of the right shape: links that are none, phases that are due before they begin.
pub fn check_template(content: &Value) -> Vec<Fault> {
    let list = |value: &Value, name: &str| -> Vec<Value> {
        value.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let mut faults = Vec::new();
    for (nth, phase) in list(content, "phases").iter().enumerate() {
        let day = |name: &str| phase.get(name).and_then(Value::as_i64);
        if day("start_day").zip(day("due_day")).is_some_and(|(start, due)| start > due) {
            faults.push(Fault::new(format!("/phases/{nth}/due_day"), "must not be before `start_day`"));
        }
        for (index, item) in list(phase, "items").iter().enumerate() {
            let link = item.get("link").and_then(Value::as_str).map(str::parse::<Link>);
            if let Some(Err(why)) = link {
                faults.push(Fault::new(format!("/phases/{nth}/items/{index}/link"), why.to_string()));
            }
        }
    }
    if faults.is_empty()
        && let Err(why) = serde_json::from_value::<Template>(content.clone())
    {
        faults.push(Fault::new("", why.to_string()));
    }
    faults
}

#[cfg(test)]
mod tests;
