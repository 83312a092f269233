//! Members: the directory, changes, and all that ends with a membership.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use guildhall_authz::Holder;
use guildhall_core::{Level, NodeId, PageRequest, ProjectId, RowVersion, UserId};
use guildhall_identity::{Session, User};
use guildhall_kernel::{ChangeMember, CreateProject, InviteMember, KernelError, NodeShown, Request, code};
use guildhall_orchestration::{Gating, ProjectMember, ProjectRole};
use guildhall_tenancy::{MemberState, NewNode, TenancyError, WorkspaceRole};

use crate::support::{World, parsed};

const EXTERNAL: ChangeMember =
    ChangeMember { role: Some(WorkspaceRole::External), state: None, node_ids: None };
const SUSPENDED: ChangeMember =
    ChangeMember { role: None, state: Some(MemberState::Suspended), node_ids: None };

fn assigned_to(nodes: Option<Vec<NodeId>>) -> ChangeMember {
    ChangeMember { node_ids: Some(nodes), ..ChangeMember::default() }
}

impl World {
    async fn change(&self, user: &User, command: ChangeMember) {
        self.kernel.update_member(&self.ask(&self.admin), user.id, command).await.unwrap();
    }

    async fn client(&self) -> NodeId {
        let node =
            NewNode { level: Level::Client, name: parsed("Client"), md_id: None, categories: Vec::new() };
        match self.kernel.create_node(&self.ask(&self.admin), None, node).await.unwrap().into_inner() {
            NodeShown::Whole { node, .. } => node.id,
            NodeShown::Outline { id, .. } => id,
        }
    }

    async fn project_of(&self, user: &User) -> ProjectId {
        let command = CreateProject {
            name: parsed("Project"),
            description: None,
            node_id: None,
            start_date: None,
            due_date: None,
            gating: Gating::Advisory,
        };
        self.kernel.create_project(&self.ask(user), command).await.unwrap().into_inner().project.id
    }

    async fn owners(&self, project: ProjectId) -> Vec<UserId> {
        let members = self.unit().await.project_members().list_by_project(project).await.unwrap();
        let owners = members.into_iter().filter(|member: &ProjectMember| member.role == ProjectRole::Owner);
        owners.map(|member| member.user_id).collect()
    }
}

#[tokio::test]
async fn the_directory_is_read_page_by_page() {
    let world = World::new().await;
    let ask = world.ask(&world.internal);

    let first = world.kernel.list_members(&ask, &PageRequest { limit: 2, after: None }).await.unwrap();
    let rest = world.kernel.list_members(&ask, &PageRequest { limit: 2, after: first.next }).await.unwrap();

    let listed: BTreeSet<_> = first.items.iter().chain(&rest.items).map(|shown| shown.user.id).collect();
    assert_eq!(listed, [world.admin.id, world.internal.id, world.external.id].into());
    assert_eq!(rest.next, None);
}

