use guildhall_core::{IdGenerator as _, Scope, SessionId, UserId, WorkspaceId};
use guildhall_identity::{Session, User};
use guildhall_kernel::{Entrance, NamedSession};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, parsed},
    tenancy::world::World,
};

/// A session of the first user, bound to that workspace, with a cookie.
fn session(world: &World, workspace: Option<WorkspaceId>) -> Session {
    Session {
        id: SessionId::new(world.ids.uuid()),
        user_id: world.users[0],
        workspace_id: workspace,
        secret_hash: Some(world.ids.secret().hash()),
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        expires_at: parsed("2026-03-05T05:06:07.089123Z"),
        ended_at: None,
    }
}

#[rstest]
#[tokio::test]
async fn a_session_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let bound = session(&world, Some(world.here.id));
    let ended = Session { ended_at: Some(parsed("2026-03-04T06:00:00.000001Z")), ..session(&world, None) };
    let unit = world.begin(Scope::Platform).await;
    for session in [&bound, &ended] {
        unit.sessions().insert(session).await.unwrap();
        assert_eq!(unit.sessions().find(session.id).await, Ok(Some(session.clone())));
    }
    assert_eq!(unit.sessions().find(SessionId::new(world.ids.uuid())).await, Ok(None));
    unit.commit().await.unwrap();

    for session in [bound, ended] {
        let by_cookie = NamedSession::Secret(session.secret_hash.as_ref().unwrap());
        for named in [by_cookie, NamedSession::Id(session.id)] {
            let entrance = world.store.entrance(Some(&world.here.prefix), named).await;
            let there = Entrance { workspace: Some(world.here.id), session: Some(session.clone()) };
            assert_eq!(entrance, there);
        }
    }
    let unknown = world.ids.secret().hash();
    assert_eq!(world.store.entrance(None, NamedSession::Secret(&unknown)).await, Entrance::default());
}

#[rstest]
#[tokio::test]
async fn a_workspace_and_a_session_are_found_each_without_the_other(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let session = session(&world, None);
    let unit = world.begin(Scope::Platform).await;
    unit.sessions().insert(&session).await.unwrap();
    unit.commit().await.unwrap();
    let (unknown, named) = (parsed("nowhere"), NamedSession::Id(session.id));

    let found = [
        world.store.entrance(Some(&world.here.prefix), None).await,
        world.store.entrance(Some(&unknown), named).await,
        world.store.entrance(Some(&unknown), None).await,
        world.store.entrance(None, None).await,
    ];

    let workspace = Entrance { workspace: Some(world.here.id), session: None };
    let alone = Entrance { workspace: None, session: Some(session) };
    assert_eq!(found, [workspace, alone, Entrance::default(), Entrance::default()]);
}

#[rstest]
#[tokio::test]
async fn a_session_opens_nothing_to_whoever_may_not_sign_in_any_more(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let session = session(&world, None);
    let unit = world.begin(Scope::Platform).await;
    unit.sessions().insert(&session).await.unwrap();
    let user = unit.users().find(session.user_id).await.unwrap().unwrap();
    unit.users().update(&User { active: false, ..user }).await.unwrap();
    unit.commit().await.unwrap();

    let entrance = world.store.entrance(Some(&world.there.prefix), NamedSession::Id(session.id)).await;

    assert_eq!(entrance, Entrance { workspace: Some(world.there.id), session: None });
}

#[rstest]
#[tokio::test]
async fn many_sessions_have_no_cookie_and_no_two_the_same(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    for _ in 0..2 {
        let without = Session { secret_hash: None, ..session(&world, None) };
        unit.sessions().insert(&without).await.unwrap();
    }
    let first = session(&world, None);
    unit.sessions().insert(&first).await.unwrap();

    let refused = unit.sessions().insert(&Session { id: SessionId::new(world.ids.uuid()), ..first }).await;

    assert_conflict(&refused);
}

#[rstest]
#[tokio::test]
async fn a_session_is_of_a_user_who_is_there(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let nobodys = Session { user_id: UserId::new(world.ids.uuid()), ..session(&world, None) };

    assert_conflict(&unit.sessions().insert(&nobodys).await);
}

#[rstest]
#[tokio::test]
async fn a_session_ends_once(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let (ended, other) = (session(&world, None), session(&world, None));
    for session in [&ended, &other] {
        unit.sessions().insert(session).await.unwrap();
    }
    let (first, second) = (parsed("2026-03-04T06:00:00Z"), parsed("2026-03-04T07:00:00Z"));

    for at in [first, second] {
        unit.sessions().update_ended(ended.id, at).await.unwrap();
    }

    let end = Session { ended_at: Some(first), ..ended };
    assert_eq!(unit.sessions().find(end.id).await, Ok(Some(end)));
    assert_eq!(unit.sessions().find(other.id).await, Ok(Some(other)));
}

#[rstest]
#[tokio::test]
async fn a_users_sessions_in_one_workspace_end_together(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let (here, there) = (Some(world.here.id), Some(world.there.id));
    let earlier = Some(parsed("2026-03-04T06:00:00Z"));
    let sessions = [
        session(&world, here),
        session(&world, here),
        Session { ended_at: earlier, ..session(&world, here) },
        session(&world, there),
        session(&world, None),
        Session { user_id: world.users[1], ..session(&world, here) },
    ];
    for session in &sessions {
        unit.sessions().insert(session).await.unwrap();
    }
    let now = parsed("2026-03-04T07:00:00Z");

    unit.sessions().update_ended_in(world.users[0], world.here.id, now).await.unwrap();

    let mut ends = Vec::new();
    for session in &sessions {
        ends.push(unit.sessions().find(session.id).await.unwrap().unwrap().ended_at);
    }
    assert_eq!(ends, [Some(now), Some(now), earlier, None, None, None]);
}
