//! Handing a project over.

use guildhall_core::UserId;
use guildhall_kernel::{KernelError, Request};
use guildhall_orchestration::{OrchestrationError, ProjectRole};

use super::{Team, is_orchestration, refusal};

async fn roles(team: &Team) -> Vec<(UserId, ProjectRole)> {
    let unit = team.world.unit().await;
    let members = unit.project_members().list_by_project(team.project).await.unwrap();
    let mut roles: Vec<_> = members.into_iter().map(|member| (member.user_id, member.role)).collect();
    roles.sort_unstable();
    roles
}

fn sorted<const N: usize>(mut roles: [(UserId, ProjectRole); N]) -> [(UserId, ProjectRole); N] {
    roles.sort_unstable();
    roles
}

async fn hand_over(team: &Team, ask: &Request, to: UserId) -> Result<(), KernelError> {
    team.world.kernel.transfer_project(ask, team.project, to).await.map(drop)
}

#[tokio::test]
async fn the_owner_becomes_a_contributor_and_the_other_one_the_owner() {
    let team = Team::new().await;
    let (owner, contributor, viewer) = (team.world.internal.id, team.world.external.id, team.viewer.id);

    let shown = team.world.kernel.transfer_project(&team.owner(), team.project, viewer).await.unwrap();

    assert_eq!(shown.get().role, Some(ProjectRole::Contributor));
    let expected = [
        (owner, ProjectRole::Contributor),
        (contributor, ProjectRole::Contributor),
        (viewer, ProjectRole::Owner),
    ];
    assert_eq!(roles(&team).await, sorted(expected));
    let newest = team.newest().await;
    assert_eq!((newest.kind.as_str(), newest.subject.id), ("project.transferred", team.project.uuid()));
    assert_eq!(newest.changes[0].after, Some(format!("\"{viewer}\"")));
    assert_eq!(refusal(hand_over(&team, &team.owner(), owner).await), "PROJECT_MEMBERS");
}

#[tokio::test]
async fn a_workspace_admin_makes_another_owner_beside_those_who_are() {
    let team = Team::new().await;

    hand_over(&team, &team.admin(), team.viewer.id).await.unwrap();

    let owners = roles(&team).await.into_iter().filter(|(_, role)| *role == ProjectRole::Owner).count();
    assert_eq!(owners, 2);
}

#[tokio::test]
async fn a_project_goes_to_one_of_its_members_and_never_to_somebody_from_outside_by_its_owner() {
    let team = Team::new().await;
    let before = team.mark().await;

    let to_stranger = hand_over(&team, &team.owner(), team.stranger.id).await;
    let to_external = hand_over(&team, &team.owner(), team.world.external.id).await;
    let by_contributor = hand_over(&team, &team.contributor(), team.viewer.id).await;
    let by_stranger = hand_over(&team, &team.stranger(), team.viewer.id).await;

    assert!(is_orchestration(
        to_stranger,
        &OrchestrationError::NotAMember { user_ids: vec![team.stranger.id] }
    ));
    assert_eq!(refusal(to_external), "MEMBER_MANAGE");
    assert_eq!(refusal(by_contributor), "PROJECT_MEMBERS");
    assert_eq!(refusal(by_stranger), "not found");
    assert_eq!(team.mark().await, before);
    assert!(hand_over(&team, &team.admin(), team.world.external.id).await.is_ok());
}
