//! Members of a project.

use guildhall_core::{PageRequest, UserId};
use guildhall_identity::User;
use guildhall_kernel::{AddProjectMember, KernelError, NamedPerson, Request, Standing};
use guildhall_orchestration::{ItemPatch, OrchestrationError, ProjectRole};
use guildhall_tenancy::WorkspaceRole;

use super::{Team, is_orchestration, refusal};
use crate::support::parsed;

async fn listed(team: &Team, ask: &Request) -> Vec<(UserId, ProjectRole)> {
    let page = PageRequest::default();
    let members = team.world.kernel.list_project_members(ask, team.project, &page).await.unwrap();
    let ids = members.items.into_iter().filter_map(|shown| match shown.standing {
        Standing::Member(user) => Some((user.id, shown.role)),
        Standing::Invited { .. } => None,
    });
    ids.collect()
}

async fn give(team: &Team, ask: &Request, user: &User, role: ProjectRole) -> Result<(), KernelError> {
    team.world.kernel.update_project_member(ask, team.project, user.id, role).await.map(drop)
}

#[tokio::test]
async fn whoever_is_added_reads_with_the_next_request() {
    let team = Team::new().await;
    let before = refusal(team.world.kernel.find_project(&team.stranger(), team.project).await);

    team.add(&team.stranger, ProjectRole::Viewer).await.unwrap();

    let found = team.world.kernel.find_project(&team.stranger(), team.project).await.unwrap();
    assert_eq!((before.as_str(), found.role), ("not found", Some(ProjectRole::Viewer)));
    assert_eq!(team.newest().await.kind, "project_member.added");
    assert!(listed(&team, &team.viewer()).await.contains(&(team.stranger.id, ProjectRole::Viewer)));
}

#[tokio::test]
async fn nobody_is_added_twice() {
    let team = Team::new().await;
    let before = team.mark().await;

    let refused = team.add(&team.viewer, ProjectRole::Owner).await;

    assert!(is_orchestration(refused, &OrchestrationError::AlreadyMember));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_removed_member_leaves_his_work_and_sees_the_project_no_more() {
    let team = Team::new().await;
    let (kernel, owner, gone) = (&team.world.kernel, team.owner(), team.world.external.id);
    let patch = ItemPatch { assignees: Some(vec![gone]), ..ItemPatch::default() };
    kernel.update_item(&owner, team.project, team.item, patch).await.unwrap();

    kernel.remove_project_member(&owner, team.project, gone).await.unwrap();

    let item = kernel.find_item(&owner, team.project, team.item).await.unwrap().item;
    assert!(item.item.assignees.is_empty());
    assert_eq!(refusal(kernel.find_project(&team.contributor(), team.project).await), "not found");
    let newest = team.newest().await;
    let unassigned = newest.changes.iter().find(|change| change.field == "unassigned_items").unwrap();
    assert_eq!(unassigned.before, Some(format!("[\"{}\"]", team.item)));
}

#[tokio::test]
async fn a_project_keeps_an_owner() {
    let team = Team::new().await;
    let (owner, himself) = (team.owner(), team.world.internal.clone());
    let before = team.mark().await;

    let demoted = give(&team, &owner, &himself, ProjectRole::Viewer).await;
    let removed = team.world.kernel.remove_project_member(&owner, team.project, himself.id).await;

    assert!(is_orchestration(demoted, &OrchestrationError::LastOwner));
    assert!(is_orchestration(removed, &OrchestrationError::LastOwner));
    assert_eq!(team.mark().await, before);
    give(&team, &owner, &team.viewer, ProjectRole::Owner).await.unwrap();
    team.world.kernel.remove_project_member(&owner, team.project, himself.id).await.unwrap();
}

#[tokio::test]
async fn somebody_from_outside_becomes_an_owner_by_a_workspace_admin_alone() {
    let team = Team::new().await;
    let external = team.world.external.clone();

    let by_owner = refusal(give(&team, &team.owner(), &external, ProjectRole::Owner).await);
    let by_admin = refusal(give(&team, &team.admin(), &external, ProjectRole::Owner).await);
    let kept = refusal(give(&team, &team.owner(), &external, ProjectRole::Owner).await);

    assert_eq!([by_owner, by_admin, kept], ["MEMBER_MANAGE", "done", "done"]);
}

#[tokio::test]
async fn an_owner_from_outside_adds_only_whom_he_shares_a_project_with() {
    let team = Team::new().await;
    let other = team.world.add_member("other@first.test", WorkspaceRole::External).await;
    let external = team.world.external.clone();
    give(&team, &team.admin(), &external, ProjectRole::Owner).await.unwrap();
    let add = async |named| {
        let command = AddProjectMember { named, role: ProjectRole::Viewer, meta_roles: Vec::new() };
        refusal(team.world.kernel.add_project_member(&team.contributor(), team.project, command).await)
    };
    let before = team.mark().await;

    let unseen = add(NamedPerson::User(other.id)).await;
    let nobody = add(NamedPerson::User(UserId::new(team.project.uuid()))).await;
    let unseen_address = add(NamedPerson::Email(other.email.clone())).await;
    let no_address = add(NamedPerson::Email(parsed("nobody@first.test"))).await;

    assert_eq!([unseen, nobody], ["unknown_member", "unknown_member"]);
    assert_eq!([unseen_address, no_address], ["MEMBER_INVITE", "MEMBER_INVITE"]);
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn members_come_in_pages() {
    let team = Team::new().await;
    let all = listed(&team, &team.viewer()).await;
    let mut paged = Vec::new();
    let mut after = None;

    loop {
        let page = PageRequest { limit: 1, after };
        let page = team.world.kernel.list_project_members(&team.viewer(), team.project, &page).await.unwrap();
        paged.extend(page.items.iter().map(|shown| shown.role));
        after = page.next;
        if after.is_none() {
            break;
        }
    }

    assert_eq!(paged, all.iter().map(|(_, role)| *role).collect::<Vec<_>>());
    assert_eq!(paged.len(), 3);
}
