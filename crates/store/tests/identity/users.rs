use guildhall_core::{Access, IdGenerator as _, RowVersion, Scope, StoreError, UserId};
use guildhall_identity::{PasswordHash, Profile, User};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{TestStore, assert_conflict, parsed, user},
    tenancy::world::World,
};

fn furnished(world: &World) -> User {
    User {
        profile: Profile {
            agency: Some(parsed("Studio & Söhne")),
            country: Some(parsed("Österreich")),
            department: Some(parsed("Design")),
            job_title: Some(parsed("Lead")),
            office_location: Some(parsed("2nd floor")),
            display_language: Some(parsed("de-AT")),
            ..Profile::named(parsed("Ünïcode"), parsed("Name"))
        },
        active: false,
        verified: false,
        created_at: parsed("2026-03-04T05:06:07.089123Z"),
        version: RowVersion::new(7),
        ..another(world, "furnished@example.test")
    }
}

fn another(world: &World, email: &str) -> User {
    user(UserId::new(world.ids.uuid()), parsed(email))
}

#[rstest]
#[tokio::test]
async fn a_user_is_read_as_he_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let (full, plain) = (furnished(&world), another(&world, "plain@example.test"));

    for user in [full, plain] {
        unit.users().insert(&user).await.unwrap();

        assert_eq!(unit.users().find(user.id).await, Ok(Some(user.clone())));
        assert_eq!(unit.users().find_by_email(&user.email).await, Ok(Some(user)));
    }
    assert_eq!(unit.users().find(UserId::new(world.ids.uuid())).await, Ok(None));
    assert_eq!(unit.users().find_by_email(&parsed("nobody@example.test")).await, Ok(None));
}

#[rstest]
#[tokio::test]
async fn users_are_listed_by_id_and_unknown_ids_left_out(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let [first, second, third] = world.users;

    let listed = unit.users().list_by_ids(&[third, UserId::new(world.ids.uuid()), first, third]).await;

    let listed: Vec<UserId> = listed.unwrap().iter().map(|user| user.id).collect();
    assert_eq!(listed, [first, third]);
    assert!(!listed.contains(&second));
    assert_eq!(unit.users().list_by_ids(&[]).await, Ok(vec![]));
}

#[rstest]
#[tokio::test]
async fn an_address_belongs_to_one_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let [first, ..] = world.users;
    let taken = unit.users().find(first).await.unwrap().unwrap().email;

    let refused = unit.users().insert(&user(UserId::new(world.ids.uuid()), taken)).await;

    assert_conflict(&refused);
}

#[rstest]
#[tokio::test]
async fn a_changed_user_is_stored_as_his_next_version(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let changed = User { id: world.users[0], version: RowVersion::FIRST, ..furnished(&world) };

    unit.users().update(&changed).await.unwrap();
    let again = unit.users().update(&changed).await;
    let nobody = unit.users().update(&another(&world, "nobody@example.test")).await;

    let stored = User { version: RowVersion::new(2), created_at: changed.created_at, ..changed.clone() };
    assert_eq!(unit.users().find(changed.id).await, Ok(Some(stored)));
    assert_eq!((again, nobody), (Err(StoreError::Stale), Err(StoreError::Stale)));
}

#[rstest]
#[tokio::test]
async fn a_user_whose_address_is_none_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    world.execute("update app_user set email = 'nobody' || substr(email, 30, 7)").await;

    let found = world.begin(Scope::Platform).await.users().find(world.users[0]).await;

    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{found:?}");
}

#[rstest]
#[tokio::test]
async fn the_newest_password_counts(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let ([first, second, _], at) = (world.users, parsed("2026-03-04T05:06:07Z"));
    let before = unit.credentials().find(first).await.unwrap();

    for hash in ["$one", "$two"] {
        unit.credentials().update(first, &PasswordHash::new(hash), at).await.unwrap();
    }
    unit.credentials().update(second, &PasswordHash::new("$three"), at).await.unwrap();

    let stored =
        async |user| unit.credentials().find(user).await.unwrap().map(|hash| hash.expose().to_owned());
    assert!(before.is_none());
    assert_eq!(stored(first).await.as_deref(), Some("$two"));
    assert_eq!(stored(second).await.as_deref(), Some("$three"));
}

#[rstest]
#[tokio::test]
async fn nobody_has_a_password_who_is_no_user(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let nobody = UserId::new(world.ids.uuid());

    let refused =
        unit.credentials().update(nobody, &PasswordHash::new("$one"), parsed("2026-03-04T05:06:07Z")).await;

    assert_conflict(&refused);
}

#[rstest]
#[tokio::test]
async fn every_scope_sees_the_same_users(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;

    for scope in [Scope::Platform, Scope::System, Scope::Workspace(world.there.id)] {
        let listed = world.read(scope).await.users().list_by_ids(&world.users).await;
        assert_eq!(listed.unwrap().len(), world.users.len());
    }
}

#[rstest]
#[tokio::test]
async fn a_reader_sees_one_state_to_its_end(#[values(Sqlite, Postgres)] on: Stack) {
    let store = TestStore::new(on).await;
    let late = user(parsed("01900000-0000-7000-8000-000000000001"), parsed("late@example.test"));
    let reader = store.begin(Scope::Platform, Access::Read).await;
    let before = reader.users().find(late.id).await;
    let writer = store.write(Scope::Platform).await;
    writer.users().insert(&late).await.unwrap();
    writer.commit().await.unwrap();

    let meanwhile = reader.users().find(late.id).await;
    drop(reader);
    let after = store.begin(Scope::Platform, Access::Read).await.users().find(late.id).await;

    assert_eq!((before, meanwhile, after), (Ok(None), Ok(None), Ok(Some(late))));
}
