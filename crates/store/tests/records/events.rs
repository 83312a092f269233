use std::pin::pin;

use guildhall_core::{
    Change, EventId, EventOrigin, EventRecord, EventSubject, IdGenerator as _, ProjectId, Scope, StoreError,
    UserId,
};
use guildhall_kernel::{EventFilter, NextEvent, UnitOfWork};
use guildhall_testkit::Stack::{self, Postgres, Sqlite};
use rstest::rstest;

use crate::{
    support::{assert_conflict, page, parsed, user, waits},
    tenancy::world::World,
};

/// What happened in a project.
fn of(project: ProjectId) -> EventFilter {
    EventFilter { project_id: Some(project), ..EventFilter::default() }
}

fn subject(world: &World, kind: &str, name: Option<&str>) -> EventSubject {
    EventSubject { kind: kind.to_owned(), id: world.ids.uuid(), name: name.map(ToOwned::to_owned) }
}

/// What a script did, with no name and no change.
fn event(world: &World, seq: i64, project: Option<ProjectId>) -> EventRecord {
    EventRecord {
        id: EventId::new(world.ids.uuid()),
        seq,
        kind: "project.touched".to_owned(),
        at: parsed("2026-03-04T05:06:07.089123Z"),
        actor: subject(world, "service_account", None),
        origin: EventOrigin { user_id: None, workspace_id: None, way_in: "client_credentials".to_owned() },
        subject: subject(world, "project", None),
        project_id: project,
        changes: vec![],
    }
}

