//! Who may do what on a board, act by act.

use guildhall_core::UserId;
use guildhall_kernel::{AddProjectMember, CanvasQuery, NamedPerson, Request};
use guildhall_orchestration::{
    ItemPatch, MoveItem, MoveTask, PhasePatch, Place, ProjectPatch, ProjectRole, Status, TaskPatch,
};

use super::{Team, activity, item, phase, refusal, task};
use crate::support::parsed;

/// Every act on a board, as the one who asks is answered: its name and the refusal's word.
async fn answers(team: &Team, ask: &Request) -> Vec<(&'static str, String)> {
    let kernel = &team.world.kernel;
    let (project, id, thing, piece) = (team.project, team.phase, team.item, team.task);
    let member = AddProjectMember {
        named: NamedPerson::User(team.stranger.id),
        role: ProjectRole::Viewer,
        meta_roles: Vec::new(),
    };
    let named = ProjectPatch { name: Some(parsed("Name")), ..ProjectPatch::default() };
    let unlinked = ProjectPatch { node_id: Some(None), ..ProjectPatch::default() };
    let assigned = PhasePatch { assignees: Some(Vec::new()), ..PhasePatch::default() };
    let begun = ItemPatch { status: Some(Status::InProgress), ..ItemPatch::default() };
    let to_phase = MoveItem { phase_id: id, place: Place::End };
    let to_item = MoveTask { item_id: thing, place: Place::End };
    let owner = team.world.internal.id;
    vec![
        ("read canvas", refusal(kernel.read_canvas(ask, project, &CanvasQuery::Everything).await)),
        ("change project", refusal(kernel.update_project(ask, project, named).await)),
        ("link project", refusal(kernel.update_project(ask, project, unlinked).await)),
        ("add member", refusal(kernel.add_project_member(ask, project, member).await)),
        (
            "change member",
            refusal(kernel.update_project_member(ask, project, owner, ProjectRole::Owner).await),
        ),
        ("remove member", refusal(kernel.remove_project_member(ask, project, team.stranger.id).await)),
        ("add phase", refusal(kernel.create_phase(ask, project, phase("Phase")).await)),
        ("change phase", refusal(kernel.update_phase(ask, project, id, assigned).await)),
        ("move phase", refusal(kernel.move_phase(ask, project, id, Place::End).await)),
        ("add item", refusal(kernel.add_item(ask, project, item(id, activity("Item"))).await)),
        ("change item", refusal(kernel.update_item(ask, project, thing, begun).await)),
        ("move item", refusal(kernel.move_item(ask, project, thing, to_phase).await)),
        ("archive item", refusal(kernel.archive_item(ask, project, thing).await)),
        ("restore item", refusal(kernel.restore_item(ask, project, thing).await)),
        ("add task", refusal(kernel.create_task(ask, project, task(thing, "Task")).await)),
        ("change task", refusal(kernel.update_task(ask, project, piece, TaskPatch::default()).await)),
        ("move task", refusal(kernel.move_task(ask, project, piece, to_item).await)),
        ("archive task", refusal(kernel.archive_task(ask, project, piece).await)),
        ("restore task", refusal(kernel.restore_task(ask, project, piece).await)),
        ("delete task", refusal(kernel.delete_task(ask, project, piece).await)),
        ("delete item", refusal(kernel.delete_item(ask, project, thing).await)),
        ("archive project", refusal(kernel.archive_project(ask, project).await)),
        ("restore project", refusal(kernel.restore_project(ask, project).await)),
    ]
}

/// The code that each act asks for, in the same order.
const CODES: [&str; 23] = [
    "PROJECT_READ",
    "PROJECT_EDIT",
    "PROJECT_LINK",
    "PROJECT_MEMBERS",
    "PROJECT_MEMBERS",
    "PROJECT_MEMBERS",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "ITEM_EDIT",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "TASK_EDIT",
    "TASK_EDIT",
    "TASK_EDIT",
    "TASK_EDIT",
    "TASK_EDIT",
    "WORKFLOW_EDIT",
    "WORKFLOW_EDIT",
    "PROJECT_ARCHIVE",
    "PROJECT_ARCHIVE",
];

