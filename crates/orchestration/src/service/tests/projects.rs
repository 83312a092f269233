use guildhall_core::{Clock, NodeId, PageRequest, RowVersion, StoreError};

use super::Fixture;
use crate::{
    CreateProject, Gating, Item, OrchestrationError, OrchestrationStore, Outline, Progress, Project,
    ProjectFilter, ProjectPatch, ProjectRole, ProjectState, Status, Thing,
    testing::{MemoryStore, MockStore, application_item, date, item, phase, project, project_id, user_id},
};

fn new_project() -> CreateProject {
    CreateProject {
        name: "Spring campaign".parse().unwrap(),
        description: None,
        node_id: None,
        start_date: Some(date(1)),
        due_date: Some(date(9)),
        gating: Gating::Advisory,
    }
}

fn renamed() -> ProjectPatch {
    ProjectPatch { name: Some("Autumn campaign".parse().unwrap()), ..ProjectPatch::default() }
}

#[tokio::test]
async fn the_creator_of_a_project_becomes_its_owner() {
    let fixture = Fixture::new(MemoryStore::default());

    let created = fixture.orchestration().create_project(user_id(7), new_project()).await.unwrap();

    let members = fixture.store.project_members().list_by_project(created.id).await.unwrap();
    assert_eq!(fixture.store.projects().find(created.id).await.unwrap(), Some(created.clone()));
    assert_eq!((members[0].user_id, members[0].role), (user_id(7), ProjectRole::Owner));
    assert_eq!((created.created_by, created.created_at), (user_id(7), fixture.clock.now()));
    assert_ne!(created.account_id.uuid(), created.id.uuid());
}

#[tokio::test]
async fn a_project_that_starts_after_it_ends_is_refused_and_nothing_is_written() {
    let store = MockStore::default();
    let fixture = Fixture::new(MemoryStore::default());
    let orchestration = crate::Orchestration::new(&store, &fixture.clock, &fixture.ids);
    let command = CreateProject { start_date: Some(date(10)), ..new_project() };

    let refused = orchestration.create_project(user_id(7), command).await.unwrap_err();

    assert_eq!(refused, OrchestrationError::StartAfterDue { start_date: date(10), due_date: date(9) });
}

#[tokio::test]
async fn an_update_answers_the_version_that_is_stored() {
    let fixture = Fixture::with_project();

    let updated = fixture
        .orchestration()
        .update_project(project_id(1), renamed(), Some(RowVersion::FIRST))
        .await
        .unwrap();

    assert_eq!(updated.version, RowVersion::FIRST.next());
    assert_eq!(fixture.store.projects().find(project_id(1)).await.unwrap(), Some(updated));
}

#[tokio::test]
async fn an_update_against_another_version_is_stale() {
    let fixture = Fixture::with_project();
    let expected = Some(RowVersion::FIRST.next());

    let refused =
        fixture.orchestration().update_project(project_id(1), renamed(), expected).await.unwrap_err();

    assert_eq!(refused, OrchestrationError::Store(StoreError::Stale));
}

#[tokio::test]
async fn an_update_that_changes_nothing_writes_nothing() {
    let fixture = Fixture::with_project();

    let updated =
        fixture.orchestration().update_project(project_id(1), ProjectPatch::default(), None).await.unwrap();

    assert_eq!(updated, project(1));
    assert_eq!(fixture.store.projects().find(project_id(1)).await.unwrap(), Some(project(1)));
}

#[tokio::test]
async fn an_archived_project_can_be_restored_and_nothing_else() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();

    let refused = orchestration.update_project(project_id(1), renamed(), None).await.unwrap_err();
    let restored = orchestration.restore_project(project_id(1)).await.unwrap();

    assert_eq!(refused, OrchestrationError::ProjectArchived);
    assert_eq!(restored.state, ProjectState::Active);
    assert!(orchestration.update_project(project_id(1), renamed(), None).await.is_ok());
}

