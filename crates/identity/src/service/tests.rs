use chrono::TimeDelta;
use guildhall_core::{
    Clock, ProductId, WorkspaceId,
    testing::{FixedClock, SequentialIds},
};

use crate::{
    Identity, IdentityError, IdentityStore, NewServiceAccount, NewUser, PasswordHash, ProfilePatch,
    ServiceAccountKind, TokenPurpose,
    testing::{MemoryStore, new_user},
};

#[tokio::test]
async fn two_accounts_never_share_an_address() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    identity.create_user(new_user("ada@example.test")).await.unwrap();

    let second = identity.create_user(new_user("ADA@example.test")).await;

    assert_eq!(second, Err(IdentityError::EmailTaken("ada@example.test".parse().unwrap())));
}

#[tokio::test]
async fn a_password_is_kept_apart_from_its_user() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);

    let command = NewUser { password: Some(PasswordHash::new("$hash")), ..new_user("ada@example.test") };
    let user = identity.create_user(command).await.unwrap();

    assert_eq!(store.credentials().find(user.id).await, Ok(Some(PasswordHash::new("$hash"))));
}

#[tokio::test]
async fn an_ended_session_opens_nothing() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let session = identity.open_session(user.id, None, TimeDelta::minutes(15)).await.unwrap();

    identity.end_session(session.id).await.unwrap();

    let stored = store.sessions().find(session.id).await.unwrap().unwrap();
    assert!(!stored.is_live(clock.now()));
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();

    let session = identity.open_session(user.id, None, TimeDelta::minutes(15)).await.unwrap();

    assert!(session.is_live(clock.now() + TimeDelta::minutes(14)));
    assert!(!session.is_live(clock.now() + TimeDelta::minutes(15)));
}

#[tokio::test]
async fn a_cookie_finds_its_session_by_the_hash_alone() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();

    let (session, secret) = identity.open_cookie_session(user.id, None, TimeDelta::hours(1)).await.unwrap();

    assert_eq!(session.secret_hash, Some(secret.hash()));
    assert_eq!(store.sessions().find(session.id).await, Ok(Some(session)));
}

#[tokio::test]
async fn only_a_product_account_names_a_product() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let command = |kind, product_id| NewServiceAccount {
        home: WorkspaceId::SYSTEM,
        name: "Back end".parse().unwrap(),
        kind,
        product_id,
        created_by: None,
    };
    let product = Some(ProductId::new(WorkspaceId::SYSTEM.uuid()));

    for wrong in
        [command(ServiceAccountKind::Product, None), command(ServiceAccountKind::Automation, product)]
    {
        let refused = identity.create_service_account(wrong).await.map(|(account, _)| account);

        assert_eq!(refused, Err(IdentityError::ProductMismatch));
    }
}

#[tokio::test]
async fn a_patch_leaves_alone_what_it_does_not_name() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let patch = ProfilePatch { country: Some(Some("DE".parse().unwrap())), ..ProfilePatch::default() };

    let changed = identity.update_profile(user.clone(), patch).await.unwrap();

    assert_eq!(changed.profile.firstname, user.profile.firstname);
    assert_eq!(changed.profile.country, Some("DE".parse().unwrap()));
    assert_eq!(changed.version, user.version.next());
}

#[tokio::test]
async fn a_deleted_service_account_is_gone() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let command = NewServiceAccount {
        home: WorkspaceId::SYSTEM,
        name: "Script".parse().unwrap(),
        kind: ServiceAccountKind::Automation,
        product_id: None,
        created_by: None,
    };
    let (account, _) = identity.create_service_account(command).await.unwrap();

    identity.delete_service_account(account.id).await.unwrap();
    identity.delete_service_account(account.id).await.unwrap();

    assert_eq!(store.service_accounts().find(account.id).await, Ok(None));
}

