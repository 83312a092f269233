//! Projects themselves.

use guildhall_core::{Level, NodeId};
use guildhall_kernel::KernelError;
use guildhall_orchestration::{ProjectPatch, ProjectState};
use guildhall_tenancy::TenancyError;

use super::{Team, node, project, refusal};
use crate::support::parsed;

fn link(node_id: Option<NodeId>) -> ProjectPatch {
    ProjectPatch { node_id: Some(node_id), ..ProjectPatch::default() }
}

#[tokio::test]
async fn a_change_is_answered_and_recorded() {
    let team = Team::new().await;
    let patch = ProjectPatch {
        name: Some(parsed("Launch again")),
        description: Some(Some(parsed("Once more."))),
        ..ProjectPatch::default()
    };
    let before = team.world.kernel.find_project(&team.owner(), team.project).await.unwrap().project;

    let shown = team.world.kernel.update_project(&team.owner(), team.project, patch).await.unwrap();

    assert_eq!(shown.project.name.as_str(), "Launch again");
    assert_eq!(shown.project.version, before.version.next());
    assert_eq!(shown.project.board_version, before.board_version);
    let newest = team.newest().await;
    let fields: Vec<&str> = newest.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!((newest.kind.as_str(), fields), ("project.changed", vec!["description", "name", "version"]));
}

#[tokio::test]
async fn an_archived_project_comes_back() {
    let team = Team::new().await;
    let (kernel, owner) = (&team.world.kernel, team.owner());

    let archived = kernel.archive_project(&owner, team.project).await.unwrap().into_inner();
    let kind_of_archiving = team.newest().await.kind;
    let restored = kernel.restore_project(&owner, team.project).await.unwrap().into_inner();

    assert_eq!(
        (archived.project.state, restored.project.state),
        (ProjectState::Archived, ProjectState::Active)
    );
    assert_eq!(
        (kind_of_archiving.as_str(), team.newest().await.kind.as_str()),
        ("project.archived", "project.restored")
    );
}

#[tokio::test]
async fn a_project_goes_only_where_its_mover_could_have_made_it() {
    let team = Team::new().await;
    let client = node(&team.world, None, Level::Client).await;
    let before = team.mark().await;

    let unseen =
        refusal(team.world.kernel.update_project(&team.owner(), team.project, link(Some(client))).await);

    assert_eq!(unseen, "not found");
    assert_eq!(team.mark().await, before);
    let moved =
        team.world.kernel.update_project(&team.admin(), team.project, link(Some(client))).await.unwrap();
    assert_eq!(moved.project.node_id, Some(client));
}

#[tokio::test]
async fn nothing_is_linked_to_an_archived_node() {
    let team = Team::new().await;
    let (kernel, admin) = (&team.world.kernel, team.admin());
    let client = node(&team.world, None, Level::Client).await;
    kernel.archive_node(&admin, client).await.unwrap();
    let before = team.mark().await;

    let moved = kernel.update_project(&admin, team.project, link(Some(client))).await.map(drop);
    let made = kernel.create_project(&admin, project("New", Some(client))).await.map(drop);

    for refused in [moved, made] {
        assert!(
            matches!(refused, Err(KernelError::Tenancy(TenancyError::NodeArchived { id })) if id == client)
        );
    }
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_project_stays_away_while_its_node_does() {
    let team = Team::new().await;
    let (kernel, admin) = (&team.world.kernel, team.admin());
    let client = node(&team.world, None, Level::Client).await;
    kernel.update_project(&admin, team.project, link(Some(client))).await.unwrap();
    team.archive().await;
    kernel.archive_node(&admin, client).await.unwrap();
    let before = team.mark().await;

    let refused = kernel.restore_project(&admin, team.project).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::NodeArchived { .. }))));
    assert_eq!(team.mark().await, before);
}
