//! Which fields of phases, items and tasks the Canvas shows.

use std::str::FromStr;

use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};

/// Declares the fields of one level of the Canvas, as they are spelled in its answer.
macro_rules! fields {
    ($(#[$meta:meta])* $name:ident, $level:literal { $($(#[$about:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl $name {
            /// Every field of the level, in the order in which the Canvas shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The level, as it is spelled before a field's name.
            pub const LEVEL: &'static str = $level;

            /// The field as the Canvas spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            const fn bit(self) -> u16 {
                1 << self as u16
            }
        }

        impl FromStr for $name {
            type Err = ValueError;

            fn from_str(text: &str) -> Result<Self, ValueError> {
                Self::ALL.iter().copied().find(|field| field.as_str() == text).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|field| field.as_str()).collect();
                    ValueError::new(format!("must be one of {}", known.join(", ")))
                })
            }
        }
    };
}

fields! {
    /// A field of a phase that a view may leave out. Its id, its name and its items are always there.
    PhaseField, "phase" {
        /// What it is to achieve.
        Objective = "objective",
        /// What it is to deliver.
        Deliverables = "deliverables",
        /// When it begins.
        StartDate = "start_date",
        /// When it is due.
        DueDate = "due_date",
        /// How far it has come, by its items.
        State = "state",
        /// Who answers for it.
        Assignees = "assignees",
        /// Its items completed of all.
        Progress = "progress",
    }
}

fields! {
    /// A field of an item that a view may leave out. Its id, its kind and its name are always there.
    ItemField, "item" {
        /// The words under the name.
        Description = "description",
        /// The page that an activity is done with.
        Link = "link",
        /// The product that it uses.
        Application = "application",
        /// How far it has come.
        Status = "status",
        /// When it is due.
        DueDate = "due_date",
        /// Who works on it.
        Assignees = "assignees",
        /// Whether it is begun or done although its phase comes after the current one.
        Ahead = "ahead",
        /// Its tasks completed of all.
        Progress = "progress",
        /// Its tasks.
        Tasks = "tasks",
    }
}

fields! {
    /// A field of a task that a view may leave out. Its id and its title are always there, where tasks are shown at all.
    TaskField, "task" {
        /// What is to be done.
        Description = "description",
        /// How far it has come.
        Status = "status",
        /// When it is due.
        DueDate = "due_date",
        /// Who works on it.
        Assignees = "assignees",
    }
}

/// The fields that a view preset names, by level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CanvasFields {
    /// Of phases.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false, max_items = 50))]
    pub phase: Vec<PhaseField>,
    /// Of items. Without `tasks`, tasks are shown where a field of theirs is named.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false, max_items = 50))]
    pub item: Vec<ItemField>,
    /// Of tasks.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false, max_items = 50))]
    pub task: Vec<TaskField>,
}

/// Which fields of a board are shown: small, and equal where the same fields are, so that what was made for a selection can
/// be kept under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Selection {
    phase: u16,
    item: u16,
    task: u16,
}

impl Selection {
    /// Every field.
    pub const ALL: Self = Self {
        phase: (1 << PhaseField::ALL.len()) - 1,
        item: (1 << ItemField::ALL.len()) - 1,
        task: (1 << TaskField::ALL.len()) - 1,
    };

    /// Whether a field of phases is shown.
    pub const fn phase(self, field: PhaseField) -> bool {
        self.phase & field.bit() != 0
    }

    /// Whether a field of items is shown. Tasks are shown where they, or any field of theirs, were named.
    pub const fn item(self, field: ItemField) -> bool {
        self.item & field.bit() != 0
    }

    /// Whether a field of tasks is shown.
    pub const fn task(self, field: TaskField) -> bool {
        self.task & field.bit() != 0
    }

