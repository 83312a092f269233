//! Source folders.

use super::*;

#[test]
fn a_folder_becomes_a_package() {
    let package = packed().package;

    let manifest = &package.manifest;
    assert_eq!((manifest.id.as_str(), manifest.version.to_string()), ("test.notes", "1.2.0".to_owned()));
    assert_eq!(manifest.digest, manifest.computed_digest());
    let keys: Vec<String> = package.artifacts.iter().map(|artifact| artifact.key.to_string()).collect();
    assert_eq!(keys, ["note/test.notes:first", "note/test.notes:second"]);
    assert_eq!(package.artifacts[1].content.value(), &json!({ "name": "Second" }));
    assert_eq!(package.artifacts[1].locked, ["/name".parse().unwrap()]);
}

#[test]
fn the_same_folder_makes_the_same_bytes() {
    let mut backwards = folder(&[
        ("artifacts/note/first.json", note("First")),
        ("artifacts/note/second.json", json!({ "locked": ["/name"], "content": { "name": "Second" } })),
    ]);
    backwards.reverse();
    let spaced = String::from_utf8(backwards[2].1.clone()).unwrap().replace(",\"", " ,\n  \"");
    backwards[2].1 = spaced.into_bytes();

    assert_eq!(pack(backwards, &kinds()).unwrap(), packed());
}

#[test]
fn another_word_anywhere_makes_another_digest() {
    let digest = |files| pack(files, &kinds()).unwrap().package.manifest.digest;
    let first = digest(folder(&[("artifacts/note/first.json", note("First"))]));
    let mut manifest = source();
    manifest["description"] = "Other notes.".into();

    assert_ne!(digest(folder(&[("artifacts/note/first.json", note("1st"))])), first);
    assert_ne!(digest(folder(&[("artifacts/note/1st.json", note("First"))])), first);
    assert_ne!(digest(with_manifest(&manifest, &[("artifacts/note/first.json", note("First"))])), first);
}

#[test]
fn everything_that_is_wrong_with_a_folder_is_listed() {
    let mut manifest = source();
    manifest["version"] = "1".into();
    manifest["deployable_in"] = json!(["WORKSPACE"]);
    let mut files = with_manifest(
        &manifest,
        &[
            ("artifacts/note/no-name.json", json!({ "content": {} })),
            ("artifacts/note/wide.json", json!({ "content": { "name": "n", "color": 1 }, "colour": 2 })),
            (
                "artifacts/note/secret.json",
                json!({ "content": { "name": "n", "hooks": [{ "token": "t" }] } }),
            ),
            (
                "artifacts/note/locked.json",
                json!({ "content": { "name": "n" }, "locked": ["name", "/a", "/a"] }),
            ),
            (
                "artifacts/note/steps.json",
                json!({ "content": { "name": "n", "steps": [{ "key": "a" }, { "key": "a" }] } }),
            ),
            ("artifacts/note/nul.json", json!({ "content": { "name": "n", "any": ["\0"] } })),
            ("artifacts/note/empty.json", json!({})),
            ("artifacts/note/list.json", json!({ "content": [] })),
            ("artifacts/rule/r.json", json!({ "content": { "name": "n" } })),
            ("artifacts/poem/p.json", json!({ "content": { "name": "n" } })),
            ("README.md", json!(1)),
            ("../note/up.json", json!(1)),
        ],
    );
    files.push(("artifacts/note/torn.json".to_owned(), b"{".to_vec()));
    files.push(("artifacts/note/twice.json".to_owned(), br#"{"content":{"name":"a","name":"b"}}"#.to_vec()));

    let faults = pack(files, &kinds()).unwrap_err();

    assert_faults(
        &faults,
        &[
            ("manifest.json#/version", "unexpected end of input"),
            ("artifacts/note/no-name.json#/content", "\"name\" is a required property"),
            ("artifacts/note/wide.json#/colour", "no field"),
            ("artifacts/note/wide.json#/content", "color"),
            ("artifacts/note/secret.json#/content/hooks/0/token", "secret"),
            ("artifacts/note/locked.json#/locked/0", "begin with `/`"),
            ("artifacts/note/locked.json#/locked/2", "twice"),
            ("artifacts/note/steps.json#/content/steps/1", "element 0"),
            ("artifacts/note/nul.json#/content/any/0", "NUL"),
            ("artifacts/note/empty.json#/content", "is missing"),
            ("artifacts/note/list.json#/content", "must be a JSON object"),
            ("artifacts/note/list.json#/content", "object"),
            ("artifacts/rule/r.json", "can't be deployed in `WORKSPACE`"),
            ("artifacts/poem/p.json", "`poem`"),
            ("README.md", "is neither"),
            ("../note/up.json", "leads out"),
            ("artifacts/note/torn.json", "is not readable"),
            ("artifacts/note/twice.json#/content/name", "twice"),
        ],
    );
}

#[test]
fn a_folder_without_a_manifest_is_none() {
    let faults = pack(vec![], &kinds()).unwrap_err();

    assert_faults(&faults, &[("manifest.json", "is missing")]);
}

#[test]
fn a_name_fits_into_an_archive_or_is_refused() {
    let part = "p".repeat(95);
    let fits = format!("artifacts/note/{part}/{part}.json");
    let long = format!("artifacts/note/{part}p.json");

    let package = pack(folder(&[(&fits, note("n"))]), &kinds()).unwrap().package;
    let faults = pack(folder(&[(&long, note("n"))]), &kinds()).unwrap_err();

    assert_eq!(package.artifacts.len(), 1);
    assert_faults(&faults, &[(&long, "fits into no archive")]);
}

#[test]
fn no_more_than_a_hundred_faults_are_listed() {
    let names: Vec<String> = (0..200).map(|number| format!("artifacts/note/{number}.json")).collect();
    let files: Vec<(&str, Value)> =
        names.iter().map(|name| (name.as_str(), json!({ "content": {} }))).collect();

    assert_eq!(pack(folder(&files), &kinds()).unwrap_err().len(), MAX_PACKAGE_FAULTS);
}
