use guildhall_artifacts::{
    Act, ArtifactChange, Draft, DraftAct, Edit, EditPart, Layer, OverrideState, Review, Side, UpgradeClass,
};
use guildhall_core::RowVersion;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::{World, at, author, id, key, version};
use crate::support::page;

fn change(name: &str, generation: i64, act: Act) -> ArtifactChange {
    ArtifactChange {
        key: key(name),
        generation,
        layer: Layer::Published,
        act,
        before: None,
        after: Some(id(1)),
        author: author(),
        at: at(),
    }
}

#[rstest]
#[tokio::test]
async fn what_was_done_is_read_by_key_newest_first_and_by_generation(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let changes = [
        change("a", 1, Act::Written),
        change("a", 2, Act::Published),
        change("b", 2, Act::Withdrawn),
        change("a", 3, Act::Hidden),
    ];
    world.write(world.here, async |unit| unit.artifact_changes().insert(&changes).await.unwrap()).await;
    let [first, second, other, third] = changes;

    world
        .read(world.here, async |unit| {
            let newest = unit.artifact_changes().list(&key("a"), &page(2, None)).await.unwrap();
            let rest = unit.artifact_changes().list(&key("a"), &page(2, newest.next.clone())).await.unwrap();
            assert_eq!(newest.items, [third, second.clone()]);
            assert_eq!((rest.items, rest.next), (vec![first], None));
            assert_eq!(unit.artifact_changes().list_by_generation(2).await, Ok(vec![second, other]));
        })
        .await;
    world
        .read(world.there, async |unit| {
            assert_eq!(unit.artifact_changes().list(&key("a"), &page(9, None)).await.unwrap().items, []);
            assert_eq!(unit.artifact_changes().list_by_generation(2).await, Ok(Vec::new()));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn a_draft_takes_the_place_of_the_one_before_and_is_its_workspaces_alone(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::new(on).await;
    let first = Draft {
        key: key("a"),
        act: DraftAct::Publish,
        content: Some(version("a", 1).content),
        base: None,
        published_at: 4,
        version: RowVersion::new(5),
        author: author(),
        at: at(),
    };
    let second = Draft { act: DraftAct::Hide, content: None, version: RowVersion::new(6), ..first.clone() };
    let other = Draft { key: key("b"), ..first.clone() };

    world
        .write(world.here, async |unit| {
            for draft in [&first, &other, &second] {
                unit.artifact_drafts().replace(draft).await.unwrap();
            }
            assert_eq!(unit.artifact_drafts().find(&key("a")).await, Ok(Some(second.clone())));
            assert_eq!(unit.artifact_drafts().list().await, Ok(vec![second.clone(), other.clone()]));
        })
        .await;

    world
        .write(world.there, async |unit| {
            assert_eq!(unit.artifact_drafts().list().await, Ok(Vec::new()));
            unit.artifact_drafts().delete(&key("a")).await.unwrap();
        })
        .await;
    world
        .write(world.here, async |unit| {
            unit.artifact_drafts().delete(&key("b")).await.unwrap();
            assert_eq!(unit.artifact_drafts().list().await, Ok(vec![second]));
        })
        .await;
}

#[rstest]
#[tokio::test]
async fn a_review_is_kept_by_key_and_layer(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let first = Review {
        key: key("a"),
        layer: Layer::Customization,
        base: Some(id(1)),
        ours: id(2),
        theirs: id(3),
        state: OverrideState::UpgradeAvailable(UpgradeClass::Conflict),
        edits: vec![Edit {
            pointer: "/name".into(),
            part: EditPart::Value,
            side: Side::Conflict,
            base: None,
            ours: Some(json!(null)),
            theirs: Some(json!({"a": [1.5]})),
        }],
        deferred: false,
        author: author(),
        at: at(),
    };
    let second = Review { deferred: true, ..first.clone() };

    world
        .write(world.here, async |unit| {
            let reviews = unit.artifact_reviews();
            for review in [&first, &second] {
                reviews.replace(review).await.unwrap();
            }
            assert_eq!(reviews.find(&key("a"), Layer::Customization).await, Ok(Some(second)));
            assert_eq!(reviews.find(&key("a"), Layer::Published).await, Ok(None));
        })
        .await;

    world
        .read(world.there, async |unit| {
            assert_eq!(unit.artifact_reviews().find(&key("a"), Layer::Customization).await, Ok(None));
        })
        .await;
}
