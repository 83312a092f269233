//! Kinds, contents and packages that are made up at random, of few words, so that what is written meets again.

use guildhall_artifacts::{Kind, KindName, Kinds, Packed, Pattern, pack};
use guildhall_testkit::Dice;
use serde_json::{Map, Value, json};

use crate::support::parsed;

/// One that may be overridden whole, one of which only some fields may be.
pub fn kinds() -> Kinds {
    let kind = |name: &str, rule: &Value, schema: &Value| {
        let definition = json!({
            "name": name, "description": "A thing for tests.", "schema_version": 1, "override": rule,
            "deployable_in": ["SYSTEM", "WORKSPACE"], "merge_keys": { "/steps": "key" },
            "read": "WORKSPACE_READ", "write": "PRESET_WRITE", "schema": schema,
        });
        Kind::parse(&definition.to_string()).unwrap()
    };
    let schema = json!({
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": {
            "name": { "type": "string" }, "color": {}, "size": { "type": "integer" }, "enabled": {},
            "steps": { "type": "array", "maxItems": 3, "items": { "type": "object" } },
        },
    });
    let mut kinds = Kinds::built_in().unwrap();
    kinds.add(kind("note", &json!("FULL"), &schema));
    kinds.add(kind("label", &json!({ "FIELDS": ["/color", "/size"] }), &schema));
    kinds
}

fn step(dice: &mut Dice) -> Value {
    json!({ "key": dice.of(&["one", "two", "three", "four"]), "text": dice.of(&["a", "b"]) })
}

fn steps(dice: &mut Dice) -> Value {
    let mut steps: Vec<Value> = Vec::new();
    for _ in 0..dice.below(4) {
        let step = step(dice);
        if steps.iter().all(|other| other["key"] != step["key"]) {
            steps.push(step);
        }
    }
    Value::Array(steps)
}

pub fn content(dice: &mut Dice) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(dice.of(&["N1", "N2"])));
    for field in ["color", "size", "enabled", "steps"] {
        if dice.often(2) {
            fields.insert(field.to_owned(), some(field, dice));
        }
    }
    Value::Object(fields)
}

fn some(field: &str, dice: &mut Dice) -> Value {
    match field {
        "name" => json!(dice.of(&["N1", "N2", "N3"])),
        "color" => json!(dice.of(&["red", "green", "blue"])),
        "size" => json!(dice.below(3)),
        "enabled" => json!(dice.often(2)),
        _ => steps(dice),
    }
}

/// The same with one thing changed, so that most changes of two sides fit each other.
pub fn edited(kind: &KindName, content: &Value, dice: &mut Dice) -> Value {
    let mut edited = content.clone();
    let of_label = kind.as_str() == "label" && !dice.often(6);
    let field = if of_label {
        dice.of(&["color", "size"])
    } else {
        dice.of(&["name", "color", "size", "enabled", "steps"])
    };
    if field != "name" && dice.often(4) {
        edited.as_object_mut().unwrap().remove(field);
    } else {
        edited[field] = some(field, dice);
    }
    edited
}

pub fn locked(dice: &mut Dice) -> Vec<Pattern> {
    match dice.below(8) {
        0 => vec![parsed("/color")],
        1 => vec![parsed("/steps/one")],
        2 if dice.often(3) => vec![Pattern::ROOT],
        _ => Vec::new(),
    }
}

/// What a package is and needs.
pub struct Shipment {
    pub id: &'static str,
    pub version: &'static str,
    pub places: &'static [&'static str],
    pub requires: &'static [(&'static str, &'static str)],
}

const BOTH: &[&str] = &["SYSTEM", "WORKSPACE"];

/// Packages in several versions; one goes into System alone, and one needs another one.
pub const SHIPMENTS: [Shipment; 8] = [
    Shipment { id: "test.alpha", version: "1.0.0", places: BOTH, requires: &[] },
    Shipment { id: "test.alpha", version: "1.1.0", places: BOTH, requires: &[] },
    Shipment { id: "test.alpha", version: "2.0.0", places: BOTH, requires: &[] },
    Shipment { id: "test-beta", version: "1.0.0", places: BOTH, requires: &[("test.alpha", "^1.0")] },
    Shipment { id: "test-beta", version: "2.0.0", places: BOTH, requires: &[("test.alpha", ">=1.1")] },
    Shipment { id: "test", version: "1.0.0", places: &["SYSTEM"], requires: &[] },
    Shipment { id: "test", version: "1.1.0", places: &["SYSTEM"], requires: &[] },
    Shipment { id: "test", version: "1.2.0", places: &["SYSTEM"], requires: &[] },
];

/// The same shipment again differs in what is in it.
pub fn packed(shipment: &Shipment, dice: &mut Dice, kinds: &Kinds) -> Packed {
    let requires: Vec<Value> =
        shipment.requires.iter().map(|(id, version)| json!({ "id": id, "version": version })).collect();
    let manifest = json!({
        "id": shipment.id, "version": shipment.version, "name": shipment.id,
        "deployable_in": shipment.places, "requires": requires,
    });
    let mut files = vec![("manifest.json".to_owned(), manifest.to_string().into_bytes())];
    for file in ["note/main", "note/main-2", "note/main/one", "label/main", "label/z"] {
        if dice.often(5) {
            continue;
        }
        let artifact = json!({ "content": content(dice), "locked": locked(dice) });
        files.push((format!("artifacts/{file}.json"), artifact.to_string().into_bytes()));
    }
    pack(files, kinds).unwrap()
}
