use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::DeployableIn;

fn base() -> Packed {
    base_package(&Kinds::built_in().unwrap()).unwrap()
}

/// The contents of one kind.
fn contents(packed: &Packed, kind: &str) -> Vec<Value> {
    let artifacts = packed.package.artifacts.iter().filter(|artifact| artifact.key.kind.as_str() == kind);
    artifacts.map(|artifact| artifact.content.value().clone()).collect()
}

fn elements<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().unwrap()
}

#[test]
fn the_base_package_is_valid_and_for_the_system_space() {
    let packed = base();

    assert_eq!(packed.package.manifest.id.as_str(), "guildhall.base");
    assert_eq!(packed.package.manifest.deployable_in, [DeployableIn::System]);
    let keys: Vec<String> =
        packed.package.artifacts.iter().map(|artifact| artifact.key.to_string()).collect();
    let expected = [
        "theme/guildhall.base:default",
        "view_preset/guildhall.base:everything",
        "view_preset/guildhall.base:minimal",
        "view_preset/guildhall.base:people",
        "view_preset/guildhall.base:schedule",
        "workflow_template/guildhall.base:always-on-content",
        "workflow_template/guildhall.base:brand-refresh",
        "workflow_template/guildhall.base:campaign-launch",
        "workflow_template/guildhall.base:pitch",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn a_smaller_preset_shows_nothing_that_everything_does_not() {
    let presets = contents(&base(), "view_preset");
    let everything = presets.iter().find(|preset| preset["name"] == "Everything").unwrap();

    for preset in &presets {
        for level in ["phase", "item", "task"] {
            let all: BTreeSet<&str> =
                elements(&everything["fields"], level).iter().filter_map(Value::as_str).collect();
            for field in elements(&preset["fields"], level) {
                assert!(all.contains(field.as_str().unwrap()), "{} {level} {field}", preset["name"]);
            }
        }
    }
}

/// Days of a template only go forward: what is due lies within its phase, and phases follow each other.
#[test]
fn the_templates_are_plans_that_could_be_kept() {
    let day = |value: &Value, name: &str| value[name].as_i64().unwrap();

    for template in contents(&base(), "workflow_template") {
        let name = &template["name"];
        let mut before = 0;
        for phase in elements(&template, "phases") {
            assert_eq!(day(phase, "start_day"), before, "{name}: {}", phase["name"]);
            before = day(phase, "due_day");
            for item in elements(phase, "items") {
                assert!(day(item, "due_day") <= before, "{name}: {}", item["name"]);
                let mut earlier = day(phase, "start_day");
                for task in elements(item, "tasks") {
                    let due = day(task, "due_day");
                    assert!((earlier..=day(item, "due_day")).contains(&due), "{name}: {}", task["title"]);
                    earlier = due;
                }
            }
        }
    }
}

/// A version that is deployed somewhere keeps its digest: whoever changes the package raises its version, and then this.
#[test]
fn the_base_package_is_the_one_that_its_version_names() {
    let manifest = base().package.manifest;

    assert_eq!(
        (manifest.version.to_string().as_str(), manifest.digest.to_string().as_str()),
        ("1.0.0", "sha256:7a5cef9a09c9ed359ae7f4500c31edbb2fdd1503824032af37865b110b1883ec")
    );
}
