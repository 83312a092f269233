use guildhall_core::{IdGenerator as _, NodeId, ProjectId, RowVersion, StoreError, UserId};
use guildhall_tenancy::{Invitation, InvitationState, InvitedTo, WorkspaceRole};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use super::world::World;
use crate::support::{assert_conflict, page, parsed};

const GUEST: &str = "guest@example.test";

fn to_project(world: &World) -> Invitation {
    let project = InvitedTo { project_id: ProjectId::new(world.ids.uuid()), role: parsed("CONTRIBUTOR") };
    Invitation { project: Some(project), ..world.invitation(GUEST) }
}

/// The world with these invitations.
async fn with(on: Stack, invitations: impl FnOnce(&World) -> Vec<Invitation>) -> (World, Vec<Invitation>) {
    let world = World::new(on).await;
    let invitations = invitations(&world);
    let unit = world.open().await;
    for invitation in &invitations {
        unit.invitations().insert(invitation).await.unwrap();
    }
    unit.commit().await.unwrap();
    (world, invitations)
}

#[rstest]
#[tokio::test]
async fn an_invitation_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let full = Invitation {
        mailed: true,
        role: WorkspaceRole::Internal,
        node_ids: Some(vec![NodeId::new(world.ids.uuid()), NodeId::new(world.ids.uuid())]),
        firstname: Some(parsed("Test")),
        lastname: Some(parsed("Guest")),
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        expires_at: parsed("2026-03-11T05:06:07.089123Z"),
        state: InvitationState::Revoked,
        version: RowVersion::new(7),
        ..to_project(&world)
    };
    let nowhere = Invitation { node_ids: Some(vec![]), ..world.invitation("other@example.test") };
    let plain = world.invitation(GUEST);

    for invitation in [&full, &nowhere, &plain] {
        unit.invitations().insert(invitation).await.unwrap();

        assert_eq!(unit.invitations().find(invitation.id).await.as_ref(), Ok(&Some(invitation.clone())));
        let opened = unit.invitations().find_by_secret_hash(&invitation.secret_hash).await;
        assert_eq!(opened.as_ref(), Ok(&Some(invitation.clone())));
    }
}

#[rstest]
#[tokio::test]
async fn pending_invitations_are_found_by_address_and_by_what_they_lead_to(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let (world, all) =
        with(on, |world| vec![world.invitation(GUEST), to_project(world), to_project(world)]).await;
    let unit = world.open().await;
    let (email, other) = (parsed(GUEST), parsed("other@example.test"));

    for invitation in all {
        let found = unit.invitations().find_pending_by_email(&email, invitation.project_id()).await;
        assert_eq!(found, Ok(Some(invitation)));
    }
    assert_eq!(unit.invitations().find_pending_by_email(&other, None).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn only_pending_invitations_are_listed(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| {
        let accepted = Invitation { state: InvitationState::Accepted, ..world.invitation(GUEST) };
        let revoked = Invitation { state: InvitationState::Revoked, ..to_project(world) };
        vec![accepted, world.invitation(GUEST), revoked, to_project(world)]
    })
    .await;
    let unit = world.open().await;

    let first = unit.invitations().list(&page(1, None)).await.unwrap();
    let second = unit.invitations().list(&page(1, first.next.clone())).await.unwrap();

    assert_eq!(first.items, all[1..2]);
    assert_eq!((second.items.as_slice(), second.next), (&all[3..], None));
}

#[rstest]
#[tokio::test]
async fn pending_invitations_are_listed_by_project_and_by_inviter(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| {
        let revoked = Invitation { state: InvitationState::Revoked, ..to_project(world) };
        let by_another = Invitation { invited_by: world.users[1], ..to_project(world) };
        vec![revoked, by_another, to_project(world)]
    })
    .await;
    let unit = world.open().await;
    let of = async |invitation: &Invitation| {
        unit.invitations().list_pending_by_project(invitation.project_id().unwrap()).await.unwrap()
    };
    let by = async |user| unit.invitations().list_pending_by_inviter(world.users[user]).await.unwrap();

    assert_eq!((of(&all[0]).await, of(&all[1]).await.as_slice()), (vec![], &all[1..2]));
    assert_eq!((by(0).await.as_slice(), by(1).await.as_slice()), (&all[2..], &all[1..2]));
}

