//! What the model and its code once answered differently, each by itself.

use std::collections::BTreeSet;

use guildhall_artifacts::{
    ArtifactsError, DraftAct, OverrideState, PackageOffer, Resolve, ResolveReview, Seen, UndeployMode,
};
use guildhall_kernel::{DeployPackage, KernelError, UndeployPackage};
use guildhall_testkit::Stack::Sqlite;

use crate::artifacts_at_once::{Scene, note, own, shipped};

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, KernelError>) -> ArtifactsError {
    match answer {
        Err(KernelError::Artifacts(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_would_show_nothing_is_not_restored() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key) = (&scene.kernel, own("a"));
    kernel.write_artifact(&scene.system(), key.clone(), note("shared"), None, Seen::Nothing).await.unwrap();
    kernel.delete_artifact(&scene.admin(), key.clone()).await.unwrap();
    kernel.delete_artifact(&scene.system(), key.clone()).await.unwrap();
    let before = scene.rows.of(scene.world.workspace.id).await.unwrap();

    let answer = kernel.restore_artifact(&scene.admin(), key).await;

    assert!(matches!(refused(answer), ArtifactsError::NothingBelow));
    assert_eq!(scene.rows.of(scene.world.workspace.id).await.unwrap(), before);
}

#[tokio::test]
async fn a_tombstone_that_is_published_can_be_withdrawn() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, shipped(0), scene.admin());
    let id = scene.upload("1.0.0").await;
    scene.deploy(id, None).await;
    kernel.save_artifact_draft(&ask, key.clone(), DraftAct::Hide, None, Seen::Nothing).await.unwrap();
    kernel.publish_artifacts(&ask, BTreeSet::new()).await.unwrap();
    assert!(matches!(refused(kernel.find_artifact(&ask, &key).await), ArtifactsError::NotFound));

    kernel.save_artifact_draft(&ask, key.clone(), DraftAct::Withdraw, None, Seen::Nothing).await.unwrap();
    kernel.publish_artifacts(&ask, BTreeSet::new()).await.unwrap();

    assert!(kernel.find_artifact(&ask, &key).await.is_ok());
}

#[tokio::test]
async fn what_a_package_took_away_is_not_published_as_its_own() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, shipped(0), scene.admin());
    let id = scene.upload("1.0.0").await;
    scene.deploy(id, None).await;
    let content = Some(note("mine"));
    kernel.save_artifact_draft(&ask, key, DraftAct::Publish, content, Seen::Nothing).await.unwrap();
    scene.undeploy(id, None).await;

    let answer = kernel.publish_artifacts(&ask, BTreeSet::new()).await;

    assert!(matches!(refused(answer), ArtifactsError::InvalidDrafts { .. }));
}

#[tokio::test]
async fn an_override_made_of_nothing_is_held_to_the_locks_of_what_came_below() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, own("a"), scene.admin());
    kernel.write_artifact(&ask, key.clone(), note("mine"), None, Seen::Nothing).await.unwrap();
    let locked = Some(vec![crate::support::parsed("/name")]);
    kernel.write_artifact(&scene.system(), key.clone(), note("shared"), locked, Seen::Nothing).await.unwrap();

    let answer = kernel.write_artifact(&ask, key, note("other"), None, Seen::Anything).await;

    assert!(matches!(refused(answer), ArtifactsError::FieldLocked { .. }));
}

#[tokio::test]
async fn what_is_hidden_is_not_reviewed() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, own("a"), scene.admin());
    let system = scene.system();
    kernel.write_artifact(&system, key.clone(), note("shared"), None, Seen::Nothing).await.unwrap();
    let content = Some(note("mine"));
    kernel.save_artifact_draft(&ask, key.clone(), DraftAct::Publish, content, Seen::Nothing).await.unwrap();
    kernel.publish_artifacts(&ask, BTreeSet::new()).await.unwrap();
    kernel.write_artifact(&system, key.clone(), note("newer"), None, Seen::Anything).await.unwrap();
    assert!(kernel.find_artifact_review(&ask, &key).await.is_ok());

    kernel.delete_artifact(&ask, key.clone()).await.unwrap();

    let answer = kernel.find_artifact_review(&ask, &key).await;
    assert!(matches!(refused(answer), ArtifactsError::NotFound));
}