/// What a person did, with all that an event can have.
fn full(world: &World, seq: i64, project: ProjectId) -> EventRecord {
    let change = |field: &str, before: Option<&str>, after: Option<&str>| Change {
        field: field.to_owned(),
        before: before.map(ToOwned::to_owned),
        after: after.map(ToOwned::to_owned),
    };
    EventRecord {
        actor: subject(world, "user", Some("Test “Ü” User")),
        origin: EventOrigin {
            user_id: Some(world.users[0].uuid()),
            workspace_id: Some(world.there.id),
            way_in: "session".to_owned(),
        },
        subject: subject(world, "project", Some("Spring")),
        changes: vec![
            change("name", Some(r#""Winter""#), Some(r#""Spring""#)),
            change("due_date", None, Some(r#""2026-03-04""#)),
            change("node_id", Some("null"), None),
        ],
        ..event(world, seq, Some(project))
    }
}

/// The log's next number.
async fn seq(unit: &dyn UnitOfWork) -> Result<i64, StoreError> {
    Ok(unit.events().next(None).await?.seq)
}

/// Appends an event of a project to the first workspace's log, in a unit of work of its own.
async fn append(world: &World, project: ProjectId) -> Result<i64, StoreError> {
    let unit = world.open().await;
    let seq = seq(&*unit).await?;
    unit.events().insert(&event(world, seq, Some(project))).await?;
    unit.commit().await?;
    Ok(seq)
}

/// The numbers of a project's events, as the first workspace's log lists them.
async fn listed(world: &World, project: ProjectId) -> Vec<i64> {
    let unit = world.read(Scope::Workspace(world.here.id)).await;
    let page = unit.events().list(&of(project), &page(50, None)).await.unwrap();
    page.items.iter().map(|event| event.seq).collect()
}

#[rstest]
#[tokio::test]
async fn an_event_is_read_as_it_was_written(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    let (full, plain) = (full(&world, 1, project), event(&world, 2, Some(project)));
    let unit = world.open().await;

    for event in [&full, &plain] {
        unit.events().insert(event).await.unwrap();
    }

    let listed = unit.events().list(&of(project), &page(50, None)).await.unwrap();
    assert_eq!((listed.items, listed.next), (vec![plain, full], None));
}

#[rstest]
#[tokio::test]
async fn a_projects_events_are_listed_newest_first_page_by_page(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let [project, other] = [(); 2].map(|()| ProjectId::new(world.ids.uuid()));
    let unit = world.open().await;
    // Numbers whose order as text is another.
    for (seq, project) in [(9, Some(project)), (10, Some(other)), (11, Some(project)), (100, Some(project))] {
        unit.events().insert(&event(&world, seq, project)).await.unwrap();
    }
    unit.events().insert(&event(&world, 101, None)).await.unwrap();

    let first = unit.events().list(&of(project), &page(2, None)).await.unwrap();
    let second = unit.events().list(&of(project), &page(2, first.next.clone())).await.unwrap();

    let numbers = |events: &[EventRecord]| events.iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(numbers(&first.items), [100, 11]);
    assert_eq!((numbers(&second.items), second.next), (vec![9], None));
}

#[rstest]
#[tokio::test]
async fn each_workspace_counts_its_own_log(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let here = [seq(&*unit).await, seq(&*unit).await];
    unit.commit().await.unwrap();

    let there = seq(&*world.open_other().await).await;
    let system = seq(&*world.begin(Scope::System).await).await;
    let platform = seq(&*world.begin(Scope::Platform).await).await;

    assert_eq!(here, [Ok(1), Ok(2)]);
    assert_eq!((there, system), (Ok(1), Ok(1)));
    assert!(matches!(platform, Err(StoreError::Backend(_))), "{platform:?}");
}

#[rstest]
#[tokio::test]
async fn the_next_number_comes_with_the_name_of_its_actor(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    let [known, unknown] = [(); 2].map(|()| UserId::new(world.ids.uuid()));
    unit.users().insert(&user(known, parsed("mara@example.test"))).await.unwrap();
    let called = unit.users().find(known).await.unwrap().unwrap().display_name();

    let mut next = Vec::new();
    for actor in [Some(known), Some(unknown), None] {
        next.push(unit.events().next(actor).await);
    }

    let with = |seq, actor_name| Ok(NextEvent { seq, actor_name });
    assert_eq!(next, [with(1, Some(called)), with(2, None), with(3, None)]);
}

#[rstest]
#[tokio::test]
async fn a_number_that_is_not_committed_is_given_again(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    let unit = world.open().await;
    let given_up = seq(&*unit).await;
    let mut next = pin!(append(&world, project));

    let waited = waits(next.as_mut()).await;
    drop(unit);

    assert!(waited);
    assert_eq!((given_up, next.await), (Ok(1), Ok(1)));
}

#[rstest]
#[tokio::test]
async fn events_written_at_once_have_numbers_without_gaps(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());

    let (one, two, three) =
        tokio::join!(append(&world, project), append(&world, project), append(&world, project));

    assert!([one, two, three].iter().all(Result::is_ok));
    assert_eq!(listed(&world, project).await, [3, 2, 1]);
}

#[rstest]
#[tokio::test]
async fn a_number_is_taken_once(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let unit = world.open().await;
    unit.events().insert(&event(&world, 1, None)).await.unwrap();

    assert_conflict(&unit.events().insert(&event(&world, 1, None)).await);
}

#[rstest]
#[tokio::test]
async fn another_workspace_reads_no_event(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    append(&world, project).await.unwrap();

    for scope in [Scope::Workspace(world.there.id), Scope::System] {
        let unit = world.read(scope).await;
        let seen = unit.events().list(&of(project), &page(50, None)).await.unwrap();
        assert_eq!(seen.items, []);
    }
    assert_eq!(listed(&world, project).await, [1]);
}

#[rstest]
#[tokio::test]
async fn an_event_outlives_its_names(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    let named = full(&world, 1, project);
    let unit = world.open().await;
    unit.events().insert(&named).await.unwrap();
    unit.commit().await.unwrap();
    world.execute("delete from event_name").await;

    let found = world.open().await.events().list(&of(project), &page(50, None)).await.unwrap();

    let actor = EventSubject { name: None, ..named.actor.clone() };
    let subject = EventSubject { name: None, ..named.subject.clone() };
    assert_eq!(found.items, [EventRecord { actor, subject, ..named }]);
}

#[rstest]
#[tokio::test]
async fn an_event_whose_changes_are_no_list_is_corrupt(#[values(Sqlite, Postgres)] on: Stack) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    append(&world, project).await.unwrap();
    world.execute("update event set changes = '{}'").await;

    let found = world.open().await.events().list(&of(project), &page(50, None)).await;

    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{:?}", found.map(|page| page.items));
}

#[rstest]
#[tokio::test]
async fn what_comes_after_a_number_is_listed_in_the_logs_order_and_no_further(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let world = World::new(on).await;
    let project = ProjectId::new(world.ids.uuid());
    let begins = world.open().await.events().find_head().await.unwrap();
    for _ in 0..4 {
        append(&world, project).await.unwrap();
    }
    let unit = world.read(Scope::Workspace(world.here.id)).await;

    let some = unit.events().list_after(begins + 1, 2).await.unwrap();
    let none = unit.events().list_after(begins + 4, 2).await.unwrap();

    assert_eq!(some.iter().map(|stub| stub.seq - begins).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((some[0].kind.as_str(), some[0].project_id), ("project.touched", Some(project)));
    assert_eq!((none, unit.events().find_head().await.unwrap()), (vec![], begins + 4));
    drop(unit);
    let elsewhere = world.read(Scope::Workspace(world.there.id)).await;
    let seen = elsewhere.events().list_after(0, 50).await.unwrap();
    assert!(seen.iter().all(|stub| stub.project_id != Some(project)));
}

/// Whoever reads on from the last number that he has seen misses nothing: none appears behind it later.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_number_appears_behind_one_that_was_seen(#[values(Sqlite, Postgres)] on: Stack) {
    let world = std::sync::Arc::new(World::new(on).await);
    let project = ProjectId::new(world.ids.uuid());
    let begins = world.open().await.events().find_head().await.unwrap();
    let writers: Vec<_> = (0..6)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    append(&world, project).await.unwrap();
                }
            })
        })
        .collect();

    let mut seen = Vec::new();
    let mut looks = 0;
    while seen.len() < 120 {
        let last = seen.last().copied().unwrap_or(begins);
        let unit = world.read(Scope::Workspace(world.here.id)).await;
        seen.extend(unit.events().list_after(last, 50).await.unwrap().into_iter().map(|stub| stub.seq));
        looks += 1;
    }

    for writer in writers {
        writer.await.unwrap();
    }
    assert!(looks > 2, "it was looked only {looks} times");
    assert_eq!(seen, (begins + 1..=begins + 120).collect::<Vec<_>>());
}
