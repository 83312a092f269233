//! `guildhall package` on files.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Output,
};

use guildhall_artifacts::{Kinds, base_package};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command_line;

const MANIFEST: &str = r#"{
    "id": "test.boards", "version": "1.0.0", "name": "Boards", "deployable_in": ["SYSTEM", "WORKSPACE"],
    "requires": [{"id": "guildhall.base", "version": "^1.0"}]
}"#;

/// A folder with the source of a package in `source`.
fn source(artifact: &Value) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let presets = folder.path().join("source/artifacts/view_preset");
    fs::create_dir_all(&presets).unwrap();
    fs::write(folder.path().join("source/manifest.json"), MANIFEST).unwrap();
    fs::write(folder.path().join("source/README.md"), "Not part of the package.").unwrap();
    fs::write(presets.join("wide.json"), artifact.to_string()).unwrap();
    folder
}

fn preset() -> Value {
    json!({ "content": { "name": "Wide", "fields": { "item": ["status"] } }, "locked": ["/name"] })
}

fn package(folder: &Path, arguments: &[&str]) -> Output {
    command_line::run(folder, &[&["package"], arguments].concat(), "")
}

fn build(folder: &TempDir, name: &str) -> (Output, PathBuf) {
    let (source, file) = (folder.path().join("source"), folder.path().join(name));
    let output = package(folder.path(), &["build", source.to_str().unwrap(), "-o", file.to_str().unwrap()]);
    (output, file)
}

fn inspect(folder: &TempDir, file: &Path) -> Output {
    package(folder.path(), &["inspect", file.to_str().unwrap()])
}

/// What was printed on standard error, having failed.
#[track_caller]
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_folder_is_built_twice_into_the_same_bytes() {
    let folder = source(&preset());

    let (first, second) = (build(&folder, "1.tar.gz"), build(&folder, "2.tar.gz"));

    assert!(command_line::said(&first.0).contains("test.boards 1.0.0 with 1 artifacts, sha256:"));
    assert_eq!(fs::read(first.1).unwrap(), fs::read(second.1).unwrap());
}

#[test]
fn an_archive_is_inspected_by_people_and_programs() {
    let folder = source(&preset());
    let (_, file) = build(&folder, "boards.tar.gz");

    let table = command_line::said(&inspect(&folder, &file));
    let printed = command_line::said(&package(folder.path(), &["inspect", "--json", file.to_str().unwrap()]));

    for line in ["test.boards 1.0.0: Boards", "guildhall.base ^1.0", "view_preset  wide", "locked: /name"] {
        assert!(table.contains(line), "{table}");
    }
    let manifest: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(manifest["artifacts"][0]["path"], "wide");
    assert!(table.contains(manifest["digest"].as_str().unwrap()));
}

#[test]
fn everything_that_is_wrong_is_printed_and_nothing_is_written() {
    let folder = source(&json!({ "content": { "fields": {}, "colour": 1 } }));
    let presets = folder.path().join("source/artifacts/view_preset");
    symlink("/etc/hostname", presets.join("link.json")).unwrap();
    fs::write(presets.join("notes.txt"), "").unwrap();

    let (output, file) = build(&folder, "boards.tar.gz");

    let said = refused(&output);
    for line in [
        "artifacts/view_preset/wide.json#/content: \"name\" is a required property",
        "artifacts/view_preset/wide.json#/content: Additional properties are not allowed",
        "artifacts/view_preset/link.json: is no regular file",
        "artifacts/view_preset/notes.txt: is neither",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(!file.exists());
}

#[test]
fn a_large_file_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.tar.gz");
    // A hole: it says that it has ten gigabytes.
    fs::File::create(&file).unwrap().set_len(10_000_000_000).unwrap();

    let said = refused(&inspect(&folder, &file));

    assert!(said.contains("has 10000000000 bytes, at most 16777216 are allowed"), "{said}");
}

#[test]
fn a_damaged_archive_is_refused() {
    let folder = source(&preset());
    let (_, file) = build(&folder, "boards.tar.gz");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();

    assert!(refused(&inspect(&folder, &file)).contains("archive: is damaged"));
}

#[test]
fn what_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();

    assert!(refused(&build(&folder, "x.tar.gz").0).contains("is no folder"));
    assert!(refused(&inspect(&folder, &folder.path().join("x.tar.gz"))).contains("can't be read"));
}

/// The package that every platform begins with is built like any other.
#[test]
fn the_base_package_builds_from_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/artifacts/packages/guildhall.base");
    let file = folder.path().join("base.tar.gz");

    let built = package(folder.path(), &["build", source.to_str().unwrap(), "-o", file.to_str().unwrap()]);

    let base = base_package(&Kinds::built_in().unwrap()).unwrap();
    assert!(command_line::said(&built).contains(&base.package.manifest.digest.to_string()));
    assert_eq!(fs::read(file).unwrap(), base.bytes);
}