/// Compares the answers with what somebody gets who holds exactly these codes.
fn assert_holds(answers: &[(&'static str, String)], held: &[&str]) {
    for ((act, answer), code) in answers.iter().zip(CODES) {
        let expected = if held.contains(&code) { "done" } else { code };
        assert_eq!(answer, expected, "{act}");
    }
}

#[tokio::test]
async fn an_owner_and_a_workspace_admin_may_do_everything() {
    for of in [Team::owner, Team::admin] {
        let team = Team::new().await;

        let answers = answers(&team, &of(&team)).await;

        assert_holds(&answers, &CODES);
    }
}

#[tokio::test]
async fn a_contributor_works_on_items_and_tasks() {
    let team = Team::new().await;

    let answers = answers(&team, &team.contributor()).await;

    assert_holds(&answers, &["PROJECT_READ", "ITEM_EDIT", "TASK_EDIT"]);
}

#[tokio::test]
async fn a_viewer_reads() {
    let team = Team::new().await;
    let before = team.mark().await;

    let answers = answers(&team, &team.viewer()).await;

    assert_holds(&answers, &["PROJECT_READ"]);
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn to_anybody_else_the_project_is_not_there() {
    let team = Team::new().await;
    let before = team.mark().await;

    for ask in [team.stranger(), team.world.ask(&team.world.platform_admin)] {
        for (act, answer) in answers(&team, &ask).await {
            assert_eq!(answer, "not found", "{act}");
        }
    }

    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_contributor_takes_and_drops_items_himself_and_assigns_nobody_else() {
    let team = Team::new().await;
    let (himself, other) = (team.world.external.id, team.viewer.id);
    let assign = async |ask: Request, users: Vec<UserId>| {
        let patch = ItemPatch { assignees: Some(users), ..ItemPatch::default() };
        refusal(team.world.kernel.update_item(&ask, team.project, team.item, patch).await)
    };

    let taken = assign(team.contributor(), vec![himself]).await;
    let given = assign(team.contributor(), vec![himself, other]).await;
    let by_owner = assign(team.owner(), vec![himself, other]).await;
    let dropped = assign(team.contributor(), vec![other]).await;
    let emptied = assign(team.contributor(), Vec::new()).await;

    assert_eq!(
        [taken, given, by_owner, dropped, emptied],
        ["done", "WORKFLOW_ASSIGN", "done", "done", "WORKFLOW_ASSIGN"]
    );
}

#[tokio::test]
async fn a_contributor_assigns_anybody_to_tasks() {
    let team = Team::new().await;
    let patch = TaskPatch { assignees: Some(vec![team.viewer.id]), ..TaskPatch::default() };

    let shown = team.world.kernel.update_task(&team.contributor(), team.project, team.task, patch).await;

    let shown = shown.unwrap();
    assert_eq!(shown.task.assignees, [team.viewer.id]);
    assert_eq!(shown.mentioned.people[&team.viewer.id].email, team.viewer.email);
}

#[tokio::test]
async fn whoever_may_not_change_a_card_is_told_so_whatever_version_he_has_seen() {
    let team = Team::new().await;
    let stale = |ask: Request| Request { if_match: team.owner_with_stale_tag().if_match, ..ask };
    let change = async |ask: Request| {
        let patch = ItemPatch { status: Some(Status::InProgress), ..ItemPatch::default() };
        team.world.kernel.update_item(&ask, team.project, team.item, patch).await
    };

    let stranger = change(stale(team.stranger())).await;
    let viewer = change(stale(team.viewer())).await;
    let owner = change(stale(team.owner())).await;

    assert_eq!((refusal(stranger), refusal(viewer)), ("not found".to_owned(), "ITEM_EDIT".to_owned()));
    assert!(super::is_stale(&owner), "{owner:?}");
}
