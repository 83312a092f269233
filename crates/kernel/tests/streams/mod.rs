//! Streams of events: who is told of what, and when it ends.

use std::time::Duration;

use guildhall_core::{ProjectId, UserId, WorkspaceId};
use guildhall_kernel::{
    AddProjectMember, After, CreateRole, EventStub, KernelError, NamedPerson, Request, Subscription, Told,
};
use guildhall_orchestration::ProjectRole;
use guildhall_tenancy::{WorkspaceRole, WorkspaceState};
use tokio::time::timeout;

use crate::{
    board::{phase, project},
    support::{World, parsed},
};

/// How long something that comes may take, and how long nothing is waited for.
const SOON: Duration = Duration::from_secs(5);
const A_WHILE: Duration = Duration::from_millis(300);

/// A project that the internal user owns.
async fn make_project(world: &World) -> ProjectId {
    let made = world.kernel.create_project(&world.ask(&world.internal), project("Launch", None)).await;
    made.unwrap().into_inner().project.id
}

async fn add_phase(world: &World, project: ProjectId, name: &str) {
    world.kernel.create_phase(&world.ask(&world.internal), project, phase(name)).await.unwrap();
}

async fn add_viewer(world: &World, project: ProjectId, user: UserId) {
    let named = NamedPerson::User(user);
    let command = AddProjectMember { named, role: ProjectRole::Viewer, meta_roles: Vec::new() };
    world.kernel.add_project_member(&world.ask(&world.internal), project, command).await.unwrap();
}

/// Listens, and hears where the stream begins.
async fn listen(world: &World, request: &Request, project: Option<ProjectId>) -> (Subscription, i64) {
    let mut stream = world.kernel.subscribe(request, project, None).await.unwrap();
    let Some(Told::Still(seq)) = stream.next().await else { panic!("it begins otherwise") };
    (stream, seq)
}

async fn next(stream: &mut Subscription) -> Option<EventStub> {
    loop {
        match timeout(SOON, stream.next()).await.expect("nothing is told") {
            Some(Told::Event(stub)) => return Some(stub),
            Some(Told::Still(_) | Told::Reset(_)) => {}
            None => return None,
        }
    }
}

async fn kinds(stream: &mut Subscription, count: usize) -> Vec<String> {
    let mut kinds = Vec::new();
    for _ in 0..count {
        kinds.push(next(stream).await.expect("it has ended").kind);
    }
    kinds
}

async fn hears_nothing(stream: &mut Subscription) -> bool {
    timeout(A_WHILE, stream.next()).await.is_err()
}

async fn ends(mut stream: Subscription) -> bool {
    timeout(SOON, async { while stream.next().await.is_some() {} }).await.is_ok()
}

#[tokio::test]
async fn who_reads_the_project_is_told_what_happens_from_now_on_in_its_order() {
    let world = World::new().await;
    let project = make_project(&world).await;
    let (mut stream, begins) = listen(&world, &world.ask(&world.internal), Some(project)).await;

    add_phase(&world, project, "One").await;
    add_phase(&world, project, "Two").await;

    let (one, two) = (next(&mut stream).await.unwrap(), next(&mut stream).await.unwrap());
    assert_eq!((one.kind.as_str(), two.kind.as_str()), ("phase.created", "phase.created"));
    assert_eq!((one.seq, two.seq, one.project_id), (begins + 1, begins + 2, Some(project)));
    assert!(hears_nothing(&mut stream).await);
}

#[tokio::test]
async fn who_comes_back_is_told_all_that_he_missed_and_nothing_twice() {
    let world = World::new().await;
    let project = make_project(&world).await;
    let owner = world.ask(&world.internal);
    let (stream, seen) = listen(&world, &owner, Some(project)).await;
    drop(stream);
    for _ in 0..3 {
        add_phase(&world, project, "Missed").await;
    }

    let mut stream = world.kernel.subscribe(&owner, Some(project), Some(After::Seq(seen))).await.unwrap();
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(next(&mut stream).await.unwrap().seq);
    }
    add_phase(&world, project, "New").await;
    numbers.push(next(&mut stream).await.unwrap().seq);

    assert_eq!(numbers, [seen + 1, seen + 2, seen + 3, seen + 4]);
    assert!(hears_nothing(&mut stream).await);
}

#[tokio::test]
async fn who_has_seen_what_no_log_has_begins_again() {
    let world = World::new().await;
    let project = make_project(&world).await;
    let (owner, head) = (world.ask(&world.internal), world.next_seq().await - 1);

    for unknown in [After::Seq(head + 1), After::Seq(-1), After::Unknown] {
        let mut stream = world.kernel.subscribe(&owner, Some(project), Some(unknown)).await.unwrap();

        assert_eq!(stream.next().await, Some(Told::Reset(head)), "{unknown:?}");
    }
    let mut all = world.kernel.subscribe(&owner, Some(project), Some(After::Seq(0))).await.unwrap();
    assert_eq!(kinds(&mut all, 1).await, ["project.created"]);
}

#[tokio::test]
async fn another_project_is_not_told_of_though_it_may_be_read() {
    let world = World::new().await;
    let (one, other) = (make_project(&world).await, make_project(&world).await);
    let (mut stream, _) = listen(&world, &world.ask(&world.internal), Some(one)).await;

    add_phase(&world, other, "Elsewhere").await;
    add_phase(&world, one, "Here").await;

    assert_eq!(next(&mut stream).await.unwrap().project_id, Some(one));
    assert!(hears_nothing(&mut stream).await);
}

