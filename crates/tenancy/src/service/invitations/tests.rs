//! The life of an invitation, on a store in memory.

use chrono::TimeDelta;
use guildhall_core::{
    IdGenerator, NodeId, ProjectId, StoreError,
    testing::{FixedClock, SequentialIds},
};

use super::*;
use crate::{
    InvitedTo, MemberPatch, MemberState, TenancyStore, WorkspaceRole,
    testing::{MemoryStore, new_invitation},
};

#[derive(Default)]
struct World {
    store: MemoryStore,
    clock: FixedClock,
    ids: SequentialIds,
}

impl World {
    fn tenancy(&self) -> Tenancy<'_> {
        Tenancy::new(&self.store, &self.clock, &self.ids)
    }

    fn user(&self) -> UserId {
        UserId::new(self.ids.uuid())
    }

    fn workspace(&self) -> WorkspaceId {
        WorkspaceId::new(guildhall_core::AccountId::PLATFORM.uuid())
    }

    fn command(&self) -> NewInvitation {
        new_invitation("guest@example.test", self.user())
    }

    fn to_project(&self) -> NewInvitation {
        let project_id = ProjectId::new(self.ids.uuid());
        let project = InvitedTo { project_id, role: "CONTRIBUTOR".parse().unwrap() };
        NewInvitation { project: Some(project), ..self.command() }
    }

    async fn invite(&self) -> Invited {
        self.tenancy().invite(self.command()).await.unwrap()
    }

    async fn accept(&self, invitation: Invitation, user: UserId) -> Result<Accepted, TenancyError> {
        self.tenancy().accept_invitation(self.workspace(), invitation, user).await
    }
}

#[tokio::test]
async fn the_secret_opens_its_invitation() {
    let world = World::default();

    let invited = world.invite().await;

    assert_eq!(world.tenancy().open_invitation(&invited.secret).await, Ok(invited.invitation));
    assert_eq!(
        world.tenancy().open_invitation(&Secret::new([9; 32])).await,
        Err(TenancyError::InvitationNotFound)
    );
}

#[tokio::test]
async fn a_taken_invitation_makes_a_member() {
    let world = World::default();
    let (invited, guest) = (world.invite().await, world.user());

    let accepted = world.accept(invited.invitation, guest).await.unwrap();

    assert!(accepted.joined);
    assert_eq!((accepted.member.user_id, accepted.member.role), (guest, WorkspaceRole::External));
    assert_eq!(
        world.tenancy().open_invitation(&invited.secret).await,
        Err(TenancyError::InvitationClosed { state: InvitationState::Accepted })
    );
}

#[tokio::test]
async fn two_people_can_not_take_one_invitation_at_once() {
    let world = World::default();
    let read_by_both = world.invite().await.invitation;
    world.accept(read_by_both.clone(), world.user()).await.unwrap();

    let second = world.accept(read_by_both, world.user()).await;

    assert_eq!(second, Err(TenancyError::Store(StoreError::Stale)));
}

#[tokio::test]
async fn a_week_later_the_secret_opens_nothing() {
    let world = World::default();
    let invited = world.invite().await;
    world.clock.advance(TimeDelta::days(7));

    assert_eq!(world.tenancy().open_invitation(&invited.secret).await, Err(TenancyError::InvitationExpired));
    assert_eq!(world.accept(invited.invitation, world.user()).await, Err(TenancyError::InvitationExpired));
}

#[tokio::test]
async fn an_invitation_that_is_sent_again_has_another_secret() {
    let world = World::default();
    let first = world.invite().await;
    world.clock.advance(TimeDelta::days(8));

    let again = world
        .tenancy()
        .resend_invitation(first.invitation.clone(), false, Invitation::LIFETIME)
        .await
        .unwrap();

    assert_eq!(again.invitation.id, first.invitation.id);
    assert_eq!(world.tenancy().open_invitation(&first.secret).await, Err(TenancyError::InvitationNotFound));
    assert_eq!(world.tenancy().open_invitation(&again.secret).await, Ok(again.invitation));
}