#[tokio::test]
async fn overrides_of_those_who_are_not_entitled_are_not_put_away() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, shipped(0), scene.admin());
    let id = scene.upload("1.0.0").await;
    scene.deploy(id, None).await;
    kernel.write_artifact(&ask, key.clone(), note("mine"), None, Seen::Anything).await.unwrap();
    kernel.replace_package_offer(&scene.system(), id, PackageOffer::None).await.unwrap();

    let command = UndeployPackage { id, target: None, mode: UndeployMode::Archive };
    kernel.undeploy_package(&scene.system(), command).await.unwrap();

    let found = kernel.find_artifact(&ask, &key).await.unwrap().found;
    assert_eq!(*found.document.content.value(), note("mine"));
}

#[tokio::test]
async fn an_override_of_what_a_package_no_longer_has_does_not_keep_it() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, ask) = (&scene.kernel, scene.admin());
    let (all, fewer) = (scene.upload("1.0.0").await, scene.upload_some("2.0.0", 1).await);
    scene.deploy(all, None).await;
    kernel.write_artifact(&ask, shipped(5), note("mine"), None, Seen::Anything).await.unwrap();
    kernel.delete_artifact(&ask, shipped(0)).await.unwrap();
    scene.deploy(fewer, None).await;

    scene.undeploy(fewer, None).await;

    assert!(kernel.find_artifact(&ask, &shipped(5)).await.unwrap().found.state.is_some());
}

#[tokio::test]
async fn what_came_while_a_draft_was_open_is_not_taken_for_known() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask, system) = (&scene.kernel, own("a"), scene.admin(), scene.system());
    kernel.write_artifact(&system, key.clone(), note("shared"), None, Seen::Nothing).await.unwrap();
    let content = Some(note("mine"));
    kernel.save_artifact_draft(&ask, key.clone(), DraftAct::Publish, content, Seen::Nothing).await.unwrap();
    kernel.write_artifact(&system, key.clone(), note("mended"), None, Seen::Anything).await.unwrap();

    kernel.publish_artifacts(&ask, BTreeSet::new()).await.unwrap();

    let state = kernel.find_artifact(&ask, &key).await.unwrap().found.state;
    assert_eq!(state.map(OverrideState::as_str), Some("UPGRADE_AVAILABLE_CONFLICT"));
}

#[tokio::test]
async fn an_update_is_forced_after_it_was_deployed_too() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask) = (&scene.kernel, shipped(0), scene.admin());
    let id = scene.upload("1.0.0").await;
    scene.deploy(id, None).await;
    kernel.write_artifact(&ask, key.clone(), note("mine"), None, Seen::Anything).await.unwrap();

    let command = DeployPackage { id, target: None, plan_hash: String::new(), security_update: true };
    let deployed = kernel.deploy_package(&scene.system(), command).await.unwrap().into_inner();

    assert_eq!(deployed.archived, 1);
    let found = kernel.find_artifact(&ask, &key).await.unwrap().found;
    assert_eq!(*found.document.content.value(), note("1.0.0"));
}

#[tokio::test]
async fn what_is_locked_now_is_not_retained() {
    let scene = Scene::new(Sqlite).await;
    let (kernel, key, ask, system) = (&scene.kernel, own("a"), scene.admin(), scene.system());
    kernel.write_artifact(&system, key.clone(), note("shared"), None, Seen::Nothing).await.unwrap();
    kernel.write_artifact(&ask, key.clone(), note("mine"), None, Seen::Anything).await.unwrap();
    let locked = Some(vec![crate::support::parsed("/name")]);
    kernel.write_artifact(&system, key.clone(), note("newer"), locked, Seen::Anything).await.unwrap();
    let review = kernel.find_artifact_review(&ask, &key).await.unwrap().review;

    let (ours, theirs, resolve) = (review.ours, review.theirs, Resolve::Retain);
    let answer = kernel.resolve_artifact_review(&ask, ResolveReview { key, ours, theirs, resolve }).await;

    assert!(matches!(refused(answer), ArtifactsError::FieldLocked { .. }));
}
