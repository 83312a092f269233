//! View presets, and the one that somebody looks at a project's Canvas with.

use std::str::FromStr;

use guildhall_core::{Name, ProjectId, RowVersion, Text, UserId};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{CanvasFields, ItemField, PhaseField, TaskField};

/// What a view preset says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewPreset {
    /// What it is called.
    pub name: Name,
    /// What it is good for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The fields that it shows. A name that this version of the platform does not know shows nothing.
    #[serde(deserialize_with = "known")]
    pub fields: CanvasFields,
}

/// Field names as they were stored.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    phase: Vec<String>,
    #[serde(default)]
    item: Vec<String>,
    #[serde(default)]
    task: Vec<String>,
}

fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<CanvasFields, D::Error> {
    fn those<T: FromStr>(names: &[String]) -> Vec<T> {
        names.iter().filter_map(|name| name.parse().ok()).collect()
    }
    let named = Named::deserialize(deserializer)?;
    Ok(CanvasFields { phase: those(&named.phase), item: those(&named.item), task: those(&named.task) })
}

/// The faults of the field names in a preset, each with its pointer.
pub fn check_field_names(fields: &serde_json::Value) -> Vec<guildhall_core::Fault> {
    fn of<T: FromStr<Err: std::fmt::Display>>(
        fields: &serde_json::Value,
        level: &str,
    ) -> Vec<guildhall_core::Fault> {
        let names = fields.get(level).and_then(serde_json::Value::as_array);
        let wrong = names.into_iter().flatten().enumerate().filter_map(|(index, name)| {
            let why = name.as_str().unwrap_or_default().parse::<T>().err()?;
            Some(guildhall_core::Fault::new(format!("/fields/{level}/{index}"), why.to_string()))
        });
        wrong.collect()
    }
    let mut faults = of::<PhaseField>(fields, PhaseField::LEVEL);
    faults.extend(of::<ItemField>(fields, ItemField::LEVEL));
    faults.extend(of::<TaskField>(fields, TaskField::LEVEL));
    faults
}

/// The view preset with which somebody looks at one project's Canvas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViewChoice {
    /// The project.
    pub project_id: ProjectId,
    /// Who looks.
    pub user_id: UserId,
    /// The id of the preset; `None` for the default.
    pub preset: Option<String>,
    /// Counts the choices.
    pub version: RowVersion,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_preset_shows_the_fields_that_are_known() {
        let stored = json!({ "name": "Dates", "fields": { "item": ["due_date", "colour"] } });

        let preset: ViewPreset = serde_json::from_value(stored).unwrap();

        assert_eq!(preset.fields, CanvasFields { item: vec![ItemField::DueDate], ..CanvasFields::default() });
    }

    #[test]
    fn an_unknown_field_is_named_with_its_place() {
        let faults = check_field_names(&json!({ "phase": ["state"], "task": ["status", "colour"] }));

        assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/fields/task/1"]);
    }
}
