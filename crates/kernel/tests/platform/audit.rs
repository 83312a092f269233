//! The log: who reads it, and that taking it away is in it.

use guildhall_core::{Name, PageRequest, PermissionCode, RowVersion};
use guildhall_kernel::{EventFilter, KernelError, RenameWorkspace, Request, code};

use crate::support::{World, parsed};

fn of_kind(kind: &str) -> EventFilter {
    EventFilter { kind: Some(parsed::<Name>(kind)), ..EventFilter::default() }
}

fn forbids<T>(end: &Result<T, KernelError>, code: &PermissionCode) -> bool {
    matches!(end, Err(KernelError::Forbidden(lacking)) if lacking == code)
}

#[tokio::test]
async fn an_admin_reads_the_log_newest_first_and_page_by_page() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    for _ in 0..2 {
        world.kernel.begin_export(&ask).await.unwrap();
    }

    let page = PageRequest { limit: 1, after: None };
    let first = world.kernel.list_events(&ask, &of_kind("audit.exported"), &page).await.unwrap();
    let rest = PageRequest { limit: 50, after: first.next.clone() };
    let second = world.kernel.list_events(&ask, &of_kind("audit.exported"), &rest).await.unwrap();

    assert_eq!((first.items.len(), second.items.len(), second.next), (1, 1, None));
    assert!(first.items[0].seq > second.items[0].seq);
}

#[tokio::test]
async fn the_log_is_asked_by_actor_and_by_time() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    world.kernel.begin_export(&ask).await.unwrap();
    let page = PageRequest::default();

    let his = EventFilter { actor_id: Some(world.admin.id.uuid()), ..EventFilter::default() };
    let found = world.kernel.list_events(&ask, &his, &page).await.unwrap();
    assert!(
        !found.items.is_empty() && found.items.iter().all(|event| event.actor.id == world.admin.id.uuid())
    );

    let later = EventFilter { since: Some(parsed("2030-01-01T00:00:00Z")), ..EventFilter::default() };
    assert_eq!(world.kernel.list_events(&ask, &later, &page).await.unwrap().items, []);
}

#[tokio::test]
async fn nobody_else_reads_or_exports_the_log() {
    let world = World::new().await;
    let before = world.next_seq().await;
    let page = PageRequest::default();

    for user in [&world.internal, &world.external, &world.platform_admin] {
        let ask = world.ask(user);
        let read = world.kernel.list_events(&ask, &EventFilter::default(), &page).await;
        assert!(forbids(&read, &code::AUDIT_READ));
        assert!(forbids(&world.kernel.begin_export(&ask).await, &code::AUDIT_READ));
    }

    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn an_act_on_a_workspace_stands_in_its_log_and_in_systems() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let rename = RenameWorkspace { name: Some(parsed("Renamed")), prefix: None };
    world.kernel.rename_workspace(&ask, world.workspace.id, rename).await.unwrap();
    let (page, renamed) = (PageRequest::default(), of_kind("workspace.renamed"));

    let inside = world.kernel.list_events(&world.ask(&world.admin), &renamed, &page).await.unwrap();
    let outside = world.kernel.list_events(&world.ask_in_system(), &renamed, &page).await.unwrap();

    for events in [inside.items, outside.items] {
        let [event] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(event.subject.id, world.workspace.id.uuid());
        assert_eq!(event.actor.id, world.platform_admin.id.uuid());
        assert_eq!(event.origin.workspace_id, None);
    }
}

#[tokio::test]
async fn a_refused_act_stands_in_no_log() {
    let world = World::new().await;
    let before = world.next_seq().await;
    let ask = Request { if_match: Some(RowVersion::new(9)), ..world.ask_platform(&world.platform_admin) };
    let rename = RenameWorkspace { name: Some(parsed("Renamed")), prefix: None };

    let refused = world.kernel.rename_workspace(&ask, world.workspace.id, rename).await;

    assert!(matches!(refused, Err(KernelError::Stale)));
    assert_eq!(world.next_seq().await, before);
}
