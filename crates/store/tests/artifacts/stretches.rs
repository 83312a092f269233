use guildhall_artifacts::{ArtifactName, Layer, Placed, Stretch, StretchQuery, What};
use guildhall_core::WorkspaceId;
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World, key, version};
use crate::support::parsed;

fn query(limit: usize, after: Option<&str>) -> StretchQuery {
    StretchQuery { kind: parsed("view_preset"), after: after.map(parsed), limit, unseen: Vec::new() }
}

impl World {
    async fn stretch(&self, space: WorkspaceId, query: &StretchQuery) -> Stretch {
        self.read(space, async |unit| unit.artifacts().list(query).await.unwrap()).await
    }

    /// Every key with its layers, part by part.
    async fn whole(&self, space: WorkspaceId, limit: usize) -> Vec<(String, Vec<Layer>)> {
        let (mut query, mut found) = (query(limit, None), Vec::new());
        loop {
            let Stretch { keys, more } = self.stretch(space, &query).await;
            found.extend(keys.iter().map(|(name, placed)| {
                let mut layers: Vec<Layer> = placed.iter().map(|placed| placed.layer).collect();
                layers.sort_unstable();
                (name.to_string(), layers)
            }));
            query.after = keys.last().map(|(name, _): &(ArtifactName, Vec<Placed>)| name.clone());
            if !more {
                return found;
            }
            assert!(!keys.is_empty(), "a part with more behind it goes on");
        }
    }
}

/// Own and shared keys between each other, one with all layers, and one of a package.
async fn furnished(on: Stack) -> World {
    let world = World::new(on).await;
    for (number, name) in (1..).zip(["a", "c", "e", "g", "pack.age:a", "pack.age:z"]) {
        world.place(SYSTEM, Layer::System, &version(name, number)).await;
    }
    for (number, name) in (20..).zip(["b", "c", "d", "pack.age:m"]) {
        world.place(world.here, Layer::Customization, &version(name, number)).await;
    }
    world.place(world.here, Layer::Published, &version("c", 30)).await;
    world.place(world.here, Layer::Package, &version("c", 31)).await;
    world.place(world.there, Layer::Customization, &version("aa", 40)).await;
    let gone = Placed { layer: Layer::Customization, generation: 50, what: What::Gone { last: None } };
    world.write(world.here, async |unit| unit.artifacts().replace(&[(key("dd"), gone)]).await.unwrap()).await;
    world
}

#[rstest]
#[tokio::test]
async fn parts_of_any_size_make_the_same_whole(#[values(Sqlite, Postgres)] on: Stack) {
    let world = furnished(on).await;
    let all = [Layer::System, Layer::Package, Layer::Published, Layer::Customization];
    let expected: Vec<(String, Vec<Layer>)> = [
        ("a", &all[..1]),
        ("b", &all[3..]),
        ("c", &all[..]),
        ("d", &all[3..]),
        ("e", &all[..1]),
        ("g", &all[..1]),
        ("pack.age:a", &all[..1]),
        ("pack.age:m", &all[3..]),
        ("pack.age:z", &all[..1]),
    ]
    .map(|(name, layers)| (name.to_owned(), layers.to_vec()))
    .to_vec();

    for limit in [1, 2, 3, 4, 100] {
        assert_eq!(world.whole(world.here, limit).await, expected, "limit {limit}");
    }
    let there: Vec<String> = world.whole(world.there, 2).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(there, ["a", "aa", "c", "e", "g", "pack.age:a", "pack.age:z"]);
    let system: Vec<String> = world.whole(SYSTEM, 2).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(system, ["a", "c", "e", "g", "pack.age:a", "pack.age:z"]);
}

#[rstest]
#[tokio::test]
async fn what_system_has_of_an_unseen_package_is_left_out(#[values(Sqlite, Postgres)] on: Stack) {
    let world = furnished(on).await;
    let unseen = StretchQuery { unseen: vec![parsed("pack.age")], ..query(100, Some("e")) };

    let found = world.stretch(world.here, &unseen).await;

    let names: Vec<String> = found.keys.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!((names, found.more), (vec!["g".to_owned(), "pack.age:m".to_owned()], false));
}
