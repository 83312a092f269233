//! Every refusal is the documented one, in the documented shape, and leaves everything as it was.
//!
//! What is sent is generated from the API's document: for each place of a body or a query everything that does not fit there,
//! and for each operation everything that reaches it before its body does. How an operation is called rightly is the plan's to say.

mod addresses;
mod bodies;
mod conditions;
mod forms;
mod hosts;
mod keys;
mod query;
mod shape;
mod tokens;
mod world;
mod wrong;

use std::collections::BTreeSet;

use guildhall_testkit::Stack;

use crate::plan::{Call, calls as all_calls};
use world::Refuser;

/// The first way to call each operation; the others differ in what they say, not in how they are refused.
fn calls() -> impl Iterator<Item = &'static Call> {
    let mut seen = BTreeSet::new();
    all_calls().filter(move |call| seen.insert(call.operation))
}

/// Every fault that a batch finds, operation by operation.
async fn hold(stack: Stack, batch: impl AsyncFn(&Refuser, &'static Call) -> anyhow::Result<Vec<String>>) {
    let refuser = Refuser::start(stack).await.unwrap();
    let mut found = Vec::new();
    for call in calls() {
        let faults = batch(&refuser, call).await.unwrap();
        found.extend(faults.into_iter().map(|fault| format!("{}: {fault}", call.operation)));
        found.extend(refuser.changed().await.unwrap().map(|table| format!("{}: {table}", call.operation)));
    }

    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[tokio::test]
async fn every_body_that_does_not_fit_is_refused_on_sqlite() {
    hold(Stack::Sqlite, bodies::run).await;
}

#[tokio::test]
async fn every_body_that_does_not_fit_is_refused_on_postgres() {
    hold(Stack::Postgres, bodies::run).await;
}

#[tokio::test]
async fn every_address_and_every_query_that_does_not_fit_is_refused_on_sqlite() {
    hold(Stack::Sqlite, addresses::run).await;
}

#[tokio::test]
async fn every_address_and_every_query_that_does_not_fit_is_refused_on_postgres() {
    hold(Stack::Postgres, addresses::run).await;
}

#[tokio::test]
async fn every_hostile_host_is_refused_on_sqlite() {
    hold(Stack::Sqlite, hosts::run).await;
}

#[tokio::test]
async fn every_hostile_host_is_refused_on_postgres() {
    hold(Stack::Postgres, hosts::run).await;
}

#[tokio::test]
async fn every_change_of_a_state_that_has_passed_is_refused_on_sqlite() {
    hold(Stack::Sqlite, conditions::run).await;
}

#[tokio::test]
async fn every_change_of_a_state_that_has_passed_is_refused_on_postgres() {
    hold(Stack::Postgres, conditions::run).await;
}
