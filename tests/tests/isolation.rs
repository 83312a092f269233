//! Nothing of another workspace is read, changed or told apart from what is not there (G1, G2), and each wall holds alone (G3).
//!
//! The API's document says which operations there are and where they take ids. An operation or a place that the plan does not
//! reach fails the test.

mod sweep;

use std::collections::{BTreeMap, BTreeSet};

use guildhall_testkit::{Stack, TestServer, Walls};

use crate::{
    document::{Slot, api, braces, operations},
    plan::{PLAN, request::slots_of},
};

#[test]
fn every_brace_of_a_path_is_declared_as_an_id() {
    for operation in operations(&api()) {
        for name in braces(&operation.name) {
            assert!(operation.slots.contains(&Slot::Path(name.clone())), "{}: {name}", operation.name);
        }
    }
}

#[test]
fn the_plan_reaches_every_operation_and_every_place_that_takes_an_id() {
    let mut reached: BTreeMap<&str, BTreeSet<Slot>> = BTreeMap::new();
    for call in PLAN {
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

    assert_eq!(missed, Vec::<String>::new(), "add these to tests/tests/isolation/plan.rs");
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

/// On SQLite there is no second wall: without the filter the sweep must find leaks, or it could find none anywhere.
#[tokio::test]
async fn the_sweep_finds_leaks_where_there_is_no_wall() {
    let server = TestServer::start_with(Stack::Sqlite, Walls::SecurityAlone).await.unwrap();

    let found = sweep::run(&server).await;

    assert!(found.map_or(true, |found| !found.is_empty()));
}
