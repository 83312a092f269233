use guildhall_artifacts::{Layer, Placed, What};
use guildhall_core::StoreError;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World, key, over, version};

#[rstest]
#[tokio::test]
async fn at_a_key_stand_the_spaces_own_layers_and_systems_with_their_documents(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::new(on).await;
    let shared = version("a/b", 1);
    world.place(SYSTEM, Layer::System, &shared).await;
    let older = version("a/b", 2);
    world.place(SYSTEM, Layer::System, &older).await;
    let own = over(version("a/b", 3), SYSTEM, &shared);
    world.place(world.here, Layer::Customization, &own).await;

    let stack =
        world.read(world.here, async |unit| unit.artifacts().find(&key("a/b")).await.unwrap().1).await;
    let there =
        world.read(world.there, async |unit| unit.artifacts().find(&key("a/b")).await.unwrap().1).await;

    let mut placed = stack.placed.clone();
    placed.sort_by_key(|placed| placed.layer);
    let expected = [(Layer::System, &older, 2), (Layer::Customization, &own, 3)]
        .map(|(layer, version, generation)| Placed { layer, generation, what: What::Live(version.head()) });
    assert_eq!(placed, expected);
    for version in [&shared, &older, &own] {
        let document = &stack.documents[&version.id];
        assert_eq!((&document.content, &document.locked), (&version.content, &version.locked));
        assert_eq!(document.schema_version, 3);
    }
    assert_eq!(there.placed.len(), 1, "another workspace's layer is not there");
    assert!(!there.documents.contains_key(&own.id));
}

#[rstest]
#[tokio::test]
async fn the_top_says_what_it_says_and_not_what_lies_below(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (shared, next) = (version("a/b", 1), version("a/b", 2));
    world.place(SYSTEM, Layer::System, &shared).await;
    world.place(SYSTEM, Layer::System, &next).await;
    let own = over(version("a/b", 3), SYSTEM, &shared);
    world.place(world.here, Layer::Customization, &own).await;
    let top = async |space| {
        let found = world.read(space, async |unit| unit.artifacts().find_top(&key("a/b")).await);
        let (space, stack) = found.await.unwrap();
        (space.generations, stack.placed.len(), stack.documents.into_keys().collect::<Vec<_>>())
    };
    let whole = world.read(world.here, async |unit| unit.artifacts().find(&key("a/b")).await).await.unwrap();

    let live = top(world.here).await;
    let mut ended = Vec::new();
    for what in [What::Hidden { covers: None }, What::Gone { last: None }] {
        let placed = Placed { layer: Layer::Customization, generation: 4, what };
        let change = [(key("a/b"), placed)];
        world.write(world.here, async |unit| unit.artifacts().replace(&change).await.unwrap()).await;
        ended.push(top(world.here).await);
    }

    assert_eq!(live, (whole.0.generations, 2, vec![own.id]));
    assert_eq!(top(world.there).await.2, [next.id]);
    assert_eq!(top(SYSTEM).await.2, [next.id]);
    let ended: Vec<_> = ended.into_iter().map(|(_, placed, told)| (placed, told)).collect();
    assert_eq!(ended, [(2, vec![]), (2, vec![next.id])]);
}

#[rstest]
#[tokio::test]
async fn a_pointer_takes_the_place_of_the_one_before(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let own = version("a", 1);
    world.place(world.here, Layer::Customization, &own).await;
    let states = [
        What::Hidden { covers: Some(own.head()) },
        What::Gone { last: Some(own.head()) },
        What::Hidden { covers: None },
        What::Gone { last: None },
        What::Live(own.head()),
    ];

    for (generation, what) in (2..).zip(states) {
        let placed = Placed { layer: Layer::Customization, generation, what };
        let found = world
            .write(world.here, async |unit| {
                unit.artifacts().replace(&[(key("a"), placed.clone())]).await.unwrap();
                unit.artifacts().find(&key("a")).await.unwrap().1
            })
            .await;
        assert_eq!(found.placed, [placed]);
    }
}

#[rstest]
#[tokio::test]
async fn a_workspace_is_in_the_directory_while_an_override_of_its_own_stands(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::new(on).await;
    let directory = async || {
        world
            .read(SYSTEM, async |unit| unit.artifacts().list_overriding(&[key("a"), key("b")]).await.unwrap())
            .await
    };
    let (one, other) = (version("a", 1), version("a", 2));
    world.place(world.here, Layer::Customization, &one).await;
    world.place(world.here, Layer::Published, &other).await;
    world.place(world.there, Layer::Package, &version("a", 3)).await;
    assert_eq!(directory().await, [world.here]);

    for (layer, left) in [(Layer::Customization, vec![world.here]), (Layer::Published, vec![])] {
        let gone = Placed { layer, generation: 9, what: What::Gone { last: None } };
        world
            .write(world.here, async |unit| unit.artifacts().replace(&[(key("a"), gone)]).await.unwrap())
            .await;
        assert_eq!(directory().await, left);
    }
}

#[rstest]
#[tokio::test]
async fn versions_are_read_by_their_space_and_systems_by_all(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let shared = version("a", 1);
    let own = over(version("a", 2), SYSTEM, &shared);
    world.place(SYSTEM, Layer::System, &shared).await;
    world.place(world.here, Layer::Customization, &own).await;

    let find = async |space, id| {
        world.read(space, async |unit| unit.artifact_versions().find(id).await.unwrap()).await
    };
    assert_eq!(find(world.here, own.id).await, Some(own.clone()));
    assert_eq!(find(world.here, shared.id).await, Some(shared.clone()));
    assert_eq!(find(world.there, own.id).await, None);
    let documents = world
        .read(world.there, async |unit| {
            unit.artifact_versions().list_documents(&[own.id, shared.id]).await.unwrap()
        })
        .await;
    assert_eq!(documents.into_keys().collect::<Vec<_>>(), [shared.id]);
    let again = world.store.write(guildhall_core::Scope::of(world.here)).await;
    let twice = again.artifact_versions().insert(std::slice::from_ref(&own)).await;
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
}
