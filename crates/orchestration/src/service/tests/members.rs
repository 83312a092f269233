use rstest::rstest;

use super::Fixture;
use crate::{
    AddMember, Item, OrchestrationError, OrchestrationStore, Phase, ProjectMember, ProjectRole, Task, Thing,
    testing::{
        MemoryStore, item, item_id, member, phase, phase_id, project, project_id, task, task_id, user_id,
    },
};

#[tokio::test]
async fn a_member_is_added_once() {
    let fixture = Fixture::with_project();
    let command = AddMember { user_id: user_id(4), role: ProjectRole::Viewer };

    let added = fixture.orchestration().add_member(&fixture.project().await, command).await.unwrap();
    let again = fixture.orchestration().add_member(&fixture.project().await, command).await.unwrap_err();

    assert_eq!((added.user_id, added.role), (user_id(4), ProjectRole::Viewer));
    assert_eq!(again, OrchestrationError::AlreadyMember);
}

#[tokio::test]
async fn the_last_owner_can_be_neither_removed_nor_demoted() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();

    let demoted =
        orchestration.change_member_role(&fixture.project().await, user_id(1), ProjectRole::Viewer).await;
    let removed = orchestration.remove_member(&fixture.project().await, user_id(1)).await;

    assert_eq!(demoted, Err(OrchestrationError::LastOwner));
    assert_eq!(removed, Err(OrchestrationError::LastOwner));
}

#[tokio::test]
async fn an_owner_may_go_once_there_is_another() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();

    orchestration.change_member_role(&fixture.project().await, user_id(2), ProjectRole::Owner).await.unwrap();
    orchestration.remove_member(&fixture.project().await, user_id(1)).await.unwrap();

    let refused = orchestration.remove_member(&fixture.project().await, user_id(2)).await;
    assert_eq!(refused, Err(OrchestrationError::LastOwner));
}

#[tokio::test]
async fn the_last_owner_may_be_made_owner_again() {
    let fixture = Fixture::with_project();

    let same = fixture
        .orchestration()
        .change_member_role(&fixture.project().await, user_id(1), ProjectRole::Owner)
        .await
        .unwrap();

    assert_eq!(same, member(1, ProjectRole::Owner));
}

#[tokio::test]
async fn a_removed_member_is_unassigned_everywhere_in_the_project() {
    let both = vec![user_id(1), user_id(2)];
    let elsewhere = Item { project_id: project_id(2), ..item(2, 2) };
    let store = MemoryStore::default()
        .with_projects([project(1)])
        .with_members([member(1, ProjectRole::Owner), member(2, ProjectRole::Contributor)])
        .with_phases([Phase { assignees: both.clone(), ..phase(1) }])
        .with_items([
            Item { assignees: both.clone(), ..item(1, 1) },
            Item { assignees: both.clone(), ..elsewhere },
        ])
        .with_tasks([Task { assignees: both.clone(), ..task(1, 1) }, task(2, 1)]);
    let fixture = Fixture::new(store);

    let removed = fixture.orchestration().remove_member(&fixture.project().await, user_id(2)).await.unwrap();

    let board = fixture.board().await;
    let item_on_board = board.item(item_id(1)).unwrap();
    assert_eq!(removed.member, member(2, ProjectRole::Contributor));
    assert_eq!(
        (removed.phases, removed.items, removed.tasks),
        (vec![phase_id(1)], vec![item_id(1)], vec![task_id(1)])
    );
    assert_eq!(board.phases[0].phase.assignees, [user_id(1)]);
    assert_eq!(item_on_board.item.assignees, [user_id(1)]);
    assert_eq!(item_on_board.tasks[0].assignees, [user_id(1)]);
    assert_eq!(fixture.store.items().find(item_id(2)).await.unwrap().unwrap().assignees, both);
}

#[tokio::test]
async fn who_is_no_member_can_be_neither_changed_nor_removed() {
    let fixture = Fixture::with_project();
    let orchestration = fixture.orchestration();

    let changed =
        orchestration.change_member_role(&fixture.project().await, user_id(9), ProjectRole::Owner).await;
    let removed = orchestration.remove_member(&fixture.project().await, user_id(9)).await;

    assert_eq!(changed, Err(OrchestrationError::NotFound(Thing::Member)));
    assert_eq!(removed, Err(OrchestrationError::NotFound(Thing::Member)));
}

#[tokio::test]
async fn the_members_of_an_archived_project_stay_as_they_are() {
    let fixture = Fixture::with_archived_project();
    let orchestration = fixture.orchestration();
    let command = AddMember { user_id: user_id(4), role: ProjectRole::Viewer };

    let added = orchestration.add_member(&fixture.project().await, command).await;
    let changed =
        orchestration.change_member_role(&fixture.project().await, user_id(2), ProjectRole::Viewer).await;
    let removed = orchestration.remove_member(&fixture.project().await, user_id(2)).await;

    assert_eq!(added, Err(OrchestrationError::ProjectArchived));
    assert_eq!(changed, Err(OrchestrationError::ProjectArchived));
    assert_eq!(removed, Err(OrchestrationError::ProjectArchived));
}

#[rstest]
#[case::to_a_member(2)]
#[case::to_somebody_new(8)]
#[tokio::test]
async fn a_project_that_a_leaving_user_alone_owned_passes_to_the_heir(#[case] heir: u32) {
    let fixture = Fixture::with_archived_project();

    let withdrawals = fixture.orchestration().withdraw(user_id(1), user_id(heir)).await.unwrap();

    let stored = fixture.store.project_members().find(project_id(1), user_id(heir)).await.unwrap();
    assert_eq!(stored.as_ref().map(|member| member.role), Some(ProjectRole::Owner));
    assert_eq!(withdrawals[0].heir, stored);
    assert_eq!(fixture.store.project_members().find(project_id(1), user_id(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_leaving_user_leaves_every_project_and_each_board_moves_on() {
    let in_second = ProjectMember { project_id: project_id(2), ..member(2, ProjectRole::Viewer) };
    let store = MemoryStore::default().with_projects([project(1), project(2), project(3)]).with_members([
        member(1, ProjectRole::Owner),
        member(2, ProjectRole::Owner),
        in_second,
    ]);
    let fixture = Fixture::new(store);

    let withdrawals = fixture.orchestration().withdraw(user_id(2), user_id(8)).await.unwrap();

    let left: Vec<_> = withdrawals.iter().map(|w| (w.removed.member.project_id, w.heir.is_some())).collect();
    assert_eq!(left, [(project_id(1), false), (project_id(2), false)]);
    assert!(fixture.store.project_members().list_by_user(user_id(2)).await.unwrap().is_empty());
    for (number, moved_on) in [(1, true), (2, true), (3, false)] {
        let stored = fixture.store.projects().find(project_id(number)).await.unwrap().unwrap();
        assert_eq!(stored.board_version > project(number).board_version, moved_on);
    }
}

#[tokio::test]
async fn nobody_inherits_from_himself() {
    let fixture = Fixture::with_project();

    let refused = fixture.orchestration().withdraw(user_id(1), user_id(1)).await.unwrap_err();

    assert_eq!(refused, OrchestrationError::LastOwner);
}
