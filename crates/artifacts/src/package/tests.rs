//! Packages as a whole: folders in, archives out, and what is refused on the way.

mod archives;
mod bombs;
mod documents;
mod folders;

use guildhall_core::Fault;
use serde_json::{Value, json};

use super::*;
use crate::{Kind, Kinds};

/// Two kinds: one that goes anywhere and has a secret, and one for the System space alone.
fn kinds() -> Kinds {
    let kind = |name: &str, places: &Value| {
        let definition = json!({
            "name": name, "description": "A thing for tests.", "schema_version": 1, "override": "FULL",
            "deployable_in": places, "secret": ["/hooks/*/token"],
            "merge_keys": { "/steps": "key" }, "read": "WORKSPACE_READ", "write": "PRESET_WRITE",
            "schema": {
                "type": "object", "required": ["name"], "additionalProperties": false,
                "properties": {
                    "name": { "type": "string", "maxLength": 50 },
                    "any": {},
                    "steps": {},
                    "hooks": { "type": "array", "items": { "type": "object" } },
                },
            },
        });
        Kind::parse(&definition.to_string()).unwrap()
    };
    let mut kinds = Kinds::default();
    kinds.add(kind("note", &json!(["SYSTEM", "WORKSPACE"])));
    kinds.add(kind("rule", &json!(["SYSTEM"])));
    kinds
}

/// A manifest as an author writes it.
fn source() -> Value {
    json!({
        "id": "test.notes", "version": "1.2.0", "name": "Notes", "description": "Notes for tests.",
        "deployable_in": ["SYSTEM", "WORKSPACE"], "requires": [{ "id": "guildhall.base", "version": "^1.0" }],
        "roles": [{ "code": "WRITER", "name": "Writer", "permissions": ["WRITE_NOTE"] }],
        "permissions": ["READ_NOTE", "WRITE_NOTE"],
    })
}

/// A manifest without artifacts.
pub(super) fn manifest(id: &str, version: &str, requires: &[(&str, &str)]) -> Manifest {
    package_of(id, version, requires, &[]).manifest
}

/// A package of notes, each by its path and name.
pub(super) fn package_of(
    id: &str,
    version: &str,
    requires: &[(&str, &str)],
    notes: &[(&str, &str)],
) -> Package {
    let requires: Vec<Value> =
        requires.iter().map(|(id, version)| json!({ "id": id, "version": version })).collect();
    let source = json!({
        "id": id, "version": version, "name": id, "deployable_in": ["SYSTEM", "WORKSPACE"], "requires": requires,
    });
    let files: Vec<(String, Value)> =
        notes.iter().map(|(path, name)| (format!("artifacts/note/{path}.json"), note(name))).collect();
    let files: Vec<(&str, Value)> = files.iter().map(|(file, note)| (file.as_str(), note.clone())).collect();
    pack(with_manifest(&source, &files), &kinds()).unwrap().package
}

fn note(name: &str) -> Value {
    json!({ "content": { "name": name } })
}

/// A folder with these files beside a manifest that is right.
fn folder(files: &[(&str, Value)]) -> Vec<(String, Vec<u8>)> {
    with_manifest(&source(), files)
}

fn with_manifest(manifest: &Value, files: &[(&str, Value)]) -> Vec<(String, Vec<u8>)> {
    let manifest = ("manifest.json".to_owned(), manifest.to_string().into_bytes());
    let artifacts = files.iter().map(|(name, file)| ((*name).to_owned(), file.to_string().into_bytes()));
    std::iter::once(manifest).chain(artifacts).collect()
}

/// A package of two notes.
fn packed() -> Packed {
    let files = [
        ("artifacts/note/second.json", json!({ "content": { "name": "Second" }, "locked": ["/name"] })),
        ("artifacts/note/first.json", note("First")),
    ];
    pack(folder(&files), &kinds()).unwrap()
}

fn lines(faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.detail)).collect()
}

/// Whether exactly these faults were found, each given by its place and a piece of what is said.
#[track_caller]
fn assert_faults(faults: &[Fault], expected: &[(&str, &str)]) {
    let fits = faults.len() == expected.len()
        && expected.iter().all(|(pointer, piece)| {
            faults.iter().any(|fault| fault.pointer == *pointer && fault.detail.contains(piece))
        });
    assert!(fits, "{:#?}\nbut expected {expected:#?}", lines(faults));
}
