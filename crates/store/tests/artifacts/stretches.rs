use std::collections::BTreeSet;

use guildhall_artifacts::{
    ArtifactName, DeployableIn, Deployment, Digest, Layer, Manifest, PackageOffer, PackageVersion, Placed,
    Stretch, StretchQuery, What,
};
use guildhall_core::{PackageVersionId, WorkspaceId};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::{SYSTEM, World, at, author, key, version};
use crate::support::parsed;

fn query(limit: usize, after: Option<&str>) -> StretchQuery {
    StretchQuery { kind: parsed("view_preset"), after: after.map(parsed), limit }
}

impl World {
    async fn stretch(&self, space: WorkspaceId, query: &StretchQuery) -> Stretch {
        self.read(space, async |unit| unit.artifacts().list(query).await.unwrap().1).await
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

impl World {
    /// What the space sees of a package, and of what lies around it.
    async fn names(&self, space: WorkspaceId) -> Vec<String> {
        let found = self.stretch(space, &query(100, Some("e"))).await;
        assert!(!found.more);
        found.keys.iter().map(|(name, _)| name.to_string()).collect()
    }

    /// Deploys the package in a space, without anything in it.
    async fn deploy(&self, space: WorkspaceId, id: u128) {
        let manifest = Manifest {
            id: parsed("pack.age"),
            version: "1.0.0".parse().unwrap(),
            name: parsed("A package"),
            description: None,
            deployable_in: vec![DeployableIn::System, DeployableIn::Workspace],
            requires: Vec::new(),
            artifacts: Vec::new(),
            roles: Vec::new(),
            permissions: Vec::new(),
            digest: Digest::of(b""),
        };
        let version = PackageVersion {
            id: PackageVersionId::new(uuid::Uuid::from_u128(id)),
            home: space,
            manifest: manifest.clone(),
            uploaded_by: author().id,
            uploaded_at: at(),
        };
        let deployment =
            Deployment { home: space, version_id: version.id, manifest, generation: 1, at: at() };
        self.write(space, async |unit| {
            unit.packages().insert(&version, b"archive").await.unwrap();
            unit.package_deployments().replace(&deployment).await.unwrap();
        })
        .await;
    }

    async fn offer(&self, offer: PackageOffer) {
        self.write(SYSTEM, async |unit| {
            unit.package_offers().replace(&parsed("pack.age"), &offer).await.unwrap();
        })
        .await;
    }
}

#[rstest]
#[tokio::test]
async fn what_system_has_of_a_package_is_left_out_where_the_space_does_not_see_it(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = furnished(on).await;
    world.deploy(SYSTEM, 1).await;
    assert_eq!(world.names(world.here).await, ["g", "pack.age:a", "pack.age:m", "pack.age:z"]);

    world.offer(PackageOffer::None).await;
    assert_eq!(world.names(world.here).await, ["g", "pack.age:m"]);
    assert_eq!(world.names(SYSTEM).await, ["g", "pack.age:a", "pack.age:z"]);

    world.offer(PackageOffer::List(BTreeSet::from([world.here]))).await;
    assert_eq!(world.names(world.here).await, ["g", "pack.age:a", "pack.age:m", "pack.age:z"]);
    assert_eq!(world.names(world.there).await, ["g"]);

    world.deploy(world.here, 2).await;
    assert_eq!(world.names(world.here).await, ["g", "pack.age:m"]);
}

#[rstest]
#[tokio::test]
async fn with_what_is_read_comes_the_space_as_it_stands(#[values(Sqlite, Postgres)] on: Stack) {
    let world = furnished(on).await;
    world.deploy(SYSTEM, 1).await;
    world.deploy(world.here, 2).await;
    world.offer(PackageOffer::List(BTreeSet::from([world.here]))).await;
    for (space, times) in [(SYSTEM, 3), (world.here, 2)] {
        for _ in 0..times {
            world.write(space, async |unit| unit.artifact_spaces().raise().await.unwrap()).await;
        }
    }

    for space in [world.here, world.there, SYSTEM] {
        let (alone, with_one, with_part) = world
            .read(space, async |unit| {
                let (with_one, _) = unit.artifacts().find(&key("c")).await.unwrap();
                let (with_part, _) = unit.artifacts().list(&query(2, None)).await.unwrap();
                (unit.artifact_spaces().find().await.unwrap(), with_one, with_part)
            })
            .await;
        assert_eq!((&with_one, &with_part), (&alone, &alone));
        assert_eq!(alone.generations.system, 3);
        assert_eq!(alone.offered, [(parsed("pack.age"), space == world.here)].into());
        assert_eq!(alone.deployed.len(), usize::from(space != world.there));
    }
}

#[rstest]
#[tokio::test]
async fn what_is_gone_ends_no_part(#[values(Sqlite, Postgres)] on: Stack) {
    let world = furnished(on).await;
    for name in ["a", "c", "e"] {
        let gone = Placed { layer: Layer::System, generation: 60, what: What::Gone { last: None } };
        world.write(SYSTEM, async |unit| unit.artifacts().replace(&[(key(name), gone)]).await.unwrap()).await;
    }

    let there: Vec<String> = world.whole(world.there, 1).await.into_iter().map(|(name, _)| name).collect();

    assert_eq!(there, ["aa", "g", "pack.age:a", "pack.age:z"]);
}