#[tokio::test]
async fn a_one_time_secret_opens_once() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let secret = identity.open_token(user.id, TokenPurpose::ResetPassword).await.unwrap();

    let first = identity.redeem_token(&secret).await;
    let second = identity.redeem_token(&secret).await;

    assert_eq!(first.unwrap().user_id, user.id);
    assert_eq!(second, Err(IdentityError::TokenInvalid));
}

#[tokio::test]
async fn a_one_time_secret_does_not_open_after_its_time() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let secret = identity.open_token(user.id, TokenPurpose::ResetPassword).await.unwrap();

    clock.advance(TokenPurpose::ResetPassword.lifetime());

    assert_eq!(identity.redeem_token(&secret).await, Err(IdentityError::TokenInvalid));
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions_and_secrets() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let stays = identity.open_session(user.id, None, TimeDelta::hours(1)).await.unwrap();
    let ends = identity.open_session(user.id, None, TimeDelta::hours(1)).await.unwrap();
    let secret = identity.open_token(user.id, TokenPurpose::ResetPassword).await.unwrap();

    identity.change_password(user.id, &PasswordHash::new("$new"), Some(stays.id)).await.unwrap();

    let live = store.sessions().list_live(user.id, clock.now()).await.unwrap();
    assert_eq!(live, [stays]);
    assert!(!live.contains(&ends));
    assert_eq!(identity.redeem_token(&secret).await, Err(IdentityError::TokenInvalid));
}

#[tokio::test]
async fn whoever_takes_an_account_over_leaves_nothing_to_whoever_made_it() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let session = identity.open_session(user.id, None, TimeDelta::hours(1)).await.unwrap();
    let secret = identity.open_token(user.id, TokenPurpose::ResetPassword).await.unwrap();
    let names = ProfilePatch { firstname: Some("Own".parse().unwrap()), ..ProfilePatch::default() };

    let taken = identity.take_over(user.clone(), names, &PasswordHash::new("$own")).await.unwrap();

    assert!(taken.verified);
    assert_eq!(taken.profile.firstname.as_str(), "Own");
    assert_eq!(taken.profile.lastname, user.profile.lastname);
    assert_eq!(store.credentials().find(user.id).await, Ok(Some(PasswordHash::new("$own"))));
    let session = store.sessions().find(session.id).await.unwrap().unwrap();
    assert!(!session.is_live(clock.now()));
    assert_eq!(identity.find_token(&secret).await, Err(IdentityError::TokenInvalid));
}

#[tokio::test]
async fn a_new_address_ends_other_sessions_and_what_went_to_the_old_one() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let here = identity.open_session(user.id, None, TimeDelta::hours(1)).await.unwrap();
    let there = identity.open_session(user.id, None, TimeDelta::hours(1)).await.unwrap();
    let secret = identity.open_token(user.id, TokenPurpose::ResetPassword).await.unwrap();
    let new: guildhall_core::Email = "new@example.test".parse().unwrap();

    let changed = identity.change_email(user, new.clone(), Some(here.id)).await.unwrap();

    assert!(changed.verified);
    assert_eq!(changed.email, new);
    for (session, lives) in [(here.id, true), (there.id, false)] {
        let session = store.sessions().find(session).await.unwrap().unwrap();
        assert_eq!(session.is_live(clock.now()), lives);
    }
    assert_eq!(identity.find_token(&secret).await, Err(IdentityError::TokenInvalid));
}

#[tokio::test]
async fn an_address_that_somebody_has_is_not_given_to_another() {
    let (store, clock, ids) = (MemoryStore::default(), FixedClock::default(), SequentialIds::default());
    let identity = Identity::new(&store, &clock, &ids);
    identity.create_user(new_user("bob@example.test")).await.unwrap();
    let user = identity.create_user(new_user("ada@example.test")).await.unwrap();
    let taken: guildhall_core::Email = "bob@example.test".parse().unwrap();

    let refused = identity.change_email(user, taken.clone(), None).await;

    assert_eq!(refused, Err(IdentityError::EmailTaken(taken)));
}
