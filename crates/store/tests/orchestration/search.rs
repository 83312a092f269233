use guildhall_core::{NodeId, ProjectId};
use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    Project, ProjectFilter, ProjectState,
    testing::{project, project_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{page, parsed};

async fn found(unit: &dyn UnitOfWork, filter: ProjectFilter) -> Vec<ProjectId> {
    let page = unit.projects().list(&filter, &page(50, None)).await.unwrap();
    page.items.into_iter().map(|project| project.id).collect()
}

fn containing(q: &str) -> ProjectFilter {
    ProjectFilter { q: Some(parsed(q)), ..ProjectFilter::default() }
}

#[rstest]
#[tokio::test]
async fn pages_follow_each_other_by_id_and_the_last_names_no_next(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    for number in [3, 1, 5, 2, 4] {
        unit.projects().insert(&project(number)).await.unwrap();
    }
    let all = ProjectFilter::default();

    let first = unit.projects().list(&all, &page(2, None)).await.unwrap();
    let second = unit.projects().list(&all, &page(2, first.next.clone())).await.unwrap();
    let third = unit.projects().list(&all, &page(2, second.next.clone())).await.unwrap();

    assert_eq!(first.items, [project(1), project(2)]);
    assert_eq!(second.items, [project(3), project(4)]);
    assert_eq!(third.items, [project(5)]);
    assert_eq!((second.next, third.next), (Some(project_id(4).to_string()), None));
}

#[rstest]
#[tokio::test]
async fn a_full_last_page_names_no_next(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    let only = unit.projects().list(&ProjectFilter::default(), &page(1, None)).await.unwrap();

    assert_eq!((only.items.len(), only.next), (1, None));
}

#[rstest]
#[tokio::test]
async fn a_name_is_found_by_any_part_of_it_in_either_case(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let names = ["Spring Campaign", "spring cleaning", "Überblick", "überblick"];
    for (number, name) in (1..).zip(names) {
        unit.projects().insert(&Project { name: parsed(name), ..project(number) }).await.unwrap();
    }

    assert_eq!(found(&*unit, containing("PRING C")).await, [project_id(1), project_id(2)]);
    assert_eq!(found(&*unit, containing("Ü")).await, [project_id(3)]);
    assert_eq!(found(&*unit, containing("BERBLICK")).await, [project_id(3), project_id(4)]);
    assert!(found(&*unit, containing("autumn")).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_renamed_project_is_found_by_its_new_name(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;

    unit.projects().update(&Project { name: parsed("Harvest"), ..project(1) }).await.unwrap();

    assert_eq!(found(&*unit, containing("HARV")).await, [project_id(1)]);
    assert!(found(&*unit, containing("Project")).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn what_a_database_reads_as_a_wildcard_is_searched_for_as_it_is(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let names =
        ["100% done", "100 done", "a_b", "axb", r"back\slash", r"back\%", r"'; drop table project; --"];
    for (number, name) in (1..).zip(names) {
        unit.projects().insert(&Project { name: parsed(name), ..project(number) }).await.unwrap();
    }

    assert_eq!(found(&*unit, containing("0%")).await, [project_id(1)]);
    assert_eq!(found(&*unit, containing("_")).await, [project_id(3)]);
    assert_eq!(found(&*unit, containing(r"\")).await, [project_id(5), project_id(6)]);
    assert_eq!(found(&*unit, containing(r"\%")).await, [project_id(6)]);
    assert_eq!(found(&*unit, containing("'; drop")).await, [project_id(7)]);
}

#[rstest]
#[tokio::test]
async fn each_filter_narrows_what_is_listed(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let linked = Project { node_id: Some(world.node), ..project(1) };
    let archived = Project { state: ProjectState::Archived, ..linked.clone() };
    let archived = Project { id: project_id(2), account_id: project(2).account_id, ..archived };
    for project in [linked, archived, project(3)] {
        unit.projects().insert(&project).await.unwrap();
    }
    let nodes = |ids: &[NodeId]| ProjectFilter { node_ids: Some(ids.to_vec()), ..ProjectFilter::default() };
    let ids = |ids: &[ProjectId]| ProjectFilter { ids: Some(ids.to_vec()), ..ProjectFilter::default() };
    let state = |state| ProjectFilter { state: Some(state), ..ProjectFilter::default() };

    assert_eq!(found(&*unit, nodes(&[world.node])).await, [project_id(1), project_id(2)]);
    assert!(found(&*unit, nodes(&[])).await.is_empty());
    assert_eq!(found(&*unit, ids(&[project_id(3), project_id(2)])).await, [project_id(2), project_id(3)]);
    assert!(found(&*unit, ids(&[])).await.is_empty());
    assert_eq!(found(&*unit, state(ProjectState::Active)).await, [project_id(1), project_id(3)]);
    let both = ProjectFilter { state: Some(ProjectState::Archived), ..nodes(&[world.node]) };
    assert_eq!(found(&*unit, both).await, [project_id(2)]);
}
