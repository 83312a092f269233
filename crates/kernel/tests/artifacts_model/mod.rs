//! Fifty workspaces change what they see of System's artifacts and of each other's, at random and by the use cases, beside a
//! slow model that says after each step what every one of them sees.

mod acts;
mod compare;
pub mod contents;
mod found;
mod model;
mod ship;
mod shipping;
mod stage;
mod steps;

use std::collections::BTreeMap;

use guildhall_core::WorkspaceId;
use guildhall_testkit::{
    Dice,
    Stack::{self, Postgres, Sqlite},
};
use rstest::rstest;

use self::{acts::Done, model::SYSTEM, stage::Stage};

/// How many steps or rounds: as usual, or as GUILDHALL_ROUNDS says (`just artifacts`).
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
pub fn rounds(usual: usize) -> usize {
    std::env::var("GUILDHALL_ROUNDS").map_or(usual, |count| count.parse().unwrap())
}

/// What has happened by name: how often it was done, or refused for what.
#[derive(Debug, Default)]
struct Happened(BTreeMap<&'static str, BTreeMap<&'static str, usize>>);

impl Happened {
    fn count(&mut self, what: &'static str, done: Done) {
        *self.0.entry(what).or_default().entry(done.err().unwrap_or("done")).or_default() += 1;
    }

    fn done(&self) -> usize {
        self.0.values().filter_map(|by_end| by_end.get("done")).sum()
    }
}

async fn follow(on: Stack, seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let mut stage = Stage::new(on, &mut dice).await;
    stage.furnish(&mut dice).await;
    let mut happened = Happened::default();
    let mut states = BTreeMap::<&'static str, usize>::new();
    let mut shared = stage.rows.of_artifacts(WorkspaceId::SYSTEM).await.unwrap();
    for number in 0..steps {
        let step = stage.step(&mut dice).await;
        let told = format!("seed {seed}, step {number}: {step:?}");
        happened.count(step.what, step.done);
        stage.check(&step, &mut dice, &told).await;
        let now = stage.rows.of_artifacts(WorkspaceId::SYSTEM).await.unwrap();
        assert!(step.place == SYSTEM || shared == now, "{told}: touches System's rows");
        shared = now;
        for row in stage.listed.values().flatten() {
            let state = row.state.map_or("none", |state| state.as_str());
            *states.entry(state).or_default() += 1;
        }
    }

    println!("seed {seed}, {steps} steps: {happened:?}; states seen: {states:?}");
    assert!(happened.done() * 4 > steps, "too little happens: {happened:?}");
    if steps >= 300 {
        assert!(happened.0.len() > 10, "too few sorts of steps: {happened:?}");
        assert!(states.len() > 3, "too few states of overrides: {states:?}");
    }
}

#[rstest]
#[case(1)]
#[case(7)]
#[case(2026)]
#[tokio::test]
async fn every_workspace_sees_what_the_model_says_on_sqlite(#[case] seed: u64) {
    follow(Sqlite, seed, rounds(60)).await;
}

#[rstest]
#[case(3)]
#[tokio::test]
async fn every_workspace_sees_what_the_model_says_on_postgres(#[case] seed: u64) {
    follow(Postgres, seed, rounds(40)).await;
}
