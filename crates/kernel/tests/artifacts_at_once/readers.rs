//! Who looks while packages come and go sees one version of a package, whole.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use guildhall_artifacts::{Artifacts, ArtifactsError, Author, ListQuery};
use guildhall_core::{
    Access, PageRequest, Scope, WorkspaceId,
    testing::{FixedClock, SequentialIds},
};
use guildhall_kernel::{Database as _, Kernel, Request, UnitOfWork};
use guildhall_store::SeaDatabase;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{ARTIFACTS, Scene, kinds, shipped};
use crate::{artifacts_model::rounds, support::parsed};

/// How often packages are deployed while others look.
const DEPLOYS: usize = 20;

/// The versions of which some of these artifacts are there in a unit's space, by what their contents say; `-` where one is
/// not there.
async fn versions(unit: &dyn UnitOfWork, numbers: impl Iterator<Item = usize>) -> BTreeSet<String> {
    let (kinds, clock, ids) = (kinds(), FixedClock::default(), SequentialIds::default());
    let author =
        Author { kind: "user".to_owned(), id: uuid::Uuid::nil(), way_in: "test".to_owned(), workspace: None };
    let artifacts = Artifacts::new(unit, &kinds, &clock, &ids, author);
    let mut seen = BTreeSet::new();
    for number in numbers {
        seen.insert(match artifacts.find(&shipped(number)).await {
            Ok((_, found)) => found.document.content.value()["name"].as_str().unwrap().to_owned(),
            Err(ArtifactsError::NotFound) => "-".to_owned(),
            Err(error) => panic!("{error:?}"),
        });
    }
    seen
}

async fn look(database: &SeaDatabase, space: WorkspaceId) -> Box<dyn UnitOfWork> {
    database.begin(Scope::Workspace(space), Access::Read).await.unwrap()
}

/// What a list says of the same.
async fn listed(kernel: &Kernel, ask: &Request) -> BTreeSet<String> {
    let query = ListQuery { kind: parsed("note"), words: Vec::new(), hidden: false };
    let page = kernel.list_artifacts(ask, query, &PageRequest { limit: 100, after: None }).await.unwrap();
    let all = page.items.len();
    assert!(all == 0 || all == ARTIFACTS, "a list of {all} artifacts");
    page.items.into_iter().map(|row| row.listed.head.unwrap().title).collect()
}

/// Looks until it is over, and answers which versions were seen, and how often.
async fn watch(
    (kernel, database): (Kernel, Arc<SeaDatabase>),
    (space, ask): (WorkspaceId, Request),
    is_over: Arc<AtomicBool>,
) -> (BTreeSet<String>, usize) {
    let (mut all, mut count) = (BTreeSet::new(), 0);
    while !is_over.load(Ordering::Relaxed) {
        let unit = look(&database, space).await;
        let seen = versions(&*unit, 0..ARTIFACTS).await;
        drop(unit);
        assert_eq!(seen.len(), 1, "versions are mixed");
        let listed = listed(&kernel, &ask).await;
        assert!(listed.len() < 2, "versions are mixed in a list: {listed:?}");
        all.extend(seen);
        count += 1;
    }
    (all, count)
}

/// System goes back and forth between two versions, and one of the workspaces between its own one and System's.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_sees_one_version_of_a_package(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (first, second) = (scene.upload("1.0.0").await, scene.upload("2.0.0").await);
    let third = scene.upload("3.0.0").await;
    scene.deploy(first, None).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let mut spaces = vec![scene.another("moves").await];
    spaces.push(scene.another("follows").await);
    spaces.push(scene.another("follows-too").await);
    let watching: Vec<_> = spaces
        .iter()
        .map(|(space, admin)| {
            let ask = scene.world.ask_in(Some(*space), admin);
            let ways = (scene.kernel.clone(), scene.database.clone());
            tokio::spawn(watch(ways, (*space, ask), is_over.clone()))
        })
        .collect();

    let mover = Some(spaces[0].0);
    for number in 0..rounds(DEPLOYS) {
        scene.deploy(if number % 2 == 0 { second } else { first }, None).await;
        match number % 3 {
            0 => drop(scene.deploy(third, mover).await),
            1 => scene.undeploy(third, mover).await,
            _ => {}
        }
    }

    is_over.store(true, Ordering::Relaxed);
    let mut found = Vec::new();
    for watching in watching {
        found.push(watching.await.unwrap());
    }
    println!("{found:?}");
    let both: BTreeSet<String> = ["1.0.0", "2.0.0"].map(str::to_owned).into();
    assert!(found.iter().all(|(_, count)| *count > 4), "too little is looked at: {found:?}");
    assert!(found[1..].iter().all(|(seen, _)| *seen == both), "too little is seen: {found:?}");
    assert!(found[0].0.contains("3.0.0"), "the workspace's own is not seen: {found:?}");
}

#[rstest]
#[tokio::test]
async fn who_looks_in_two_units_would_notice_a_mix(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (first, second) = (scene.upload("1.0.0").await, scene.upload("2.0.0").await);
    scene.deploy(first, None).await;
    let space = scene.world.workspace.id;

    let mut seen = versions(&*look(&scene.database, space).await, 0..ARTIFACTS / 2).await;
    scene.deploy(second, None).await;
    seen.extend(versions(&*look(&scene.database, space).await, ARTIFACTS / 2..ARTIFACTS).await);

    assert_eq!(seen.len(), 2, "{seen:?}");
}

#[rstest]
#[tokio::test]
async fn one_unit_sees_what_was_there_when_it_began(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (first, second) = (scene.upload("1.0.0").await, scene.upload("2.0.0").await);
    scene.deploy(first, None).await;
    let unit = look(&scene.database, scene.world.workspace.id).await;

    let mut seen = versions(&*unit, 0..ARTIFACTS / 2).await;
    scene.deploy(second, None).await;
    seen.extend(versions(&*unit, ARTIFACTS / 2..ARTIFACTS).await);

    assert_eq!(seen, ["1.0.0".to_owned()].into());
}
