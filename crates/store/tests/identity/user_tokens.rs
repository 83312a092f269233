use guildhall_core::{IdGenerator as _, Scope, SecretHash, SessionId};
use guildhall_identity::{Session, TokenPurpose, UserToken};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, parsed},
    tenancy::world::World,
};

fn token(world: &World, purpose: TokenPurpose) -> UserToken {
    UserToken {
        secret_hash: world.ids.secret().hash(),
        user_id: world.users[0],
        purpose,
        expires_at: parsed("2026-03-05T05:06:07.089123Z"),
        used_at: None,
    }
}

async fn session(world: &World) -> SessionId {
    let session = Session {
        id: SessionId::new(world.ids.uuid()),
        user_id: world.users[0],
        workspace_id: None,
        secret_hash: None,
        created_at: parsed("2026-03-04T05:06:07Z"),
        expires_at: parsed("2026-03-05T05:06:07Z"),
        ended_at: None,
    };
    let unit = world.begin(Scope::Platform).await;
    unit.sessions().insert(&session).await.unwrap();
    unit.commit().await.unwrap();
    session.id
}

#[rstest]
#[tokio::test]
async fn a_token_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let session = session(&world).await;
    let unit = world.begin(Scope::Platform).await;
    let purposes = [
        TokenPurpose::ResetPassword,
        TokenPurpose::ChangeEmail(parsed("new@example.test")),
        TokenPurpose::Switch { session, workspace: world.there.id },
    ];

    for purpose in purposes {
        let token = token(&world, purpose);
        unit.user_tokens().insert(&token).await.unwrap();

        assert_eq!(unit.user_tokens().find(&token.secret_hash).await, Ok(Some(token)));
    }
    assert_eq!(unit.user_tokens().find(&SecretHash::new([9; 32])).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn a_token_is_used_once(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let token = token(&world, TokenPurpose::ResetPassword);
    unit.user_tokens().insert(&token).await.unwrap();
    let at = parsed("2026-03-04T06:00:00.000001Z");

    assert_eq!(unit.user_tokens().update_used(&token.secret_hash, at).await, Ok(true));
    assert_eq!(unit.user_tokens().update_used(&token.secret_hash, at).await, Ok(false));

    let used = UserToken { used_at: Some(at), ..token };
    assert_eq!(unit.user_tokens().find(&used.secret_hash).await, Ok(Some(used)));
}

#[rstest]
#[tokio::test]
async fn a_users_tokens_go_together_and_nobody_elses(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let his = token(&world, TokenPurpose::ResetPassword);
    let hers = UserToken { user_id: world.users[1], ..token(&world, TokenPurpose::ResetPassword) };
    for token in [&his, &hers] {
        unit.user_tokens().insert(token).await.unwrap();
    }

    unit.user_tokens().delete_by_user(world.users[0]).await.unwrap();

    assert_eq!(unit.user_tokens().find(&his.secret_hash).await, Ok(None));
    assert_eq!(unit.user_tokens().find(&hers.secret_hash).await, Ok(Some(hers)));
}

#[rstest]
#[tokio::test]
async fn no_two_tokens_have_one_secret(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let token = token(&world, TokenPurpose::ResetPassword);
    unit.user_tokens().insert(&token).await.unwrap();

    assert_conflict(&unit.user_tokens().insert(&token).await);
}
