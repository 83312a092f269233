use guildhall_core::Name;
use guildhall_identity::User;
use guildhall_kernel::{AcceptInvitation, Bearer, CreateApiKey, KernelError, Unauthenticated};
use guildhall_tenancy::{Requested, WorkspaceRole};

use super::{GUEST, Recorder, invite};
use crate::support::{World, parsed};

#[tokio::test]
async fn a_mailed_link_is_shown_to_nobody_and_makes_a_verified_account() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();

    let invited = kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(invited.accept_url, None);
    let link = format!("http://first.localhost:8080/invitations/accept#token={}", mailer.token_for(GUEST));
    assert!(mailer.taken()[0].text.contains(&link));
    let taker = world.taker(&mailer.token_for(GUEST), "a password of mine");
    let joined = kernel.accept_invitation(taker).await.unwrap();
    assert!(world.find_user(joined.user_id).await.verified);
}

#[tokio::test]
async fn an_invitation_that_is_sent_again_goes_by_mail() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let (kernel, ask) = (world.mailing(), world.ask(&world.admin));
    let shown = world.kernel.invite_member(&ask, invite(GUEST)).await.unwrap();
    assert!(shown.accept_url.is_some() && !shown.invitation.mailed);

    let again = kernel.resend_invitation(&ask, shown.invitation.id).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert!(again.accept_url.is_none() && again.invitation.mailed);
    assert_eq!(mailer.recipients(), [GUEST]);
}

#[tokio::test]
async fn nobody_has_one_address_mailed_without_end() {
    let world = World::new().await;
    let kernel = world.mailing();
    let ask = world.ask(&world.admin);
    let id = kernel.invite_member(&ask, invite(GUEST)).await.unwrap().invitation.id;
    for _ in 1..10 {
        kernel.resend_invitation(&ask, id).await.unwrap();
    }

    let refused = kernel.resend_invitation(&ask, id).await;
    let to_another = kernel.invite_member(&ask, invite("other@elsewhere.test")).await;

    assert!(matches!(refused, Err(KernelError::TooManyAttempts { .. })), "{refused:?}");
    assert!(to_another.is_ok(), "{to_another:?}");
}

/// A member whose address nobody has shown to be his, and who has a password and a key.
async fn squatter(world: &World) -> (User, String) {
    let user = world.add_member("squatted@first.test", WorkspaceRole::Internal).await;
    let (ask, _) = world.ask_from_session(&user).await;
    let unit = world.unit().await;
    let hash = guildhall_identity::PasswordHash::new("a password of another");
    unit.credentials().update(user.id, &hash, user.created_at).await.unwrap();
    unit.commit().await.unwrap();
    let key = CreateApiKey { name: parsed::<Name>("Script"), read_only: false, expires_at: None };
    let key = world.kernel.create_api_key(&ask, key).await.unwrap().reveal();
    (user, key)
}

/// The token of a link that goes to the address by mail, to the second workspace.
async fn mailed_from_second(world: &World, mailer: &Recorder, email: &str) -> String {
    let kernel = world.mailing();
    let admin = world.unit().await.users().find_by_email(&parsed("admin@second.test")).await.unwrap();
    let ask = world.ask_in(Some(world.other.id), &admin.unwrap());
    kernel.invite_member(&ask, invite(email)).await.unwrap();
    kernel.deliver_due_mail(mailer).await.unwrap();
    mailer.token_for(email)
}

#[tokio::test]
async fn the_first_mailed_link_gives_an_unverified_account_to_whoever_has_the_address() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let (user, key) = squatter(&world).await;
    let (_, session) = world.ask_from_session(&user).await;
    let token = mailed_from_second(&world, &mailer, "squatted@first.test").await;

    let taker = world.taker(&token, "a password of mine");
    let joined = world.mailing().accept_invitation(taker).await.unwrap();

    assert_eq!(joined.user_id, user.id);
    let after = world.find_user(user.id).await;
    assert!(after.verified);
    assert_eq!(after.display_name(), "New Guest");
    assert!(world.signs_in("squatted@first.test", "a password of mine").await);
    assert!(!world.signs_in("squatted@first.test", "a password of another").await);
    let session = world.unit().await.sessions().find(session).await.unwrap().unwrap();
    assert!(session.ended_at.is_some());
    let entry = world.kernel.enter(&Requested::Platform, Some(Bearer::Token(&key))).await.unwrap();
    assert_eq!(entry.caller, Err(Unauthenticated::Invalid));
}

#[tokio::test]
async fn an_unverified_account_is_not_taken_over_without_a_password() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let (user, _) = squatter(&world).await;
    let (ask, _) = world.ask_from_session(&user).await;
    let token = mailed_from_second(&world, &mailer, "squatted@first.test").await;

    let bare = AcceptInvitation { password: None, ..world.taker(&token, "a password of mine") };
    let signed_in =
        AcceptInvitation { firstname: None, lastname: None, caller: Some(ask.caller), ..bare.clone() };

    for taking in [bare, signed_in] {
        let refused = world.mailing().accept_invitation(taking).await;
        assert!(matches!(refused, Err(KernelError::Refused { code: "account_incomplete", .. })));
    }
}

#[tokio::test]
async fn a_link_that_was_shown_takes_nothing_over() {
    let world = World::new().await;
    let (_, key) = squatter(&world).await;
    let admin = world.unit().await.users().find_by_email(&parsed("admin@second.test")).await.unwrap();
    let ask = world.ask_in(Some(world.other.id), &admin.unwrap());
    let shown = world.kernel.invite_member(&ask, invite("squatted@first.test")).await.unwrap();
    let (_, token) = shown.accept_url.as_deref().unwrap().split_once("#token=").unwrap();

    // Mail was turned on since.
    let refused = world.mailing().accept_invitation(world.taker(token, "a password of mine")).await;

    assert!(matches!(refused, Err(KernelError::Unauthenticated(Unauthenticated::SignInRequired))));
    let entry = world.kernel.enter(&Requested::Platform, Some(Bearer::Token(&key))).await.unwrap();
    assert!(entry.caller.is_ok());
}

#[tokio::test]
async fn a_verified_account_needs_its_user() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let user = world.add_member("verified@first.test", WorkspaceRole::Internal).await;
    let unit = world.unit().await;
    unit.users().update(&User { verified: true, ..user }).await.unwrap();
    unit.commit().await.unwrap();
    let token = mailed_from_second(&world, &mailer, "verified@first.test").await;

    let refused = world.mailing().accept_invitation(world.taker(&token, "a password of mine")).await;

    assert!(matches!(refused, Err(KernelError::Unauthenticated(Unauthenticated::SignInRequired))));
}

#[tokio::test]
async fn an_account_that_was_shut_stays_shut() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let (user, _) = squatter(&world).await;
    world.kernel.update_user(&world.ask_platform(&world.platform_admin), user.id, false).await.unwrap();
    let token = mailed_from_second(&world, &mailer, "squatted@first.test").await;

    let refused = world.mailing().accept_invitation(world.taker(&token, "a password of mine")).await;

    assert!(matches!(refused, Err(KernelError::Unauthenticated(Unauthenticated::SignInRequired))));
}
