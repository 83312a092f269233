//! The edges between crates, as docs/architecture.md draws them.

use std::collections::BTreeSet;
use std::fs;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Each of our crates with those of ours that it depends on, its tests aside. Dependencies point inwards, never
/// sideways: a domain knows `core` alone, and what crosses domains is an id or a value passed by `kernel`.
const EDGES: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("identity", &["core"]),
    ("tenancy", &["core"]),
    ("authz", &["core"]),
    ("artifacts", &["core"]),
    ("products", &["core"]),
    ("orchestration", &["core"]),
    ("context", &["core"]),
    (
        "kernel",
        &["artifacts", "authz", "context", "core", "identity", "orchestration", "products", "tenancy"],
    ),
    ("store", &["artifacts", "authz", "core", "identity", "kernel", "orchestration", "products", "tenancy"]),
    (
        "server",
        &[
            "artifacts",
            "authz",
            "context",
            "core",
            "identity",
            "kernel",
            "orchestration",
            "products",
            "store",
            "tenancy",
        ],
    ),
    ("testkit", &["artifacts", "core", "identity", "kernel", "server", "store"]),
    ("tests", &[]),
];

/// External crates that belong to a few of ours, their tests included.
const RESERVED: &[(&[&str], &[&str], &str)] = &[
    (
        &["sea-orm", "sea-orm-migration", "sqlx"],
        &["store", "testkit", "tests"],
        "`store` is the only crate that knows SQL: add a method to a port and implement it there",
    ),
    (
        &["axum", "axum-extra", "tower", "tower-http", "utoipa-axum", "utoipa-swagger-ui"],
        &["server", "testkit", "tests"],
        "`server` is the only crate that knows HTTP: answer a value and map it there",
    ),
];

/// The crates that do no IO.
const PURE: &[&str] =
    &["core", "identity", "tenancy", "authz", "artifacts", "products", "orchestration", "context"];

/// What does IO, and is in no pure crate but for its tests.
const IO: &[&str] = &["tokio", "reqwest", "hyper", "tracing-subscriber"];

#[test]
fn crates_depend_on_each_other_as_the_table_says() {
    let metadata = metadata();

    let actual = edges(&metadata);
    let expected = expected_edges();

    let unwanted = lines(actual.difference(&expected));
    let outdated = lines(expected.difference(&actual));
    assert!(
        unwanted.is_empty(),
        "not in the table of tests/tests/architecture.rs:{unwanted}\nPass an id or a value through `kernel` instead; \
         a change to the table comes with an ADR and docs/architecture.md."
    );
    assert!(
        outdated.is_empty(),
        "in the table of tests/tests/architecture.rs, but no longer in a manifest: delete from the table{outdated}"
    );
}

#[test]
fn every_crate_is_in_the_table_under_the_name_of_its_folder() {
    let metadata = metadata();

    for package in metadata.workspace_packages() {
        let name = short_name(package);
        let folder = package.manifest_path.parent().and_then(|folder| folder.file_name());

        assert_eq!(Some(name.as_str()), folder, "package `{}` is not called after its folder", package.name);
        assert!(
            EDGES.iter().any(|(known, _)| *known == name),
            "crate `{name}` is new: give it a row in EDGES of tests/tests/architecture.rs, and an ADR"
        );
    }
}

#[test]
fn databases_and_http_stay_in_the_crates_that_know_them() {
    let metadata = metadata();

    for (externals, owners, advice) in RESERVED {
        for package in metadata.workspace_packages() {
            let name = short_name(package);
            for dependency in &package.dependencies {
                let foreign =
                    externals.contains(&dependency.name.as_str()) && !owners.contains(&name.as_str());
                assert!(!foreign, "crate `{name}` depends on `{}`, but {advice}", dependency.name);
            }
        }
    }
}

#[test]
fn domains_and_core_do_no_io() {
    let metadata = metadata();

    for package in metadata.workspace_packages() {
        let name = short_name(package);
        if !PURE.contains(&name.as_str()) {
            continue;
        }
        for dependency in package.dependencies.iter().filter(|it| it.kind != DependencyKind::Development) {
            assert!(
                !IO.contains(&dependency.name.as_str()),
                "crate `{name}` depends on `{}`: domains do no IO. Take what it would fetch as an argument or behind a \
                 port; tests may have it under [dev-dependencies]",
                dependency.name
            );
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let metadata = metadata();

    for package in metadata.workspace_packages() {
        let manifest = fs::read_to_string(&package.manifest_path).unwrap();
        let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]");

        let inherits = lines
            .by_ref()
            .skip(1)
            .take_while(|line| !line.starts_with('['))
            .any(|line| line == "workspace = true");

        assert!(
            inherits,
            "{} lacks\n\n[lints]\nworkspace = true\n\nwithout which no lint of the workspace holds there",
            package.manifest_path
        );
    }
}

/// Manifests only: no network, and no look at external crates.
fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

fn edges(metadata: &Metadata) -> BTreeSet<(String, String)> {
    metadata
        .workspace_packages()
        .into_iter()
        .flat_map(|package| {
            package
                .dependencies
                .iter()
                .filter(|dependency| {
                    dependency.path.is_some() && dependency.kind != DependencyKind::Development
                })
                .map(|dependency| (short_name(package), without_prefix(&dependency.name)))
        })
        .collect()
}

fn expected_edges() -> BTreeSet<(String, String)> {
    EDGES.iter().flat_map(|(from, to)| to.iter().map(|to| ((*from).to_owned(), (*to).to_owned()))).collect()
}

fn lines<'a>(edges: impl Iterator<Item = &'a (String, String)>) -> String {
    edges.map(|(from, to)| format!("\n  {from} -> {to}")).collect()
}

fn short_name(package: &Package) -> String {
    without_prefix(&package.name)
}

fn without_prefix(name: &str) -> String {
    name.strip_prefix("guildhall-").unwrap_or(name).to_owned()
}
