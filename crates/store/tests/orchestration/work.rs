//! What somebody has to do, and his projects.

use guildhall_kernel::UnitOfWork;
use guildhall_orchestration::{
    Item, Phase, Progress, Project, ProjectFilter, ProjectMember, ProjectOrder, ProjectRole, ProjectState,
    Status, Task, WorkSubject,
    testing::{date, item, item_id, member, phase, phase_id, project, project_id, task, task_id, user_id},
};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{page, parsed};

fn mine(number: u32, phase: u32, due: Option<u64>) -> Item {
    Item { assignees: vec![user_id(2)], due_date: due.map(date), ..item(number, phase) }
}

fn my_task(number: u32, item: u32, due: Option<u64>) -> Task {
    Task { assignees: vec![user_id(1), user_id(2)], due_date: due.map(date), ..task(number, item) }
}

async fn add_items(unit: &dyn UnitOfWork, items: &[Item]) {
    unit.items().insert_all(items).await.unwrap();
}

/// Page by page, what user 2 has to do.
async fn work(unit: &dyn UnitOfWork, limit: usize) -> Vec<WorkSubject> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let part = unit.items().list_assigned(user_id(2), &page(limit, after)).await.unwrap();
        found.extend(part.items.into_iter().map(|work| work.subject));
        after = part.next;
        if after.is_none() {
            return found;
        }
    }
}

#[rstest]
#[tokio::test]
async fn what_is_due_first_comes_first_and_what_is_never_due_last(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    add_items(&*unit, &[mine(1, 1, Some(5)), mine(2, 1, None), mine(3, 1, Some(1)), item(4, 1)]).await;
    let tasks = [my_task(1, 4, Some(3)), my_task(2, 4, None), my_task(3, 1, Some(5)), task(4, 1)];
    unit.tasks().insert_all(&tasks).await.unwrap();

    let of = |number: u32, item: u32| {
        let name = parsed(&format!("Item {item}"));
        WorkSubject::Task { id: task_id(number), item: (item_id(item), name) }
    };
    let item = |number: u32| WorkSubject::Item(item_id(number));
    let expected = [item(3), of(1, 4), item(1), of(3, 1), item(2), of(2, 4)];
    for limit in [1, 2, 3, 50] {
        assert_eq!(work(&*unit, limit).await, expected, "pages of {limit}");
    }
    let one = unit.items().list_assigned(user_id(2), &page(1, None)).await.unwrap().items.remove(0);
    assert_eq!((one.name.as_str(), one.status, one.due_date), ("Item 3", Status::ToDo, Some(date(1))));
    assert_eq!(one.project, (project_id(1), project(1).name));
    assert_eq!(one.phase, (phase_id(1), phase(1).name));
    assert!(one.is_overdue(date(2)) && !one.is_overdue(date(1)));
}

#[rstest]
#[tokio::test]
async fn nothing_is_to_do_that_is_done_put_away_or_in_an_archived_project(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    let archived = Project { state: ProjectState::Archived, ..project(2) };
    unit.projects().insert(&archived).await.unwrap();
    let there = ProjectMember { project_id: project_id(2), ..member(2, ProjectRole::Owner) };
    unit.project_members().insert(&there).await.unwrap();
    unit.phases().insert(&Phase { project_id: project_id(2), ..phase(2) }).await.unwrap();
    let done = Item { status: Status::Completed, ..mine(1, 1, None) };
    let put_away = Item { status: Status::Archived, restored_status: Some(Status::ToDo), ..mine(2, 1, None) };
    let begun = Item { status: Status::InProgress, ..mine(3, 1, None) };
    let elsewhere = Item { project_id: project_id(2), ..mine(4, 2, None) };
    add_items(&*unit, &[done, put_away, begun, elsewhere]).await;
    let finished = Task { status: Status::Completed, ..my_task(1, 3, None) };
    let of_archived = my_task(2, 2, None);
    let of_done = my_task(3, 1, None);
    unit.tasks().insert_all(&[finished, of_archived, of_done]).await.unwrap();

    let found = work(&*unit, 50).await;

    let name = parsed("Item 1");
    let task = WorkSubject::Task { id: task_id(3), item: (item_id(1), name) };
    assert_eq!(found, [WorkSubject::Item(item_id(3)), task]);
}

#[rstest]
#[tokio::test]
async fn somebodys_projects_come_with_his_part_in_them(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    for (number, due) in [(1, None), (2, Some(9)), (3, Some(2)), (4, Some(1))] {
        let project = Project { due_date: due.map(date), ..project(number) };
        unit.projects().insert(&project).await.unwrap();
        let user = if number == 4 { 1 } else { 2 };
        let role = if number == 3 { ProjectRole::Viewer } else { ProjectRole::Owner };
        let member = ProjectMember { project_id: project.id, ..member(user, role) };
        unit.project_members().insert(&member).await.unwrap();
        unit.phases().insert(&Phase { project_id: project.id, ..phase(number) }).await.unwrap();
    }
    let later = Phase { project_id: project_id(2), ..phase(5) };
    unit.phases().insert(&later).await.unwrap();
    let of_two = |number, phase, status| {
        let restored_status = (status == Status::Archived).then_some(Status::ToDo);
        Item { project_id: project_id(2), status, restored_status, ..item(number, phase) }
    };
    let items =
        [of_two(1, 2, Status::Completed), of_two(2, 2, Status::Archived), of_two(3, 5, Status::InProgress)];
    add_items(&*unit, &items).await;
    let order: ProjectOrder = parsed("due_date");
    let filter = ProjectFilter { order, ..ProjectFilter::default() };

    let first = unit.projects().list_by_member(user_id(2), None, &filter, &page(2, None)).await.unwrap();
    let rest = unit.projects().list_by_member(user_id(2), None, &filter, &page(2, first.next)).await.unwrap();
    let viewed = unit
        .projects()
        .list_by_member(user_id(2), Some(ProjectRole::Viewer), &filter, &page(2, None))
        .await
        .unwrap();

    let ids: Vec<_> = first.items.iter().chain(&rest.items).map(|mine| mine.project.id).collect();
    assert_eq!((ids, rest.next), (vec![project_id(3), project_id(2), project_id(1)], None));
    let two = &first.items[1];
    assert_eq!(two.progress, Progress { done: 1, total: 2 });
    assert_eq!((two.role, two.current_phase), (ProjectRole::Owner, Some(phase_id(5))));
    assert_eq!((first.items[0].role, first.items[0].current_phase), (ProjectRole::Viewer, None));
    assert_eq!(viewed.items.len(), 1);
}

#[rstest]
#[tokio::test]
async fn nobody_sees_what_somebody_has_to_do_in_another_workspace(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::with_project(on).await;
    let unit = world.open().await;
    unit.phases().insert(&phase(1)).await.unwrap();
    let to_do = Item { assignees: vec![user_id(1)], ..item(1, 1) };
    add_items(&*unit, &[to_do]).await;
    unit.commit().await.unwrap();

    let there = world.write(guildhall_core::Scope::Workspace(world.there)).await;

    let page = page(50, None);
    assert!(there.items().list_assigned(user_id(1), &page).await.unwrap().items.is_empty());
    let filter = ProjectFilter::default();
    let mine = there.projects().list_by_member(user_id(1), None, &filter, &page).await.unwrap();
    assert!(mine.items.is_empty());
}
