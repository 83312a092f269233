//! The world that is measured: artifacts of System's, workspaces, and their overrides.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{ArtifactKey, ArtifactVersion, Author, Base, Content, Layer, Origin, Placed, What};
use guildhall_core::{
    Access, AccountId, ArtifactVersionId, Clock as _, IdGenerator as _, Scope, SystemClock, SystemIds, WorkspaceId,
};
use guildhall_kernel::Database as _;
use guildhall_store::SeaDatabase;
use sea_orm::ConnectionTrait as _;

/// How many artifacts System has.
pub const ARTIFACTS: usize = 10_000;
/// How many workspaces there are.
const WORKSPACES: usize = 1_000;
/// Each workspace overrides every hundredth.
const EACH: usize = 100;

/// The key of an artifact, in the order of the numbers.
pub fn key(number: usize) -> ArtifactKey {
    ArtifactKey {
        kind: "view_preset".parse().unwrap(),
        name: format!("presets/{number:05}").parse().unwrap(),
    }
}

/// What an artifact says.
pub fn content(number: usize, whose: &str) -> Content {
    Content::new(serde_json::json!({
        "name": format!("Preset {number} of {whose}"),
        "description": "Which fields of phases, items and tasks the Canvas shows to people who plan.",
        "fields": {
            "phase": ["objective", "deliverables", "start_date", "due_date", "progress"],
            "item": ["status", "due_date", "assignees", "progress", "link"],
            "task": ["status", "due_date", "assignees"]
        }
    }))
    .unwrap()
}

/// Fills a migrated database and answers its workspaces.
pub async fn fill(database: &SeaDatabase) -> Vec<WorkspaceId> {
    let shipped: Vec<_> =
        (0..ARTIFACTS).map(|number| version(number, content(number, "System"), None)).collect();
    write(database, WorkspaceId::SYSTEM, Layer::System, &shipped).await;
    let mut workspaces = Vec::new();
    for number in 0..WORKSPACES {
        let id = workspace(database, number).await;
        let own = shipped.iter().enumerate().step_by(EACH).map(|(number, base)| {
            let base = Base { space: WorkspaceId::SYSTEM, id: base.id, hash: base.content.hash() };
            version(number, content(number, "a workspace"), Some(base))
        });
        write(database, id, Layer::Customization, &own.collect::<Vec<_>>()).await;
        workspaces.push(id);
    }
    workspaces
}

/// A workspace, as a row: nothing of it is measured but its id.
async fn workspace(database: &SeaDatabase, number: usize) -> WorkspaceId {
    let id = WorkspaceId::new(SystemIds.uuid());
    let accounts = [(); 2].map(|()| AccountId::new(SystemIds.uuid()));
    let unit = database.begin(Scope::Workspace(id), Access::Write).await.unwrap();
    unit.workspaces().insert(&guildhall_tenancy::Workspace {
        id,
        account_id: accounts[0],
        organisation_account_id: accounts[1],
        prefix: format!("w{number}").parse().unwrap(),
        name: "Workspace".parse().unwrap(),
        settings: guildhall_tenancy::WorkspaceSettings::default(),
        state: guildhall_tenancy::WorkspaceState::Active,
        created_at: SystemClock.now(),
        version: guildhall_core::RowVersion::FIRST,
    })
    .await
    .unwrap();
    unit.commit().await.unwrap();
    id
}

async fn write(database: &SeaDatabase, space: WorkspaceId, layer: Layer, versions: &[ArtifactVersion]) {
    let unit = database.begin(Scope::of(space), Access::Write).await.unwrap();
    let generation = unit.artifact_spaces().raise().await.unwrap();
    unit.artifact_versions().insert(versions).await.unwrap();
    let placed: Vec<_> = versions
        .iter()
        .map(|version| (version.key.clone(), Placed { layer, generation, what: What::Live(version.head()) }))
        .collect();
    unit.artifacts().replace(&placed).await.unwrap();
    unit.commit().await.unwrap();
}

fn version(number: usize, content: Content, base: Option<Base>) -> ArtifactVersion {
    let at: DateTime<Utc> = SystemClock.now();
    ArtifactVersion {
        id: ArtifactVersionId::new(SystemIds.uuid()),
        key: key(number),
        number: 1,
        title: format!("Preset {number}"),
        content,
        locked: Vec::new(),
        schema_version: 1,
        base,
        origin: Origin::Customize,
        package_version: None,
        author: Author { kind: "user".into(), id: SystemIds.uuid(), way_in: "embedded".into(), workspace: None },
        at,
    }
}

/// Runs statements beside the units of work.
pub async fn execute(database: &SeaDatabase, sql: &str) {
    database.connection().execute_unprepared(sql).await.unwrap();
}
