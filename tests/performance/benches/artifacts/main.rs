//! What layers cost: resolving and listing artifacts of which System has 10,000 and each of 1,000 workspaces overrides 100, beside
//! the same contents in one plain table, read by the same driver over the same connections, in the same run.
//!
//! `just bench --bench artifacts`. It makes a SQLite file; with `GUILDHALL_BENCH_POSTGRES_URL` (a database that is empty, as its
//! owner) it measures PostgreSQL too. Times are the wall clock's, since the database works in other threads and processes: the
//! contestants take turns, and the median of the rounds counts.

mod fill;
mod plain;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use guildhall_artifacts::{Artifacts, Author, Kinds, ListQuery};
use guildhall_core::{Access, IdGenerator as _, PageRequest, Scope, SystemClock, SystemIds, WorkspaceId};
use guildhall_kernel::Database as _;
use guildhall_store::{SeaDatabase, migrate};

use self::{fill::key, plain::Plain};

/// How often each contestant is asked in a row, and how many rounds there are.
const IN_A_ROW: usize = 200;
const ROUNDS: usize = 15;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("bench.db").display());
    measure("SQLite", &url).await;
    if let Ok(url) = std::env::var("GUILDHALL_BENCH_POSTGRES_URL") {
        measure("PostgreSQL", &url).await;
    }
}

async fn measure(title: &str, url: &str) {
    migrate(url, None).await.unwrap();
    let database = SeaDatabase::connect(url).await.unwrap();
    let start = Instant::now();
    let workspaces = fill::fill(&database).await;
    let plain = Plain::make(&database).await;
    println!("\n{title}, filled in {:.0?}\n", start.elapsed());
    println!("| | plain | first look | ratio | known | ratio |\n|---|---:|---:|---:|---:|---:|");
    let bench = Bench { database: &database, kinds: Kinds::built_in().unwrap(), workspaces, plain };
    bench.one("one that is inherited", 1).await;
    bench.one("one that is overridden", 0).await;
    for limit in [50, 200] {
        bench.page(limit).await;
    }
}

struct Bench<'a> {
    database: &'a SeaDatabase,
    kinds: Kinds,
    workspaces: Vec<WorkspaceId>,
    plain: Plain<'a>,
}

impl Bench<'_> {
    /// Some artifact in some workspace: of each hundred keys a workspace overrides the first.
    async fn one(&self, what: &str, offset: usize) {
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..ROUNDS {
            let number = |turn: usize| ((round * IN_A_ROW + turn) * 7_919 % 100) * 100 + offset;
            times[0].push(timed(async |turn| self.plain.find(number(turn)).await).await);
            times[1].push(timed(async |turn| self.resolve(turn, number(turn)).await).await);
            times[2].push(timed(async |turn| self.known(turn).await).await);
        }
        report(what, times);
    }

    async fn page(&self, limit: usize) {
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..ROUNDS {
            let after = |turn: usize| (round * IN_A_ROW + turn) * 7_919 % 9_000;
            times[0].push(timed(async |turn| self.plain.list(after(turn), limit).await).await);
            times[1].push(timed(async |turn| self.list(turn, after(turn), limit).await).await);
            times[2].push(timed(async |turn| self.known(turn).await).await);
        }
        report(&format!("a page of {limit}"), times);
    }

    fn workspace(&self, turn: usize) -> WorkspaceId {
        self.workspaces[turn * 31 % self.workspaces.len()]
    }

    /// With nothing known: everything at the key, and the space.
    async fn resolve(&self, turn: usize, number: usize) {
        let scope = Scope::Workspace(self.workspace(turn));
        let unit = self.database.begin(scope, Access::Read).await.unwrap();
        let artifacts = Artifacts::new(&*unit, &self.kinds, &SystemClock, &SystemIds, author());
        let (_, found) = artifacts.find(&key(number)).await.unwrap();
        assert_eq!(found.inherited, number % 100 != 0);
        black_box(found);
    }

    async fn list(&self, turn: usize, after: usize, limit: usize) {
        let scope = Scope::Workspace(self.workspace(turn));
        let unit = self.database.begin(scope, Access::Read).await.unwrap();
        let artifacts = Artifacts::new(&*unit, &self.kinds, &SystemClock, &SystemIds, author());
        let query = ListQuery { kind: key(0).kind, words: Vec::new(), hidden: false };
        let page = PageRequest { limit, after: Some(key(after).name.to_string()) };
        let (_, found) = artifacts.list(&query, &page).await.unwrap();
        assert_eq!(found.items.len(), limit);
        black_box(found);
    }

    /// What a node asks before it answers from what it knows.
    async fn known(&self, turn: usize) {
        let scope = Scope::Workspace(self.workspace(turn));
        let unit = self.database.begin(scope, Access::Read).await.unwrap();
        black_box(unit.artifact_spaces().find().await.unwrap());
    }
}

fn author() -> Author {
    Author { kind: "user".into(), id: SystemIds.uuid(), way_in: "embedded".into(), workspace: None }
}

async fn timed(mut ask: impl AsyncFnMut(usize)) -> Duration {
    let start = Instant::now();
    for turn in 0..IN_A_ROW {
        ask(turn).await;
    }
    start.elapsed() / u32::try_from(IN_A_ROW).unwrap()
}

fn report(what: &str, times: [Vec<Duration>; 3]) {
    let [plain, first, known] = times.map(|mut rounds| {
        rounds.sort_unstable();
        rounds[rounds.len() / 2]
    });
    let ratio = |time: Duration| time.as_secs_f64() / plain.as_secs_f64();
    println!(
        "| {what} | {plain:.1?} | {first:.1?} | {:.2} | {known:.1?} | {:.2} |",
        ratio(first),
        ratio(known)
    );
}
