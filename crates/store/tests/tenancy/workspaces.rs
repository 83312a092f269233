use guildhall_core::{IdGenerator as _, RowVersion, Scope, StoreError, WorkspaceId};
use guildhall_tenancy::{
    LevelRule, Levels, Theme, Workspace, WorkspaceFilter, WorkspacePrefix, WorkspaceSettings, WorkspaceState,
    testing,
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{assert_conflict, page, parsed};

fn furnished(world: &World) -> Workspace {
    let theme = Theme {
        font_url: Some(parsed("https://fonts.example.test/sans.css")),
        primary_color: Some(parsed("#1a2b3c")),
    };
    let rule = LevelRule { level: parsed("Région"), under: vec![parsed("TENANT"), parsed("Région")] };
    Workspace {
        name: parsed("Ünïcode & Söhne"),
        settings: WorkspaceSettings {
            theme: Some(theme),
            languages: vec![parsed("pt-BR"), parsed("de")],
            internal_may_invite: false,
            levels: Levels::new(vec![rule]).unwrap(),
        },
        state: WorkspaceState::Suspended,
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        version: RowVersion::new(7),
        ..testing::workspace(&world.ids, "furnished")
    }
}

#[rstest]
#[tokio::test]
async fn a_workspace_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let workspace = furnished(&world);
    let unit = world.begin(Scope::Workspace(workspace.id)).await;

    unit.workspaces().insert(&workspace).await.unwrap();

    assert_eq!(unit.workspaces().find(workspace.id).await.unwrap(), Some(workspace.clone()));
    assert_eq!(unit.workspaces().find_by_prefix(&workspace.prefix).await.unwrap(), Some(workspace));
    assert_eq!(unit.workspaces().find_by_prefix(&parsed("nobody")).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn the_system_workspace_is_there_from_the_first_migration(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::System).await;

    let found = unit.workspaces().find(WorkspaceId::SYSTEM).await.unwrap().unwrap();

    assert_eq!(found, Workspace::system(parsed("System"), parsed("2026-01-01T00:00:00Z")));
    assert_eq!(unit.workspaces().find_by_prefix(&WorkspacePrefix::SYSTEM).await.unwrap(), Some(found));
}

#[rstest]
#[tokio::test]
async fn a_changed_workspace_is_stored_as_its_next_version(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let fields = furnished(&world);
    let changed = Workspace { settings: fields.settings, state: fields.state, ..world.here.clone() };

    unit.workspaces().update(&changed).await.unwrap();
    let again = unit.workspaces().update(&changed).await;

    let stored = Workspace { version: RowVersion::new(2), ..changed.clone() };
    assert_eq!(unit.workspaces().find(changed.id).await.unwrap(), Some(stored));
    assert_eq!(again, Err(StoreError::Stale));
}

#[rstest]
#[tokio::test]
async fn two_workspaces_never_share_a_prefix(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;

    assert_conflict(&unit.workspaces().insert(&testing::workspace(&world.ids, "here")).await);
}

#[rstest]
#[tokio::test]
async fn an_account_leads_to_its_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;

    for account in [world.here.account_id, world.here.organisation_account_id] {
        assert_eq!(unit.directory().find_account(account).await.unwrap(), Some(world.here.id));
    }
}

#[rstest]
#[tokio::test]
async fn workspaces_are_listed_page_by_page(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;

    let first = unit.workspaces().list(&WorkspaceFilter::default(), &page(2, None)).await.unwrap();
    let second =
        unit.workspaces().list(&WorkspaceFilter::default(), &page(2, first.next.clone())).await.unwrap();

    let ids = |items: &[Workspace]| items.iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(ids(&first.items), [WorkspaceId::SYSTEM, world.here.id]);
    assert_eq!(first.next, Some(world.here.id.to_string()));
    assert_eq!(ids(&second.items), [world.there.id]);
    assert_eq!(second.next, None);
}

#[rstest]
#[tokio::test]
async fn a_full_last_page_is_the_last_one(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;

    let all = unit.workspaces().list(&WorkspaceFilter::default(), &page(3, None)).await.unwrap();
    let past = unit
        .workspaces()
        .list(&WorkspaceFilter::default(), &page(3, Some(world.ids.uuid().to_string())))
        .await
        .unwrap();

    assert_eq!((all.items.len(), all.next), (3, None));
    assert!(past.items.is_empty());
}