#[tokio::test]
async fn archiving_twice_changes_once() {
    let fixture = Fixture::with_project();

    let first = fixture.orchestration().archive_project(project_id(1)).await.unwrap();
    let second = fixture.orchestration().archive_project(project_id(1)).await.unwrap();

    assert_eq!(first.version, RowVersion::FIRST.next());
    assert_eq!(second, first);
}

#[tokio::test]
async fn projects_that_a_node_put_away_come_back_with_it_and_others_do_not() {
    let node = NodeId::new(project_id(7).uuid());
    let store = MemoryStore::default()
        .with_projects([project(1), Project { state: ProjectState::Archived, ..project(2) }]);
    let fixture = Fixture::new(store);
    let (both, orchestration) = ([project_id(1), project_id(2)], fixture.orchestration());

    let away = orchestration.archive_projects_with(&both, Some(node)).await.unwrap();
    let back = orchestration.archive_projects_with(&both[..1], None).await.unwrap();

    let [(before, after)] = away.as_slice() else { panic!("{away:?}") };
    assert_eq!((before, after.state, after.archived_with), (&project(1), ProjectState::Archived, Some(node)));
    let [(_, restored)] = back.as_slice() else { panic!("{back:?}") };
    assert_eq!((restored.state, restored.archived_with), (ProjectState::Active, None));
}

#[tokio::test]
async fn an_unknown_project_is_not_found() {
    let fixture = Fixture::with_project();

    let refused = fixture.orchestration().archive_project(project_id(9)).await.unwrap_err();

    assert_eq!(refused, OrchestrationError::NotFound(Thing::Project));
}

#[tokio::test]
async fn outlines_are_answered_for_projects_without_phases_too() {
    let store = MemoryStore::default()
        .with_projects([project(1), project(2)])
        .with_phases([phase(1)])
        .with_items([Item { status: Status::Completed, ..item(1, 1) }, item(2, 1)]);
    let fixture = Fixture::new(store);

    let outlines = fixture.orchestration().outlines(&[project_id(1), project_id(2)]).await.unwrap();

    assert_eq!(outlines[&project_id(1)].progress(), Progress { done: 1, total: 2 });
    assert_eq!(outlines[&project_id(2)], Outline::default());
}

#[tokio::test]
async fn a_list_comes_page_by_page_and_holds_what_the_filter_holds() {
    let named = |number: u32, name: &str| Project { name: name.parse().unwrap(), ..project(number) };
    let store = MemoryStore::default().with_projects([
        named(1, "Spring"),
        named(2, "Late spring"),
        named(3, "Autumn"),
        named(4, "SPRING again"),
    ]);
    let filter = ProjectFilter { q: Some("spring".parse().unwrap()), ..ProjectFilter::default() };

    let first = store.projects().list(&filter, &PageRequest { limit: 2, after: None }).await.unwrap();
    let rest =
        store.projects().list(&filter, &PageRequest { limit: 2, after: first.next.clone() }).await.unwrap();

    let ids = |page: &[Project]| page.iter().map(|project| project.id).collect::<Vec<_>>();
    assert_eq!(ids(&first.items), [project_id(1), project_id(2)]);
    assert_eq!((ids(&rest.items), rest.next), (vec![project_id(4)], None));
}

#[tokio::test]
async fn products_are_in_use_by_live_items_of_active_projects() {
    let uses =
        |number: u32, product: u32| Item { content: application_item("App", product), ..item(number, 1) };
    let archived = Item { status: Status::Archived, ..uses(3, 2) };
    let elsewhere = Item { project_id: project_id(2), ..uses(4, 3) };
    let store = MemoryStore::default()
        .with_projects([project(1), Project { state: ProjectState::Archived, ..project(2) }])
        .with_items([uses(1, 1), uses(2, 1), archived, elsewhere]);

    let in_use = store.items().list_products_in_use().await.unwrap();

    assert_eq!(in_use.len(), 1);
    assert_eq!(in_use[0].product_id, crate::testing::application(1).product_id);
}