    /// How a field is spelled in a list of fields of all levels, such as `item.status`; all of them.
    pub fn spellings() -> impl Iterator<Item = String> {
        let phase = PhaseField::ALL.iter().map(|field| (PhaseField::LEVEL, field.as_str()));
        let item = ItemField::ALL.iter().map(|field| (ItemField::LEVEL, field.as_str()));
        let task = TaskField::ALL.iter().map(|field| (TaskField::LEVEL, field.as_str()));
        phase.chain(item).chain(task).map(|(level, field)| format!("{level}.{field}"))
    }
}

impl From<&CanvasFields> for Selection {
    fn from(fields: &CanvasFields) -> Self {
        let phase = fields.phase.iter().fold(0, |bits, field| bits | field.bit());
        let task = fields.task.iter().fold(0, |bits, field| bits | field.bit());
        let tasks = if task == 0 { 0 } else { ItemField::Tasks.bit() };
        let item = fields.item.iter().fold(tasks, |bits, field| bits | field.bit());
        Self { phase, item, task }
    }
}

/// A list such as `phase.state,item.status`; the empty one selects nothing.
impl FromStr for Selection {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let mut fields = CanvasFields::default();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let known = match name.split_once('.') {
                Some((PhaseField::LEVEL, field)) => field.parse().map(|field| fields.phase.push(field)),
                Some((ItemField::LEVEL, field)) => field.parse().map(|field| fields.item.push(field)),
                Some((TaskField::LEVEL, field)) => field.parse().map(|field| fields.task.push(field)),
                Some(_) | None => Err(ValueError::new("is of no level")),
            };
            known.map_err(|_| {
                let (name, known): (String, Vec<String>) =
                    (name.chars().take(60).collect(), Self::spellings().collect());
                ValueError::new(format!("has no field `{name}`; it has {}", known.join(", ")))
            })?;
        }
        Ok(Self::from(&fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_selects_what_it_names_and_nothing_else() {
        let selection: Selection = "phase.state, item.status,item.status".parse().unwrap();

        assert!(selection.phase(PhaseField::State) && selection.item(ItemField::Status));
        assert!(!selection.phase(PhaseField::Objective) && !selection.item(ItemField::Tasks));
        assert!(!selection.task(TaskField::Status));
    }

    #[test]
    fn whoever_names_a_field_of_tasks_is_shown_tasks() {
        assert!("task.status".parse::<Selection>().unwrap().item(ItemField::Tasks));
        assert!("item.tasks".parse::<Selection>().unwrap().item(ItemField::Tasks));
        assert!(!"item.status".parse::<Selection>().unwrap().item(ItemField::Tasks));
    }

    #[test]
    fn a_field_has_one_spelling() {
        let spelled = |all: &[&str], stored: serde_json::Value| assert_eq!(serde_json::json!(all), stored);

        let phase: Vec<_> = PhaseField::ALL.iter().map(|field| field.as_str()).collect();
        let item: Vec<_> = ItemField::ALL.iter().map(|field| field.as_str()).collect();
        let task: Vec<_> = TaskField::ALL.iter().map(|field| field.as_str()).collect();

        spelled(&phase, serde_json::json!(PhaseField::ALL));
        spelled(&item, serde_json::json!(ItemField::ALL));
        spelled(&task, serde_json::json!(TaskField::ALL));
    }

    #[test]
    fn all_fields_by_name_are_all_fields() {
        let all: Vec<String> = Selection::spellings().collect();

        assert_eq!(all.join(",").parse(), Ok(Selection::ALL));
        assert_ne!("".parse(), Ok(Selection::ALL));
    }

    #[test]
    fn what_is_no_field_is_refused_with_those_that_are() {
        for unknown in ["status", "item.colour", "card.status", "phase.", "item.status.x"] {
            let refused = unknown.parse::<Selection>().unwrap_err().to_string();

            assert!(refused.contains(&format!("`{unknown}`")), "{refused}");
            assert!(refused.contains("phase.state") && refused.contains("task.assignees"), "{refused}");
        }
    }
}