#[rstest]
#[tokio::test]
async fn a_new_secret_replaces_the_old_one_in_the_directory(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| vec![world.invitation(GUEST)]).await;
    let unit = world.open().await;
    let before = unit.directory().find_invitation(&all[0].secret_hash).await;
    let renewed = Invitation { secret_hash: world.ids.secret().hash(), ..all[0].clone() };

    unit.invitations().update(&renewed).await.unwrap();

    assert_eq!(before, Ok(Some(world.here.id)));
    assert_eq!(unit.directory().find_invitation(&all[0].secret_hash).await, Ok(None));
    assert_eq!(unit.directory().find_invitation(&renewed.secret_hash).await, Ok(Some(world.here.id)));
    assert_eq!(unit.invitations().find_by_secret_hash(&all[0].secret_hash).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn the_secret_of_a_closed_invitation_still_leads_to_it(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| vec![world.invitation(GUEST)]).await;
    let unit = world.open().await;
    let revoked = all[0].clone().revoked().unwrap();

    unit.invitations().update(&revoked).await.unwrap();

    assert_eq!(unit.directory().find_invitation(&revoked.secret_hash).await, Ok(Some(world.here.id)));
    let opened = unit.invitations().find_by_secret_hash(&revoked.secret_hash).await.unwrap();
    assert_eq!(opened.map(|opened| opened.state), Some(InvitationState::Revoked));
}

#[rstest]
#[tokio::test]
async fn a_changed_invitation_is_stored_as_its_next_version(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| vec![world.invitation(GUEST)]).await;
    let unit = world.open().await;
    let changed = Invitation { firstname: Some(parsed("Test")), ..all[0].clone() };

    unit.invitations().update(&changed).await.unwrap();
    let renewed = Invitation { secret_hash: world.ids.secret().hash(), ..changed.clone() };
    let again = unit.invitations().update(&renewed).await;

    let stored = Invitation { version: RowVersion::new(2), ..changed };
    assert_eq!(unit.invitations().find(stored.id).await.unwrap(), Some(stored.clone()));
    assert_eq!(again, Err(StoreError::Stale));
    assert_eq!(unit.directory().find_invitation(&stored.secret_hash).await, Ok(Some(world.here.id)));
}

#[rstest]
#[tokio::test]
async fn an_invitation_that_is_not_there_is_stale(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;

    assert_eq!(unit.invitations().update(&world.invitation(GUEST)).await, Err(StoreError::Stale));
}

#[rstest]
#[tokio::test]
async fn an_address_has_one_pending_invitation_to_each_place(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| vec![world.invitation(GUEST), to_project(world)]).await;

    for present in all {
        let unit = world.open().await;
        let second = Invitation { project: present.project, ..world.invitation(GUEST) };

        assert_conflict(&unit.invitations().insert(&second).await);
    }
}

#[rstest]
#[tokio::test]
async fn after_a_closed_invitation_comes_another(#[values(Sqlite, Postgres)] on: Stack) {
    let (world, all) = with(on, |world| vec![world.invitation(GUEST)]).await;
    let unit = world.open().await;
    unit.invitations().update(&all[0].clone().revoked().unwrap()).await.unwrap();

    assert_eq!(unit.invitations().insert(&world.invitation(GUEST)).await, Ok(()));
}

#[rstest]
#[tokio::test]
async fn nobody_invites_who_is_no_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let nobodys = Invitation { invited_by: UserId::new(world.ids.uuid()), ..world.invitation(GUEST) };

    assert_conflict(&unit.invitations().insert(&nobodys).await);
}
