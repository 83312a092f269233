//! Nothing of another workspace is read, changed or told apart from what is not there, and each wall holds alone.
//!
//! The API's document says which operations there are and where they take ids. An operation or a place that the plan does not
//! reach fails the test.

mod sweep;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use guildhall_store::{SHARED_TABLES, WORKSPACE_TABLES};
use guildhall_testkit::{Stack, TestServer, Walls, open_database};

use crate::{
    document::{Slot, api, braces, operations},
    plan::{calls, request::slots_of},
};

/// What stands in a path and is a name that every workspace may have, no id.
const NAMES: &[&str] = &["kind", "path", "preset_id", "template_id"];

#[test]
fn every_brace_of_a_path_is_declared_as_an_id() {
    for operation in operations(&api()) {
        for name in braces(&operation.name).into_iter().filter(|name| !NAMES.contains(&name.as_str())) {
            assert!(operation.slots.contains(&Slot::Path(name.clone())), "{}: {name}", operation.name);
        }
    }
}

#[test]
fn the_plan_reaches_every_operation_and_every_place_that_takes_an_id() {
    let mut reached: BTreeMap<&str, BTreeSet<Slot>> = BTreeMap::new();
    for call in calls() {
        reached.entry(call.operation).or_default().extend(slots_of(call));
    }
    let mut missed = Vec::new();
    for operation in operations(&api()) {
        let Some(slots) = reached.get(operation.name.as_str()) else {
            missed.push(operation.name);
            continue;
        };
        let unreached = operation.slots.iter().filter(|slot| !slots.contains(slot));
        missed.extend(unreached.map(|slot| format!("{}: {slot:?}", operation.name)));
    }

    assert_eq!(missed, Vec::<String>::new(), "add these to tests/tests/plan.rs");
}

async fn hold(stack: Stack, walls: Walls) {
    let server = TestServer::start_with(stack, walls).await.unwrap();
    let found = sweep::run(&server).await.unwrap();
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn another_workspaces_ids_look_like_absent_ones_on_sqlite() {
    hold(Stack::Sqlite, Walls::Both).await;
}

#[tokio::test]
async fn another_workspaces_ids_look_like_absent_ones_on_postgres() {
    hold(Stack::Postgres, Walls::Both).await;
}

#[tokio::test]
async fn row_level_security_holds_without_the_filter() {
    hold(Stack::Postgres, Walls::SecurityAlone).await;
}

#[tokio::test]
async fn the_filter_holds_without_row_level_security() {
    hold(Stack::Postgres, Walls::FilterAlone).await;
}

/// What a server on SQLite has asked its database that names no workspace where it must.
async fn tapped_server() -> (TestServer, Arc<AtomicBool>, Arc<Mutex<Vec<String>>>) {
    let (database, kept) = open_database(Stack::Sqlite, Walls::Both).await.unwrap();
    let (switch, unbound) = (database.filter_switch(), Arc::new(Mutex::new(Vec::new())));
    let seen = unbound.clone();
    let database = database.with_tap(move |sql| {
        if names_too_few_workspaces(sql) {
            seen.lock().unwrap().push(sql.to_owned());
        }
    });
    (TestServer::start_on(database, Some(kept)).await.unwrap(), switch, unbound)
}

/// Each workspace's table that a statement names takes the workspace's column once at least.
fn names_too_few_workspaces(sql: &str) -> bool {
    let tables = WORKSPACE_TABLES.iter().chain(SHARED_TABLES);
    let named = tables
        .filter(|table| {
            ["FROM", "INTO", "UPDATE", "JOIN"].iter().any(|word| sql.contains(&format!("{word} \"{table}\"")))
        })
        .count();
    let bound = sql.matches("\"workspace_id\" =").count() + sql.matches("\"workspace_id\" IN").count();
    let written = usize::from(sql.starts_with("INSERT") && sql.contains("\"workspace_id\""));
    bound + written < named
}

#[tokio::test]
async fn every_statement_on_sqlite_names_the_workspace() {
    let (server, _switch, unbound) = tapped_server().await;

    let found = sweep::run(&server).await.unwrap();

    assert_eq!(found, Vec::<String>::new());
    assert_eq!(*unbound.lock().unwrap(), Vec::<String>::new());
}

/// On SQLite there is no second wall: with the filter off, tap and sweep must turn red, or they could not be trusted.
#[tokio::test]
async fn tap_and_sweep_turn_red_without_the_filter() {
    let (server, switch, unbound) = tapped_server().await;
    assert_eq!(*unbound.lock().unwrap(), Vec::<String>::new());
    switch.store(true, Ordering::SeqCst);

    let found = sweep::run(&server).await;

    assert!(found.map_or(true, |found| !found.is_empty()));
    assert!(!unbound.lock().unwrap().is_empty());
}
