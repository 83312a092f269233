//! Addresses that are invited to a project.

use guildhall_core::PageRequest;
use guildhall_kernel::{
    AcceptInvitation, AddProjectMember, AddedToProject, KernelError, NamedPerson, Request, Standing,
};
use guildhall_orchestration::ProjectRole;

use super::{Team, refusal};
use crate::support::parsed;

async fn invite(team: &Team, ask: &Request, role: ProjectRole) -> Result<AddedToProject, KernelError> {
    let named = NamedPerson::Email(parsed("guest@elsewhere.test"));
    let command = AddProjectMember { named, role, meta_roles: Vec::new() };
    team.world.kernel.add_project_member(ask, team.project, command).await
}

async fn invited(team: &Team, ask: &Request) -> Vec<ProjectRole> {
    let page = PageRequest::default();
    let members = team.world.kernel.list_project_members(ask, team.project, &page).await.unwrap().items;
    let waiting = members.iter().filter(|shown| matches!(shown.standing, Standing::Invited { .. }));
    waiting.map(|shown| shown.role).collect()
}

#[tokio::test]
async fn an_address_that_is_no_members_is_invited_and_joins_when_it_accepts() {
    let team = Team::new().await;

    let added = invite(&team, &team.owner(), ProjectRole::Contributor).await.unwrap();
    let before = invited(&team, &team.owner()).await;
    let link = added.accept_url.unwrap();
    let token = link.rsplit_once('=').unwrap().1.to_owned();
    let taking = AcceptInvitation {
        token,
        password: Some(parsed("a password for tests")),
        firstname: Some(parsed("Test")),
        lastname: Some(parsed("Guest")),
        workspace: Some(team.world.workspace.id),
        caller: None,
        request_id: team.owner().id,
    };
    let joined = team.world.kernel.accept_invitation(taking).await.unwrap();

    assert_eq!(before, [ProjectRole::Contributor]);
    let member =
        team.world.kernel.find_project_member(&team.owner(), team.project, joined.user_id).await.unwrap();
    assert_eq!(member.role, ProjectRole::Contributor);
    assert!(invited(&team, &team.owner()).await.is_empty());
}

#[tokio::test]
async fn who_is_invited_is_shown_to_those_who_see_the_directory() {
    let team = Team::new().await;
    invite(&team, &team.owner(), ProjectRole::Viewer).await.unwrap();

    let to_colleagues = invited(&team, &team.viewer()).await;
    let to_outsiders = invited(&team, &team.contributor()).await;

    assert_eq!((to_colleagues.len(), to_outsiders.len()), (1, 0));
    assert_ne!(team.newest().await.kind, "invitation.created");
}

#[tokio::test]
async fn nobody_is_invited_to_own_a_project_but_by_a_workspace_admin() {
    let team = Team::new().await;
    let before = team.mark().await;

    let by_owner = refusal(invite(&team, &team.owner(), ProjectRole::Owner).await);

    assert_eq!(by_owner, "MEMBER_MANAGE");
    assert_eq!(team.mark().await, before);
    assert_eq!(refusal(invite(&team, &team.admin(), ProjectRole::Owner).await), "done");
}

#[tokio::test]
async fn nobody_is_invited_to_an_archived_project() {
    let team = Team::new().await;
    team.archive().await;
    let before = team.mark().await;

    let refused = refusal(invite(&team, &team.owner(), ProjectRole::Viewer).await);

    assert_eq!(refused, "the project is archived");
    assert_eq!(team.mark().await, before);
}
