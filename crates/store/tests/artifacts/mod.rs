//! The ports of artifacts.

mod pointers;
mod records;
mod spaces;
mod stretches;

use chrono::{DateTime, Utc};
use guildhall_artifacts::{ArtifactKey, ArtifactVersion, Author, Base, Content, Layer, Origin, Placed, What};
use guildhall_core::{Access, ArtifactVersionId, Scope, WorkspaceId, testing::SequentialIds};
use guildhall_kernel::UnitOfWork;
use guildhall_tenancy::{Workspace, testing};
use guildhall_testkit::Stack;
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestStore, parsed};

const SYSTEM: WorkspaceId = WorkspaceId::SYSTEM;

/// A database with two workspaces.
struct World {
    store: TestStore,
    here: WorkspaceId,
    there: WorkspaceId,
}

impl World {
    async fn new(on: Stack) -> Self {
        let (store, ids) = (TestStore::new(on).await, SequentialIds::default());
        let [here, there]: [Workspace; 2] = ["here", "there"].map(|prefix| testing::workspace(&ids, prefix));
        let world = Self { store, here: here.id, there: there.id };
        let unit = world.store.write(Scope::Platform).await;
        for workspace in [&here, &there] {
            unit.workspaces().insert(workspace).await.unwrap();
        }
        unit.commit().await.unwrap();
        world
    }

    /// What one unit of work answers, which is then committed.
    async fn write<T>(&self, space: WorkspaceId, act: impl AsyncFnOnce(&dyn UnitOfWork) -> T) -> T {
        let unit = self.store.write(Scope::of(space)).await;
        let answer = act(&*unit).await;
        unit.commit().await.unwrap();
        answer
    }

    /// What one unit of work reads.
    async fn read<T>(&self, space: WorkspaceId, act: impl AsyncFnOnce(&dyn UnitOfWork) -> T) -> T {
        let unit = self.store.begin(Scope::of(space), Access::Read).await;
        act(&*unit).await
    }

    /// Writes a version and places it.
    async fn place(&self, space: WorkspaceId, layer: Layer, version: &ArtifactVersion) {
        self.write(space, async |unit| {
            unit.artifact_versions().insert(std::slice::from_ref(version)).await.unwrap();
            let placed = Placed { layer, generation: version.number, what: What::Live(version.head()) };
            unit.artifacts().replace(&[(version.key.clone(), placed)]).await.unwrap();
        })
        .await;
    }
}

/// A view preset of that name.
fn key(name: &str) -> ArtifactKey {
    ArtifactKey { kind: parsed("view_preset"), name: parsed(name) }
}

fn id(number: u128) -> ArtifactVersionId {
    ArtifactVersionId::new(Uuid::from_u128(number))
}

fn at() -> DateTime<Utc> {
    parsed("2026-01-01T00:00:00Z")
}

fn author() -> Author {
    Author { kind: "user".into(), id: Uuid::from_u128(7), way_in: "password".into(), workspace: None }
}

/// A version whose content says its number.
fn version(name: &str, number: i64) -> ArtifactVersion {
    ArtifactVersion {
        id: id(u128::from(number.unsigned_abs()) + 1_000),
        key: key(name),
        number,
        title: format!("Version {number}"),
        content: Content::new(json!({ "name": number })).unwrap(),
        locked: vec![parsed("/name")],
        schema_version: 3,
        base: None,
        origin: Origin::Customize,
        package_version: None,
        author: author(),
        at: at(),
    }
}

/// The same, made from another version.
fn over(version: ArtifactVersion, space: WorkspaceId, base: &ArtifactVersion) -> ArtifactVersion {
    ArtifactVersion { base: Some(Base { space, id: base.id, hash: base.content.hash() }), ..version }
}