#[tokio::test]
async fn without_a_project_one_is_told_of_all_that_one_may_read() {
    let world = World::new().await;
    let (read, hidden) = (make_project(&world).await, make_project(&world).await);
    add_viewer(&world, read, world.external.id).await;
    let (mut guest, _) = listen(&world, &world.ask(&world.external), None).await;
    let (mut admin, _) = listen(&world, &world.ask(&world.admin), None).await;

    add_phase(&world, hidden, "Hidden").await;
    let role = CreateRole { code: parsed("HELPER"), name: parsed("Helper"), permissions: Vec::new() };
    world.kernel.create_role(&world.ask(&world.admin), role).await.unwrap();
    add_phase(&world, read, "Read").await;

    assert_eq!(next(&mut guest).await.unwrap().project_id, Some(read));
    assert_eq!(kinds(&mut admin, 3).await, ["phase.created", "role.created", "phase.created"]);
    assert!(hears_nothing(&mut guest).await);
}

#[tokio::test]
async fn a_project_that_may_not_be_read_is_not_there() {
    let world = World::new().await;
    let project = make_project(&world).await;

    let refused = world.kernel.subscribe(&world.ask(&world.external), Some(project), None).await;
    let elsewhere = world.ask_in(Some(world.other.id), &world.internal);
    let foreign = world.kernel.subscribe(&elsewhere, None, None).await;

    assert!(matches!(refused.unwrap_err(), KernelError::NotFound));
    assert!(matches!(foreign.unwrap_err(), KernelError::NotFound));
    assert_eq!(world.kernel.open_streams(), 0);
}

#[tokio::test]
async fn nothing_of_another_workspace_is_told() {
    let world = World::new().await;
    let (_, theirs) = world.add_workspace("third").await;
    let there = find_workspace(&world, "third").await;
    let (mut stream, _) = listen(&world, &world.ask(&world.admin), None).await;
    let (mut their_stream, _) = listen(&world, &world.ask_in(Some(there), &theirs), None).await;

    world.kernel.create_project(&world.ask_in(Some(there), &theirs), project("Theirs", None)).await.unwrap();

    assert_eq!(kinds(&mut their_stream, 1).await, ["project.created"]);
    assert!(hears_nothing(&mut stream).await);
}

async fn find_workspace(world: &World, prefix: &str) -> WorkspaceId {
    let unit = world.unit().await;
    unit.workspaces().find_by_prefix(&parsed(prefix)).await.unwrap().unwrap().id
}

#[tokio::test]
async fn a_right_that_is_taken_away_ends_what_is_told_before_the_next_event() {
    let world = World::new().await;
    let project = make_project(&world).await;
    add_viewer(&world, project, world.external.id).await;
    let guest = world.ask(&world.external);
    let (of_project, _) = listen(&world, &guest, Some(project)).await;
    let (mut of_all, _) = listen(&world, &guest, None).await;

    let owner = world.ask(&world.internal);
    world.kernel.remove_project_member(&owner, project, world.external.id).await.unwrap();
    add_phase(&world, project, "After").await;

    assert!(ends(of_project).await);
    assert!(hears_nothing(&mut of_all).await);
}

#[tokio::test]
async fn who_is_removed_from_the_workspace_hears_no_more() {
    let world = World::new().await;
    let gone = world.add_member("gone@first.test", WorkspaceRole::Internal).await;
    let (stream, _) = listen(&world, &world.ask(&gone), None).await;

    world.kernel.remove_member(&world.ask(&world.admin), gone.id, None).await.unwrap();

    assert!(ends(stream).await);
    assert_eq!(world.kernel.open_streams(), 0);
}

#[tokio::test]
async fn a_workspace_that_is_suspended_tells_nothing() {
    let world = World::new().await;
    let (stream, _) = listen(&world, &world.ask(&world.internal), None).await;

    let platform = world.ask_platform(&world.platform_admin);
    let suspended = WorkspaceState::Suspended;
    world.kernel.change_workspace_state(&platform, world.workspace.id, suspended).await.unwrap();

    assert!(ends(stream).await);
}

#[tokio::test]
async fn a_listener_who_takes_nothing_is_cut_off() {
    let world = World::new().await;
    let project = make_project(&world).await;
    let (stream, _) = listen(&world, &world.ask(&world.internal), Some(project)).await;
    for number in 0..70 {
        add_phase(&world, project, &number.to_string()).await;
    }

    assert_eq!(world.kernel.open_streams(), 1);
    for _ in 0..150 {
        if world.kernel.open_streams() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    assert_eq!(world.kernel.open_streams(), 0);
    assert!(ends(stream).await);
}

#[tokio::test]
async fn who_hangs_up_leaves_nothing_behind() {
    let world = World::new().await;
    let project = make_project(&world).await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(listen(&world, &world.ask(&world.internal), Some(project)).await.0);
    }
    let one_more = world.kernel.subscribe(&world.ask(&world.internal), None, None).await;
    assert!(matches!(one_more.unwrap_err(), KernelError::TooManyStreams { .. }));
    assert_eq!(world.kernel.open_streams(), 20);

    drop(streams);

    for _ in 0..100 {
        if world.kernel.open_streams() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(world.kernel.open_streams(), 0);
    listen(&world, &world.ask(&world.internal), Some(project)).await;
}

#[tokio::test]
async fn a_node_that_ends_ends_its_streams_and_opens_no_more() {
    let world = World::new().await;
    let (stream, _) = listen(&world, &world.ask(&world.internal), None).await;

    world.kernel.end_streams();

    assert!(ends(stream).await);
    let refused = world.kernel.subscribe(&world.ask(&world.internal), None, None).await;
    assert!(matches!(refused.unwrap_err(), KernelError::NoMoreStreams));
}
