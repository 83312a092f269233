//! What projects were made from, with which presets people look at them, and many cards at once.

use guildhall_core::{ArtifactVersionId, RowVersion, Scope, StoreError};
use guildhall_orchestration::{
    Item, Phase, Project, ProjectState, Task, TemplateUse, ViewChoice,
    testing::{application_item, item, item_id, phase, phase_id, project, project_id, task, user_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;
use uuid::Uuid;

use super::world::World;

fn choice(preset: Option<&str>) -> ViewChoice {
    let preset = preset.map(ToOwned::to_owned);
    ViewChoice { project_id: project_id(1), user_id: user_id(1), preset, version: RowVersion::FIRST }
}

fn used(number: u32, package: Option<&str>) -> TemplateUse {
    TemplateUse {
        project_id: project_id(number),
        package: package.map(ToOwned::to_owned),
        path: "campaigns/launch".to_owned(),
        version_id: ArtifactVersionId::new(Uuid::from_u128(7)),
    }
}

#[rstest]
#[tokio::test]
async fn a_choice_takes_the_place_of_the_one_before(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let choices = unit.view_choices();
    assert_eq!(choices.find(project_id(1), user_id(1)).await.unwrap(), None);

    choices.replace(&choice(Some("guildhall.base:people"))).await.unwrap();
    let next = ViewChoice { version: RowVersion::new(2), ..choice(None) };
    choices.replace(&next).await.unwrap();

    assert_eq!(choices.find(project_id(1), user_id(1)).await.unwrap(), Some(next));
    assert_eq!(choices.find(project_id(1), user_id(2)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn of_two_choices_from_one_version_the_second_is_stale(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let choices = unit.view_choices();
    let of_version =
        |version, preset| ViewChoice { version: RowVersion::new(version), ..choice(Some(preset)) };
    choices.replace(&of_version(2, "first")).await.unwrap();

    let also_first = choices.replace(&of_version(2, "also first")).await;
    choices.replace(&of_version(3, "second")).await.unwrap();
    let also_second = choices.replace(&of_version(3, "also second")).await;

    assert_eq!((also_first, also_second), (Err(StoreError::Stale), Err(StoreError::Stale)));
    let found = choices.find(project_id(1), user_id(1)).await.unwrap();
    assert_eq!(found, Some(of_version(3, "second")));
}

#[rstest]
#[tokio::test]
async fn a_choice_goes_with_the_membership(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let chosen = ViewChoice { user_id: user_id(3), ..choice(Some("people")) };
    unit.view_choices().replace(&chosen).await.unwrap();
    let member = unit.workspace_members().find(user_id(3)).await.unwrap().unwrap();

    unit.workspace_members().delete(&member).await.unwrap();

    assert_eq!(unit.view_choices().find(project_id(1), user_id(3)).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn what_a_project_was_made_from_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.projects().insert(&project(2)).await.unwrap();
    let templates = unit.project_templates();

    templates.insert(&used(1, Some("acme.base"))).await.unwrap();
    templates.insert(&used(2, None)).await.unwrap();

    assert_eq!(templates.find(project_id(1)).await.unwrap(), Some(used(1, Some("acme.base"))));
    assert_eq!(templates.find(project_id(2)).await.unwrap(), Some(used(2, None)));
    assert_eq!(templates.list_by_package("acme.base").await.unwrap(), [used(1, Some("acme.base"))]);
    assert!(templates.list_by_package("acme.other").await.unwrap().is_empty());
    assert_eq!(templates.list_workspaces("acme.base").await.unwrap(), [world.here]);
    assert!(templates.list_workspaces("").await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn an_archived_project_keeps_no_package_there(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.project_templates().insert(&used(1, Some("acme.base"))).await.unwrap();

    unit.projects().update(&Project { state: ProjectState::Archived, ..project(1) }).await.unwrap();

    assert!(unit.project_templates().list_by_package("acme.base").await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn another_workspace_sees_none_of_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.view_choices().replace(&choice(Some("people"))).await.unwrap();
    unit.project_templates().insert(&used(1, Some("acme.base"))).await.unwrap();
    unit.commit().await.unwrap();

    let there = world.write(Scope::Workspace(world.there)).await;

    assert_eq!(there.view_choices().find(project_id(1), user_id(1)).await.unwrap(), None);
    assert_eq!(there.project_templates().find(project_id(1)).await.unwrap(), None);
    assert!(there.project_templates().list_by_package("acme.base").await.unwrap().is_empty());
    assert!(there.view_choices().replace(&choice(Some("people"))).await.is_err());
}

#[rstest]
#[tokio::test]
async fn many_cards_are_added_at_once(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let phases = [Phase { assignees: vec![user_id(1), user_id(2)], ..phase(1) }, phase(2)];
    let mut items: Vec<Item> = (1..=1_200).map(|number| item(number, 1)).collect();
    items[3] = Item { content: application_item("Board", 1), assignees: vec![user_id(1)], ..item(4, 1) };
    let tasks: Vec<Task> = (1..=600).map(|number| task(number, 1)).collect();

    unit.phases().insert_all(&phases).await.unwrap();
    unit.items().insert_all(&items).await.unwrap();
    unit.tasks().insert_all(&tasks).await.unwrap();
    unit.items().insert_all(&[]).await.unwrap();

    assert_eq!(unit.phases().find(phase_id(1)).await.unwrap(), Some(phases[0].clone()));
    assert_eq!(unit.items().list_by_project(project_id(1)).await.unwrap().len(), 1_200);
    assert_eq!(unit.items().find(item_id(4)).await.unwrap(), Some(items[3].clone()));
    assert_eq!(unit.tasks().list_by_project(project_id(1)).await.unwrap().len(), 600);
}

#[rstest]
#[tokio::test]
async fn of_many_cards_no_two_have_one_place(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    let twins = [phase(1), Phase { id: phase_id(2), ..phase(1) }];

    let refused = unit.phases().insert_all(&twins).await;

    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}
