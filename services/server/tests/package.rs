//! `guildhall package`, on files and on a database.

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

/// A folder with the source of a package in `source`.
fn source(artifact: &Value) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_source(&folder, ("test.boards", "1.0.0"), Some(("guildhall.base", "^1.0")), artifact);
    folder
}

fn write_source(
    folder: &TempDir,
    (id, version): (&str, &str),
    needs: Option<(&str, &str)>,
    artifact: &Value,
) {
    let requires: Vec<Value> =
        needs.iter().map(|(id, version)| json!({ "id": id, "version": version })).collect();
    let manifest = json!({
        "id": id, "version": version, "name": "Boards", "deployable_in": ["SYSTEM", "WORKSPACE"],
        "requires": requires,
    });
    let presets = folder.path().join("source/artifacts/view_preset");
    fs::create_dir_all(&presets).unwrap();
    fs::write(folder.path().join("source/manifest.json"), manifest.to_string()).unwrap();
    fs::write(folder.path().join("source/README.md"), "Not part of the package.").unwrap();
    fs::write(presets.join("wide.json"), artifact.to_string()).unwrap();
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

/// An archive of one view preset.
fn archive(folder: &TempDir, package: (&str, &str), needs: Option<(&str, &str)>, title: &str) -> String {
    write_source(folder, package, needs, &json!({ "content": { "name": title, "fields": {} } }));
    let (output, file) = build(folder, &format!("{}-{}-{title}.tar.gz", package.0, package.1));
    command_line::said(&output);
    file.to_str().unwrap().to_owned()
}

/// What a command says that succeeds.
#[track_caller]
fn done(folder: &TempDir, arguments: &[&str]) -> String {
    command_line::said(&package(folder.path(), arguments))
}

#[test]
fn a_package_is_planned_deployed_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let one = archive(&folder, ("test.boards", "1.0.0"), None, "One");
    let two = archive(&folder, ("test.boards", "2.0.0"), None, "Two");

    let planned = done(&folder, &["plan", &one]);
    let deployed = done(&folder, &["deploy", &one]);
    let again = done(&folder, &["deploy", &one]);
    let changed = done(&folder, &["deploy", &two]);
    let taken = done(&folder, &["undeploy", "test.boards"]);

    assert!(planned.starts_with("test.boards 1.0.0 into System\n"), "{planned}");
    assert!(planned.contains("added      1\n  view_preset/test.boards:wide\n"), "{planned}");
    assert!(deployed.starts_with("test.boards 1.0.0 is deployed in System\n"), "{deployed}");
    assert_eq!(again, "test.boards 1.0.0 was deployed in System already\n");
    assert!(changed.contains("in place of 1.0.0") && changed.contains("changed    1\n"), "{changed}");
    assert!(taken.starts_with("test.boards 2.0.0 is no longer deployed in System\n"), "{taken}");
    assert!(refused(&package(folder.path(), &["undeploy", "test.boards"])).contains("not deployed"));
}

#[test]
fn only_the_plan_that_was_seen_is_deployed() {
    let folder = tempfile::tempdir().unwrap();
    let one = archive(&folder, ("test.boards", "1.0.0"), None, "One");
    let two = archive(&folder, ("test.boards", "2.0.0"), None, "Two");
    let plan: Value = serde_json::from_str(&done(&folder, &["plan", "--json", &two])).unwrap();
    let hash = plan["hash"].as_str().unwrap();

    done(&folder, &["deploy", &one]);
    let stale = package(folder.path(), &["deploy", &two, "--plan-hash", hash]);

    assert!(refused(&stale).contains("plan again"));
    assert!(done(&folder, &["plan", &two]).contains("in place of 1.0.0"), "nothing was deployed");
}

#[test]
fn a_version_is_what_it_was_first() {
    let folder = tempfile::tempdir().unwrap();
    let one = archive(&folder, ("test.boards", "1.0.0"), None, "One");
    let other = archive(&folder, ("test.boards", "1.0.0"), None, "Other");
    done(&folder, &["deploy", &one]);

    let said = refused(&package(folder.path(), &["deploy", &other]));

    assert!(said.contains("version 1.0.0 of `test.boards` is known as another content"), "{said}");
}

#[test]
fn what_a_package_requires_comes_before_it_and_goes_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let create = [
        ["workspace", "create", "--prefix", "agency", "--name", "Agency"].as_slice(),
        &["--email", "admin@example.test", "--firstname", "A", "--lastname", "B"],
    ];
    command_line::said(&command_line::run(folder.path(), &create.concat(), "a long password\n"));
    let base = archive(&folder, ("test.base", "1.4.0"), None, "Base");
    let fan = archive(&folder, ("test.fan", "1.0.0"), Some(("test.base", "^1.2")), "Fan");
    let here = ["--workspace", "agency"];

    let early = package(folder.path(), &[["deploy", &fan].as_slice(), &here].concat());
    done(&folder, &["deploy", &base]);
    let planned = done(&folder, &[["plan", &fan].as_slice(), &here].concat());
    let deployed = done(&folder, &[["deploy", &fan].as_slice(), &here].concat());
    let elsewhere = package(folder.path(), &["plan", &fan, "--workspace", "nobody"]);

    assert!(refused(&early).contains("`test.base` ^1.2, which is not deployed"));
    assert!(planned.starts_with("test.fan 1.0.0 into `agency`\n") && !planned.contains("unmet"), "{planned}");
    assert!(deployed.starts_with("test.fan 1.0.0 is deployed in `agency`\n"), "{deployed}");
    assert!(refused(&elsewhere).contains("there is no workspace `nobody`"));
}

#[test]
fn what_is_required_is_not_taken_away_but_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let base = archive(&folder, ("test.base", "1.4.0"), None, "Base");
    let fan = archive(&folder, ("test.fan", "1.0.0"), Some(("test.base", "^1.2")), "Fan");
    done(&folder, &["deploy", &base]);
    done(&folder, &["deploy", &fan]);

    let blocked = package(folder.path(), &["undeploy", "test.base"]);
    let archived = package(folder.path(), &["undeploy", "test.base", "--mode", "archive"]);
    let forced = done(&folder, &["undeploy", "test.base", "--mode", "force"]);

    for output in [blocked, archived] {
        assert!(refused(&output).contains("package `test.fan` requires `test.base` ^1.2"));
    }
    assert!(forced.contains("used       package `test.fan` requires"), "{forced}");
}

#[test]
fn a_bad_archive_is_refused_by_the_database_with_all_its_faults() {
    let folder = source(&preset());
    let (_, file) = build(&folder, "boards.tar.gz");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();

    let said = refused(&package(folder.path(), &["deploy", file.to_str().unwrap()]));

    assert!(said.contains("no package that could be deployed:\n  archive: "), "{said}");
}
