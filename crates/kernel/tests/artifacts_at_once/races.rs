//! Two who act at the same moment, let go from a barrier.

use std::{collections::BTreeSet, future::Future, sync::Arc};

use guildhall_artifacts::{ArtifactsError, DraftAct, ListQuery, Published, Seen};
use guildhall_core::{PageRequest, WorkspaceId};
use guildhall_kernel::{Kernel, KernelError, Outcome, PackageDeployed, Request};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use tokio::sync::Barrier;

use super::{Scene, deploy, note, own, shipped};
use crate::artifacts_model::rounds;

/// How often each pair meets.
const ROUNDS: usize = 15;

/// What comes of two acts, each in a task of its own.
async fn meet<T: Send + 'static>(
    one: impl Future<Output = T> + Send + 'static,
    other: impl Future<Output = T> + Send + 'static,
) -> [T; 2] {
    let gate = Arc::new(Barrier::new(2));
    let behind = gate.clone();
    let one = tokio::spawn(async move {
        gate.wait().await;
        one.await
    });
    let other = tokio::spawn(async move {
        behind.wait().await;
        other.await
    });
    [one.await.unwrap(), other.await.unwrap()]
}

fn is_stale<T>(answer: &Result<T, KernelError>) -> bool {
    matches!(answer, Err(KernelError::Artifacts(ArtifactsError::Stale)))
}

async fn changes(scene: &Scene, path: &str) -> usize {
    let (mut page, mut count) = (PageRequest { limit: 200, after: None }, 0);
    // Where there never was anything, there is no history.
    while let Ok(changes) = scene.kernel.list_artifact_changes(&scene.admin(), &own(path), &page).await {
        count += changes.items.len();
        page.after = changes.next;
        if page.after.is_none() {
            break;
        }
    }
    count
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_first_customizations_one_is_written(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (kernel, key) = (&scene.kernel, own("a"));
    kernel.write_artifact(&scene.system(), key.clone(), note("shared"), None, Seen::Nothing).await.unwrap();
    let seen = kernel.find_artifact(&scene.admin(), &key).await.unwrap().found.version;
    for round in 0..rounds(ROUNDS) {
        let before = changes(&scene, "a").await;
        let write = |name: &'static str| {
            let (kernel, ask, key) = (kernel.clone(), scene.admin(), key.clone());
            async move { kernel.write_artifact(&ask, key, note(name), None, Seen::Version(seen)).await }
        };

        let written = meet(write("one"), write("other")).await;

        let told = format!("round {round}: {written:?}");
        assert_eq!(written.iter().filter(|answer| answer.is_ok()).count(), 1, "{told}");
        assert_eq!(written.iter().filter(|answer| is_stale(answer)).count(), 1, "{told}");
        let name = if written[0].is_ok() { "one" } else { "other" };
        let found = kernel.find_artifact(&scene.admin(), &key).await.unwrap().found;
        assert_eq!(*found.document.content.value(), note(name), "{told}");
        assert_eq!(changes(&scene, "a").await, before + 1, "{told}");
        kernel.revert_artifact(&scene.admin(), key.clone()).await.unwrap();
    }
}

/// Two who deploy at once, both with a plan that was right.
async fn deploy_both(scene: &Scene, versions: [&str; 2]) -> [Result<PackageDeployed, KernelError>; 2] {
    let mut acts = Vec::new();
    for version in versions {
        let id = scene.upload(version).await;
        acts.push((id, scene.system()));
    }
    let mut ready = Vec::new();
    for (id, ask) in acts {
        let hash = scene.kernel.plan_package(&ask, id, None).await.unwrap().hash;
        let kernel = scene.kernel.clone();
        ready.push(async move { deploy(&kernel, ask, (id, None), hash).await });
    }
    let other = ready.pop().unwrap();
    meet(ready.pop().unwrap(), other).await
}

