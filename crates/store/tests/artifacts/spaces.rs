use guildhall_artifacts::Generations;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World};

#[rstest]
#[tokio::test]
async fn each_space_counts_its_own_changes_and_sees_systems(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let before = world.read(world.here, async |unit| unit.artifact_spaces().find().await.unwrap()).await;

    let first = world.write(world.here, async |unit| unit.artifact_spaces().raise().await.unwrap()).await;
    let second = world.write(world.here, async |unit| unit.artifact_spaces().raise().await.unwrap()).await;
    let system = world.write(SYSTEM, async |unit| unit.artifact_spaces().raise().await.unwrap()).await;

    assert_eq!(before.generations.own, 0);
    assert_eq!((first, second), (1, 2));
    for (space, own) in [(world.here, 2), (world.there, 0), (SYSTEM, system)] {
        let found = world.read(space, async |unit| unit.artifact_spaces().find().await.unwrap()).await;
        assert_eq!((found.id, found.generations), (space, Generations { own, system }));
    }
}

#[rstest]
#[tokio::test]
async fn what_is_rolled_back_has_raised_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.store.write(guildhall_core::Scope::of(world.here)).await;
    unit.artifact_spaces().raise().await.unwrap();

    drop(unit);

    let found = world.read(world.here, async |unit| unit.artifact_spaces().find().await.unwrap()).await;
    assert_eq!(found.generations.own, 0);
}
