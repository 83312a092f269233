use chrono::{DateTime, TimeDelta, Utc};
use guildhall_core::{IdGenerator as _, MailId, Scope};
use guildhall_kernel::{MailKind, MailState, OutgoingMail};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{support::parsed, tenancy::world::World};

fn now() -> DateTime<Utc> {
    parsed("2026-03-04T05:06:07.089123Z")
}

fn letter(world: &World, due_at: DateTime<Utc>) -> OutgoingMail {
    OutgoingMail {
        id: MailId::new(world.ids.uuid()),
        workspace_id: Some(world.here.id),
        kind: MailKind::Invitation,
        recipient: parsed("guest@example.test"),
        secret_hash: Some(world.ids.secret().hash()),
        sealed: Some(vec![0, 1, 2, 255]),
        state: MailState::Waiting,
        attempts: 0,
        fault: None,
        created_at: now(),
        due_at,
        ended_at: None,
    }
}

/// A letter that is due, in the outbox.
async fn posted(world: &World) -> OutgoingMail {
    let letter = letter(world, now());
    let unit = world.begin(Scope::Platform).await;
    unit.outbox().insert(&letter).await.unwrap();
    unit.commit().await.unwrap();
    letter
}

fn sent(letter: &OutgoingMail) -> OutgoingMail {
    OutgoingMail { state: MailState::Sent, sealed: None, ended_at: Some(now()), ..letter.clone() }
}

#[rstest]
#[tokio::test]
async fn a_letter_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let whole = OutgoingMail { fault: Some("busy".to_owned()), ..letter(&world, now()) };
    let bare = OutgoingMail {
        workspace_id: None,
        secret_hash: None,
        kind: MailKind::Notice,
        ..sent(&letter(&world, now()))
    };

    for letter in [whole, bare] {
        unit.outbox().insert(&letter).await.unwrap();

        assert_eq!(unit.outbox().find(letter.id).await, Ok(Some(letter)));
    }
}

#[rstest]
#[tokio::test]
async fn letters_are_due_in_order_while_they_wait(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let second = TimeDelta::microseconds(1);
    let [late, early, future] = [now(), now() - second, now() + second].map(|due| letter(&world, due));
    let ended = sent(&letter(&world, now()));
    for letter in [&late, &early, &future, &ended] {
        unit.outbox().insert(letter).await.unwrap();
    }

    assert_eq!(unit.outbox().list_due(now(), 10).await.unwrap(), [early.clone(), late]);
    assert_eq!(unit.outbox().list_due(now(), 1).await.unwrap(), [early]);
}

#[rstest]
#[tokio::test]
async fn a_letter_that_does_not_read_keeps_no_other_from_going(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let [newer, broken, whole] = [posted(&world).await, posted(&world).await, posted(&world).await];
    let spoil = async |letter: &OutgoingMail, column: &str| {
        let due = "due_at = '2026-03-01T00:00:00+00:00'";
        // The hash names the row in the same words on both databases.
        let hash = letter.secret_hash.as_ref().unwrap().as_bytes();
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let bytes = if on == Postgres { format!("'\\x{hash}'") } else { format!("x'{hash}'") };
        let set =
            format!("update outgoing_mail set {column} = 'UNHEARD_OF', {due} where secret_hash = {bytes}");
        world.execute(&set).await;
    };

    spoil(&newer, "kind").await;
    let with_newer = world.begin(Scope::Platform).await.outbox().list_due(now(), 2).await;
    spoil(&broken, "recipient").await;
    let with_both = world.begin(Scope::Platform).await.outbox().list_due(now(), 2).await;

    assert_eq!(with_newer, Ok(vec![broken, whole.clone()]), "it takes nobody's place");
    assert_eq!(with_both, Ok(vec![whole]));
}

#[rstest]
#[tokio::test]
async fn of_two_nodes_that_claim_a_letter_at_once_one_has_it(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let (letter, until) = (posted(&world).await, now() + TimeDelta::minutes(5));
    let claim = async || {
        let unit = world.begin(Scope::Platform).await;
        let claimed = unit.outbox().update_claimed(&letter, until).await.unwrap();
        unit.commit().await.unwrap();
        claimed
    };

    let (one, other) = tokio::join!(claim(), claim());

    assert!(one != other, "{one} {other}");
    let unit = world.begin(Scope::Platform).await;
    assert_eq!(unit.outbox().list_due(now(), 10).await.unwrap(), []);
    let again = unit.outbox().list_due(until, 10).await.unwrap();
    assert_eq!(again, [OutgoingMail { attempts: 1, due_at: until, ..letter }]);
}

#[rstest]
#[tokio::test]
async fn a_claim_that_has_passed_to_another_ends_nothing(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let first = posted(&world).await;
    let unit = world.begin(Scope::Platform).await;
    let second = OutgoingMail { attempts: 1, ..first.clone() };
    assert_eq!(unit.outbox().update_claimed(&first, now()).await, Ok(true));
    assert_eq!(unit.outbox().update_claimed(&second, now()).await, Ok(true));

    let late = unit.outbox().update(&sent(&second)).await;
    let own = unit.outbox().update(&sent(&OutgoingMail { attempts: 2, ..first.clone() })).await;
    let twice = unit.outbox().update_claimed(&OutgoingMail { attempts: 2, ..first }, now()).await;

    assert_eq!((late, own, twice), (Ok(false), Ok(true), Ok(false)));
}

#[rstest]
#[tokio::test]
async fn letters_that_ended_long_ago_are_forgotten(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.begin(Scope::Platform).await;
    let old = OutgoingMail { ended_at: Some(now() - TimeDelta::days(1)), ..sent(&letter(&world, now())) };
    let (fresh, waiting) = (sent(&letter(&world, now())), letter(&world, now() - TimeDelta::days(9)));
    for letter in [&old, &fresh, &waiting] {
        unit.outbox().insert(letter).await.unwrap();
    }

    assert_eq!(unit.outbox().delete_ended(now()).await, Ok(1));

    assert_eq!(unit.outbox().find(old.id).await, Ok(None));
    assert!(unit.outbox().find(fresh.id).await.unwrap().is_some());
    assert!(unit.outbox().find(waiting.id).await.unwrap().is_some());
}