#[tokio::test]
async fn only_admins_change_and_remove_members() {
    let world = World::new().await;
    let (ask, before) = (world.ask(&world.internal), world.next_seq().await);

    let changed = world.kernel.update_member(&ask, world.external.id, SUSPENDED).await;
    let removed = world.kernel.remove_member(&ask, world.external.id, None).await;

    assert!(matches!(changed, Err(KernelError::Forbidden(code)) if code == code::MEMBER_MANAGE));
    assert!(matches!(removed, Err(KernelError::Forbidden(code)) if code == code::MEMBER_MANAGE));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn somebody_of_another_workspace_is_no_member_here() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let stranger = world.platform_admin.id;

    assert!(matches!(world.kernel.find_member(&ask, stranger).await, Err(KernelError::NotFound)));
    assert!(matches!(
        world.kernel.update_member(&ask, stranger, SUSPENDED).await,
        Err(KernelError::NotFound)
    ));
    assert!(matches!(world.kernel.remove_member(&ask, stranger, None).await, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn what_a_role_gave_goes_with_the_role() {
    let world = World::new().await;
    let client = world.client().await;
    world.change(&world.internal, assigned_to(None)).await;
    assert!(world.kernel.find_node(&world.ask(&world.internal), client).await.is_ok());

    world.change(&world.internal, EXTERNAL).await;

    let seen = world.kernel.find_node(&world.ask(&world.internal), client).await;
    assert!(matches!(seen, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn nodes_that_were_named_stay_with_the_member() {
    let world = World::new().await;
    let client = world.client().await;
    world.change(&world.internal, assigned_to(Some(vec![client]))).await;

    world.change(&world.internal, EXTERNAL).await;

    let shown = world.kernel.find_member(&world.ask(&world.admin), world.internal.id).await.unwrap();
    assert_eq!(shown.node_ids, Some(vec![client]));
    assert_eq!(shown.member.role, WorkspaceRole::External);
}

#[tokio::test]
async fn nobody_is_assigned_to_an_archived_node_or_to_none() {
    let world = World::new().await;
    let (ask, archived) = (world.ask(&world.admin), world.client().await);
    world.kernel.archive_node(&ask, archived).await.unwrap();
    let before = world.next_seq().await;

    for node in [archived, NodeId::new(world.other.id.uuid())] {
        let refused =
            world.kernel.update_member(&ask, world.external.id, assigned_to(Some(vec![node]))).await;
        let expected = TenancyError::NodesNotAssignable { ids: vec![node] };
        assert!(matches!(refused, Err(KernelError::Tenancy(error)) if error == expected));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_reader_is_told_of_the_nodes_that_he_sees() {
    let world = World::new().await;
    let (own, other) = (world.client().await, world.client().await);
    world.change(&world.internal, assigned_to(Some(vec![own]))).await;
    world.change(&world.external, assigned_to(Some(vec![own, other]))).await;

    let shown = world.kernel.find_member(&world.ask(&world.internal), world.external.id).await.unwrap();

    assert_eq!(shown.node_ids, Some(vec![own]));
}

#[tokio::test]
async fn the_last_admin_stays() {
    let world = World::new().await;
    let (ask, before) = (world.ask(&world.admin), world.next_seq().await);

    let demoted = world.kernel.update_member(&ask, world.admin.id, EXTERNAL).await;
    let removed = world.kernel.remove_member(&ask, world.admin.id, None).await;

    assert!(matches!(demoted, Err(KernelError::Tenancy(TenancyError::LastAdmin))));
    assert!(matches!(removed, Err(KernelError::Tenancy(TenancyError::LastAdmin))));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_stale_change_of_a_membership_is_refused() {
    let world = World::new().await;
    let ask = Request { if_match: Some(RowVersion::FIRST), ..world.ask(&world.admin) };
    world.kernel.update_member(&ask, world.external.id, assigned_to(None)).await.unwrap();

    let changed = world.kernel.update_member(&ask, world.external.id, SUSPENDED).await;
    let removed = world.kernel.remove_member(&ask, world.external.id, None).await;

    assert!(matches!(changed, Err(KernelError::Stale)));
    assert!(matches!(removed, Err(KernelError::Stale)));
}

#[tokio::test]
async fn for_a_suspended_member_the_workspace_is_not_there() {
    let world = World::new().await;
    world.change(&world.internal, SUSPENDED).await;

    let seen = world.kernel.find_workspace(&world.ask(&world.internal)).await;

    assert!(matches!(seen, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn a_membership_takes_along_all_that_followed_from_it() {
    let world = World::new().await;
    world.change(&world.internal, assigned_to(Some(vec![world.client().await]))).await;
    let project = world.project_of(&world.internal).await;
    let session = open_session(&world, &world.internal).await;
    let guest = InviteMember {
        email: parsed("guest@elsewhere.test"),
        role: WorkspaceRole::External,
        node_ids: None,
        firstname: None,
        lastname: None,
    };
    world.kernel.invite_member(&world.ask(&world.internal), guest).await.unwrap();

    let gone = world.internal.id;
    world.kernel.remove_member(&world.ask(&world.admin), gone, Some(world.external.id)).await.unwrap();

    let unit = world.unit().await;
    assert_eq!(unit.workspace_members().find(gone).await, Ok(None));
    assert_eq!(unit.membership_directory().list_workspaces(gone).await, Ok(vec![]));
    assert_eq!(unit.grants().list_by_holder(Holder::User(gone)).await, Ok(vec![]));
    assert_eq!(unit.project_members().list_by_user(gone).await, Ok(vec![]));
    assert_eq!(unit.invitations().list_pending_by_inviter(gone).await, Ok(vec![]));
    assert!(unit.sessions().find(session).await.unwrap().is_some_and(|session| session.ended_at.is_some()));
    drop(unit);
    assert_eq!(world.owners(project).await, [world.external.id]);
}

async fn open_session(world: &World, user: &User) -> guildhall_core::SessionId {
    let session = Session {
        id: guildhall_core::SessionId::new(user.id.uuid()),
        user_id: user.id,
        workspace_id: Some(world.workspace.id),
        secret_hash: None,
        created_at: user.created_at,
        expires_at: user.created_at + TimeDelta::hours(1),
        ended_at: None,
    };
    let unit = world.unit().await;
    unit.sessions().insert(&session).await.unwrap();
    unit.commit().await.unwrap();
    session.id
}

#[tokio::test]
async fn what_he_alone_owned_passes_to_whoever_removes_him() {
    let world = World::new().await;
    let project = world.project_of(&world.internal).await;

    world.kernel.remove_member(&world.ask(&world.admin), world.internal.id, None).await.unwrap();

    assert_eq!(world.owners(project).await, [world.admin.id]);
}

#[tokio::test]
async fn an_admin_who_removes_himself_leaves_his_projects_to_another() {
    let world = World::new().await;
    let project = world.project_of(&world.admin).await;
    let other = world.add_member("second@first.test", WorkspaceRole::WorkspaceAdmin).await;

    world.kernel.remove_member(&world.ask(&world.admin), world.admin.id, None).await.unwrap();

    assert_eq!(world.owners(project).await, [other.id]);
}

#[tokio::test]
async fn projects_pass_to_another_active_member_alone() {
    let world = World::new().await;
    world.project_of(&world.internal).await;
    world.change(&world.external, SUSPENDED).await;
    let (ask, before) = (world.ask(&world.admin), world.next_seq().await);

    for heir in [world.internal.id, world.external.id, world.platform_admin.id] {
        let refused = world.kernel.remove_member(&ask, world.internal.id, Some(heir)).await;
        assert!(matches!(refused, Err(KernelError::Refused { code: "transfer_to_no_member", .. })));
    }

    assert_eq!(world.next_seq().await, before);
}
