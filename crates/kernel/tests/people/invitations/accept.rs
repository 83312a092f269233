use chrono::TimeDelta;
use guildhall_authz::Holder;
use guildhall_core::{AccountId, Email, InvitationId, ProjectId, RowVersion, Secret, UserId, WorkspaceId};
use guildhall_identity::User;
use guildhall_kernel::{
    AcceptInvitation, BuiltinRole, ChangeMember, CreateProject, KernelError, SignIn, Unauthenticated,
};
use guildhall_orchestration::{Gating, ProjectRole};
use guildhall_tenancy::{Invitation, InvitationState, InvitedTo, MemberState, WorkspaceRole};

use super::{GUEST, invite};
use crate::support::{World, parsed};

#[tokio::test]
async fn an_address_without_an_account_gets_one_and_becomes_a_member() {
    let world = World::new().await;
    let token = world.token_for(&world.admin, invite(GUEST, WorkspaceRole::Internal)).await;
    let before = world.next_seq().await;

    let joined = world.kernel.accept_invitation(world.signing_up(&token)).await.unwrap();

    assert_eq!((joined.workspace.id, joined.role), (world.workspace.id, WorkspaceRole::Internal));
    assert_eq!(world.next_seq().await, before + 3, "invitation, user and member are recorded");
    assert_eq!(assigned(&world, joined.user_id).await, [world.workspace.organisation_account_id]);
    let sign_in = SignIn {
        email: parsed(GUEST),
        password: parsed("a password for tests"),
        address: None,
        workspace: Some(world.workspace.id),
        request_id: world.ask(&world.admin).id,
    };
    assert!(world.kernel.sign_in(sign_in).await.is_ok());
}

async fn assigned(world: &World, user: UserId) -> Vec<AccountId> {
    let grants = world.unit().await.grants().list_by_holder(Holder::User(user)).await.unwrap();
    grants
        .iter()
        .filter(|grant| grant.role == BuiltinRole::Assigned.id())
        .map(|grant| grant.account)
        .collect()
}

#[tokio::test]
async fn an_external_member_is_assigned_to_nothing() {
    let world = World::new().await;
    let token = world.token_for(&world.internal, invite(GUEST, WorkspaceRole::External)).await;

    let joined = world.kernel.accept_invitation(world.signing_up(&token)).await.unwrap();

    assert_eq!(assigned(&world, joined.user_id).await, []);
}