/// The names that System's notes have; each that is there at all.
async fn names(kernel: &Kernel, ask: &Request) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for number in 0..super::ARTIFACTS {
        let found = kernel.find_artifact(ask, &shipped(number)).await.unwrap().found;
        names.insert(found.head.title.clone());
    }
    names
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_deploy_one_version_one_does_it_and_the_other_finds_it_done(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let scene = Scene::new(on).await;
    for round in 1..=rounds(ROUNDS) {
        let version = format!("1.{round}.0");

        let deployed = deploy_both(&scene, [&version, &version]).await;

        let plans = deployed.iter().map(|answer| answer.as_ref().unwrap().plan.is_some());
        assert_eq!(plans.filter(|planned| *planned).count(), 1, "{version}: {deployed:?}");
        assert_eq!(names(&scene.kernel, &scene.admin()).await, [version].into());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_deploy_two_versions_one_has_a_stale_plan(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    for round in 1..=rounds(ROUNDS) {
        let versions = [format!("1.{round}.0"), format!("2.{round}.0")];

        let deployed = deploy_both(&scene, [&versions[0], &versions[1]]).await;

        let winner = deployed.iter().position(Result::is_ok).unwrap();
        let other = &deployed[1 - winner];
        let is_refused = matches!(other, Err(KernelError::Artifacts(ArtifactsError::PlanStale)));
        assert!(is_refused, "round {round}: {other:?}");
        let names = names(&scene.kernel, &scene.admin()).await;
        assert_eq!(names, [versions[winner].clone()].into(), "round {round}");
    }
}

#[rstest]
#[tokio::test]
async fn a_stale_plan_changes_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (first, second) = (scene.upload("1.0.0").await, scene.upload("2.0.0").await);
    let stale = scene.kernel.plan_package(&scene.system(), second, None).await.unwrap().hash;
    scene.deploy(first, None).await;
    let before = scene.rows.of(WorkspaceId::SYSTEM).await.unwrap();

    let answer = deploy(&scene.kernel, scene.system(), (second, None), stale).await;

    assert!(matches!(answer, Err(KernelError::Artifacts(ArtifactsError::PlanStale))), "{answer:?}");
    assert_eq!(scene.rows.of(WorkspaceId::SYSTEM).await.unwrap(), before);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_publish_one_draft_one_finds_it_gone(#[values(Sqlite, Postgres)] on: Stack) {
    let scene = Scene::new(on).await;
    let (kernel, key) = (&scene.kernel, own("a"));
    for round in 0..rounds(ROUNDS) {
        let content = Some(note(&format!("round {round}")));
        let ask = scene.admin();
        kernel
            .save_artifact_draft(&ask, key.clone(), DraftAct::Publish, content, Seen::Nothing)
            .await
            .unwrap();
        let before = changes(&scene, "a").await;
        let named: BTreeSet<_> = if round % 2 == 0 { [key.clone()].into() } else { BTreeSet::new() };
        let publish = || {
            let (kernel, ask, named) = (kernel.clone(), scene.admin(), named.clone());
            async move { kernel.publish_artifacts(&ask, named).await.map(Outcome::into_inner) }
        };

        let published = meet(publish(), publish()).await;

        let told = format!("round {round}: {published:?}");
        let count = |answer: &Result<Vec<Published>, KernelError>| answer.as_ref().map_or(0, Vec::len);
        assert_eq!(published.iter().map(count).sum::<usize>(), 1, "{told}");
        let is_gone = |answer: &Result<Vec<Published>, KernelError>| {
            matches!(answer, Err(KernelError::Artifacts(ArtifactsError::NotFound)))
        };
        assert_eq!(published.iter().filter(|it| is_gone(it)).count(), usize::from(round % 2 == 0), "{told}");
        assert_eq!(changes(&scene, "a").await, before + 1, "{told}");
        let query = ListQuery { kind: crate::support::parsed("note"), words: Vec::new(), hidden: false };
        let page = PageRequest { limit: 10, after: None };
        let listed = kernel.list_artifacts(&scene.admin(), query, &page).await.unwrap();
        let titles: Vec<_> = listed.items.iter().map(|row| row.listed.head.clone().unwrap().title).collect();
        assert_eq!(titles, [format!("round {round}")], "{told}");
    }
}
