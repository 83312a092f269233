use guildhall_core::{InvitationId, NodeId, PageRequest};
use guildhall_kernel::{InviteMember, KernelError, Request, code};
use guildhall_tenancy::{TenancyError, WorkspaceRole};

use super::{GUEST, invite, token_of};
use crate::support::World;

#[tokio::test]
async fn an_invitation_leads_to_the_workspaces_own_host() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let ask = world.ask(&world.internal);
    let invited = world.kernel.invite_member(&ask, invite(GUEST, WorkspaceRole::External)).await.unwrap();

    let link = invited.accept_url.unwrap();
    assert!(link.starts_with("http://first.localhost:8080/invitations/accept#token="), "{link}");
    assert_eq!(world.next_seq().await, before + 1);
}

#[tokio::test]
async fn nobody_offers_what_he_may_not_give() {
    let world = World::new().await;
    let before = world.next_seq().await;
    let (internal, external) = (world.ask(&world.internal), world.ask(&world.external));

    for role in [WorkspaceRole::Internal, WorkspaceRole::WorkspaceAdmin] {
        let refused = world.kernel.invite_member(&internal, invite(GUEST, role)).await;
        assert!(matches!(refused, Err(KernelError::Forbidden(code)) if code == code::MEMBER_MANAGE));
    }
    let refused = world.kernel.invite_member(&external, invite(GUEST, WorkspaceRole::External)).await;
    assert!(matches!(refused, Err(KernelError::Forbidden(code)) if code == code::MEMBER_INVITE));

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_node_that_the_inviter_does_not_see_is_like_one_that_is_not_there() {
    let world = World::new().await;
    let node = NodeId::new(world.other.id.uuid());
    let command = InviteMember { node_ids: Some(vec![node]), ..invite(GUEST, WorkspaceRole::External) };

    let refused = world.kernel.invite_member(&world.ask(&world.internal), command).await;

    let expected = TenancyError::NodesNotAssignable { ids: vec![node] };
    assert!(matches!(refused, Err(KernelError::Tenancy(error)) if error == expected));
}

#[tokio::test]
async fn a_member_is_not_invited_again() {
    let world = World::new().await;

    let command = invite("external@first.test", WorkspaceRole::External);
    let refused = world.kernel.invite_member(&world.ask(&world.admin), command).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::AlreadyMember))));
}

#[tokio::test]
async fn another_persons_invitation_is_replaced_by_an_admin_alone() {
    let world = World::new().await;
    let (admin, internal) = (world.ask(&world.admin), world.ask(&world.internal));
    let first = world.kernel.invite_member(&admin, invite(GUEST, WorkspaceRole::Internal)).await.unwrap();

    let refused = world.kernel.invite_member(&internal, invite(GUEST, WorkspaceRole::External)).await;
    let second = world.kernel.invite_member(&admin, invite(GUEST, WorkspaceRole::External)).await.unwrap();

    assert!(matches!(refused, Err(KernelError::Forbidden(code)) if code == code::MEMBER_MANAGE));
    assert_eq!(second.invitation.id, first.invitation.id);
    assert_ne!(second.accept_url, first.accept_url);
}

#[tokio::test]
async fn who_does_not_manage_members_deals_with_his_own_invitations() {
    let world = World::new().await;
    let (admin, internal) = (world.ask(&world.admin), world.ask(&world.internal));
    let theirs = invite("one@elsewhere.test", WorkspaceRole::External);
    let theirs = world.kernel.invite_member(&admin, theirs).await.unwrap().invitation.id;
    let own = invite("two@elsewhere.test", WorkspaceRole::External);
    let own = world.kernel.invite_member(&internal, own).await.unwrap().invitation.id;
    assert_eq!(listed(&world, &admin).await, [theirs, own]);
    assert_eq!(listed(&world, &internal).await, [own]);
    let revoked = world.kernel.revoke_invitation(&internal, theirs).await;
    let resent = world.kernel.resend_invitation(&internal, theirs).await;
    assert!(matches!(revoked, Err(KernelError::NotFound)));
    assert!(matches!(resent, Err(KernelError::NotFound)));
    world.kernel.revoke_invitation(&internal, own).await.unwrap();
    assert_eq!(listed(&world, &internal).await, []);
}

async fn listed(world: &World, ask: &Request) -> Vec<InvitationId> {
    let page = world.kernel.list_invitations(ask, &PageRequest::default()).await.unwrap();
    page.items.into_iter().map(|shown| shown.invitation.id).collect()
}

#[tokio::test]
async fn external_members_see_no_invitations() {
    let world = World::new().await;

    let listed = world.kernel.list_invitations(&world.ask(&world.external), &PageRequest::default()).await;

    assert!(matches!(listed, Err(KernelError::Forbidden(code)) if code == code::MEMBER_INVITE));
}

#[tokio::test]
async fn an_invitation_that_is_sent_again_has_another_link() {
    let world = World::new().await;
    let ask = world.ask(&world.internal);
    let first = world.kernel.invite_member(&ask, invite(GUEST, WorkspaceRole::External)).await.unwrap();

    let second = world.kernel.resend_invitation(&ask, first.invitation.id).await.unwrap();

    let old = world.kernel.accept_invitation(world.signing_up(&token_of(&first.accept_url.unwrap()))).await;
    assert!(matches!(old, Err(KernelError::Refused { code: "invitation_invalid", .. })));
    let new = world.signing_up(&token_of(&second.accept_url.unwrap()));
    assert!(world.kernel.accept_invitation(new).await.is_ok());
}