#[tokio::test]
async fn a_token_that_opens_nothing_is_refused_in_one_way() {
    let world = World::new().await;
    let used = world.token_for(&world.admin, invite(GUEST, WorkspaceRole::External)).await;
    world.kernel.accept_invitation(world.signing_up(&used)).await.unwrap();
    let expired = world.token_for(&world.admin, invite("late@elsewhere.test", WorkspaceRole::External)).await;
    world.clock().advance(TimeDelta::days(7));
    let elsewhere = world.token_for(&world.admin, invite("a@elsewhere.test", WorkspaceRole::External)).await;
    let before = world.next_seq().await;
    let in_other = AcceptInvitation { workspace: Some(world.other.id), ..world.signing_up(&elsewhere) };
    let in_system = AcceptInvitation { workspace: Some(WorkspaceId::SYSTEM), ..world.signing_up(&elsewhere) };
    let unknown = Secret::new([9; 32]).reveal();

    for taking in [
        world.signing_up("no secret"),
        world.signing_up(&unknown),
        world.signing_up(&used),
        world.signing_up(&expired),
        in_other,
        in_system,
    ] {
        let refused = world.kernel.accept_invitation(taking).await;
        assert!(matches!(refused, Err(KernelError::Refused { code: "invitation_invalid", .. })));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn an_account_is_not_made_in_part() {
    let world = World::new().await;
    let token = world.token_for(&world.admin, invite(GUEST, WorkspaceRole::External)).await;

    for taking in [
        world.taking(&token),
        AcceptInvitation { password: None, ..world.signing_up(&token) },
        AcceptInvitation { lastname: None, ..world.signing_up(&token) },
    ] {
        let refused = world.kernel.accept_invitation(taking).await;
        assert!(matches!(refused, Err(KernelError::Refused { code: "account_incomplete", .. })));
    }
}

/// Somebody who has an account and is no member of the first workspace.
async fn outsider(world: &World) -> User {
    let unit = world.unit().await;
    let email: Email = parsed("admin@second.test");
    unit.users().find_by_email(&email).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_address_that_has_an_account_is_taken_by_its_user_alone() {
    let world = World::new().await;
    let token = world.token_for(&world.admin, invite("admin@second.test", WorkspaceRole::External)).await;
    let (own, other) = (world.ask_in(None, &outsider(&world).await), world.ask(&world.internal));

    for taking in [world.taking(&token), world.signing_up(&token), world.taking_as(&other, &token)] {
        let refused = world.kernel.accept_invitation(taking).await;
        let expected = Unauthenticated::SignInRequired;
        assert!(matches!(refused, Err(KernelError::Unauthenticated(why)) if why == expected));
    }
    let with_password = AcceptInvitation { caller: Some(own.caller), ..world.signing_up(&token) };
    let refused = world.kernel.accept_invitation(with_password).await;
    assert!(matches!(refused, Err(KernelError::Refused { code: "account_exists", .. })));

    let joined = world.kernel.accept_invitation(world.taking_as(&own, &token)).await.unwrap();

    assert_eq!(Some(joined.user_id), own.caller.user());
}

#[tokio::test]
async fn what_the_inviter_may_give_no_more_is_not_taken() {
    let world = World::new().await;
    let token = world.token_for(&world.internal, invite(GUEST, WorkspaceRole::External)).await;
    let suspended = ChangeMember { state: Some(MemberState::Suspended), ..ChangeMember::default() };
    world.kernel.update_member(&world.ask(&world.admin), world.internal.id, suspended).await.unwrap();
    let before = world.next_seq().await;

    let refused = world.kernel.accept_invitation(world.signing_up(&token)).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "invitation_invalid", .. })));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn an_invitation_to_a_project_makes_a_member_of_both() {
    let world = World::new().await;
    let (project, secret) = (project_of(&world).await, Secret::new([5; 32]));
    invite_to_project(&world, project, &secret, ProjectRole::Contributor).await;

    let joined = world.kernel.accept_invitation(world.signing_up(&secret.reveal())).await.unwrap();

    let member = world.unit().await.project_members().find(project, joined.user_id).await.unwrap();
    assert!(member.is_some_and(|member| member.role == ProjectRole::Contributor));
}

#[tokio::test]
async fn nobody_from_outside_becomes_an_owner_by_an_internal_members_word() {
    let world = World::new().await;
    let (project, secret) = (project_of(&world).await, Secret::new([5; 32]));
    invite_to_project(&world, project, &secret, ProjectRole::Owner).await;

    let refused = world.kernel.accept_invitation(world.signing_up(&secret.reveal())).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "invitation_invalid", .. })));
}

async fn project_of(world: &World) -> ProjectId {
    let command = CreateProject {
        name: parsed("Project"),
        description: None,
        node_id: None,
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    };
    let made = world.kernel.create_project(&world.ask(&world.internal), command).await.unwrap();
    made.into_inner().project.id
}

async fn invite_to_project(world: &World, project: ProjectId, secret: &Secret, role: ProjectRole) {
    let created_at = world.internal.created_at;
    let invitation = Invitation {
        id: InvitationId::new(project.uuid()),
        email: parsed(GUEST),
        role: WorkspaceRole::External,
        node_ids: None,
        firstname: None,
        lastname: None,
        invited_by: world.internal.id,
        secret_hash: secret.hash(),
        mailed: false,
        project: Some(InvitedTo { project_id: project, role: parsed(role.as_str()) }),
        created_at,
        expires_at: created_at + Invitation::LIFETIME,
        state: InvitationState::Pending,
        version: RowVersion::FIRST,
    };
    let unit = world.unit().await;
    unit.invitations().insert(&invitation).await.unwrap();
    unit.commit().await.unwrap();
}