#[tokio::test]
async fn a_revoked_invitation_opens_nothing() {
    let world = World::default();
    let invited = world.invite().await;

    world.tenancy().revoke_invitation(invited.invitation).await.unwrap();

    assert_eq!(
        world.tenancy().open_invitation(&invited.secret).await,
        Err(TenancyError::InvitationClosed { state: InvitationState::Revoked })
    );
}

#[tokio::test]
async fn inviting_an_address_again_replaces_what_is_pending() {
    let world = World::default();
    let first = world.invite().await;

    let command = NewInvitation { role: WorkspaceRole::Internal, ..world.command() };
    let second = world.tenancy().invite(command).await.unwrap();

    assert_eq!(second.invitation.id, first.invitation.id);
    assert_eq!(second.invitation.role, WorkspaceRole::Internal);
    assert_eq!(world.tenancy().open_invitation(&first.secret).await, Err(TenancyError::InvitationNotFound));
}

#[tokio::test]
async fn an_invitation_to_a_project_leaves_others_alone() {
    let world = World::default();
    let plain = world.invite().await;

    let to_project = world.tenancy().invite(world.to_project()).await.unwrap();

    let project = to_project.invitation.project_id().unwrap();
    let listed = world.store.invitations().list_pending_by_project(project).await;
    assert_eq!(listed, Ok(vec![to_project.invitation]));
    assert_eq!(world.tenancy().open_invitation(&plain.secret).await, Ok(plain.invitation));
}

#[tokio::test]
async fn a_member_is_not_invited_again_even_when_suspended() {
    let world = World::default();
    let guest = world.user();
    let invitation = world.invite().await.invitation;
    let member = world.accept(invitation, guest).await.unwrap().member;
    let suspended = MemberPatch { state: Some(MemberState::Suspended), role: None };
    world.tenancy().change_member(member, suspended).await.unwrap();

    let command = NewInvitation { user_id: Some(guest), ..world.command() };
    let refused = world.tenancy().invite(command).await.map(|invited| invited.invitation);

    assert_eq!(refused, Err(TenancyError::AlreadyMember));
}

#[tokio::test]
async fn an_account_that_is_no_member_is_invited_like_anyone() {
    let world = World::default();

    let command = NewInvitation { user_id: Some(world.user()), ..world.command() };

    assert!(world.tenancy().invite(command).await.is_ok());
}

#[tokio::test]
async fn a_member_may_take_an_invitation_to_a_project_and_stays_what_he_is() {
    let world = World::default();
    let guest = world.user();
    let to_project = world.tenancy().invite(world.to_project()).await.unwrap().invitation;
    let command = NewInvitation { role: WorkspaceRole::Internal, ..world.command() };
    let plain = world.tenancy().invite(command).await.unwrap().invitation;
    world.accept(plain, guest).await.unwrap();

    let accepted = world.accept(to_project, guest).await.unwrap();

    assert!(!accepted.joined);
    assert_eq!(accepted.member.role, WorkspaceRole::Internal);
}

#[tokio::test]
async fn a_member_has_nothing_to_take_from_a_plain_invitation() {
    let world = World::default();
    let guest = world.user();
    let plain = world.invite().await.invitation;
    let to_project = world.tenancy().invite(world.to_project()).await.unwrap().invitation;
    world.accept(to_project, guest).await.unwrap();

    assert_eq!(world.accept(plain, guest).await, Err(TenancyError::AlreadyMember));
}

#[tokio::test]
async fn nobody_is_invited_to_nodes_that_are_not_there() {
    let world = World::default();
    let absent = NodeId::new(world.ids.uuid());

    let command = NewInvitation { node_ids: Some(vec![absent]), ..world.command() };
    let refused = world.tenancy().invite(command).await.map(|invited| invited.invitation);

    assert_eq!(refused, Err(TenancyError::NodesNotAssignable { ids: vec![absent] }));
}
