//! Going on in another workspace.

use chrono::TimeDelta;
use guildhall_core::WorkspaceId;
use guildhall_kernel::{KernelError, NameAdmin, SignedIn, SwitchIn, Unauthenticated};

use super::{forged, from, secret_of, signed_in};
use crate::support::{World, parsed};

/// A world whose admin is one of both workspaces, and his session in the first.
async fn world_of_two() -> (World, SignedIn) {
    let world = World::new().await;
    let admin = NameAdmin {
        email: parsed("admin@first.test"),
        firstname: parsed("Test"),
        lastname: parsed("Person"),
        password: None,
    };
    let ask = world.ask_platform(&world.platform_admin);
    world.kernel.name_workspace_admin(&ask, world.other.id, admin).await.unwrap();
    let session = signed_in(&world).await;
    (world, session)
}

fn arrive(code: &str, workspace: Option<WorkspaceId>) -> SwitchIn {
    let request_id = parsed("01900000-0000-7000-8000-0000000000aa");
    SwitchIn { code: code.to_owned(), workspace, address: None, request_id }
}

#[expect(clippy::needless_pass_by_value, reason = "a result is made to be asserted, and nothing else")]
fn refused(end: Result<SignedIn, KernelError>) -> bool {
    matches!(end, Err(KernelError::Unauthenticated(Unauthenticated::WrongCredentials)))
}

#[tokio::test]
async fn a_code_opens_a_session_in_its_workspace_once() {
    let (world, session) = world_of_two().await;
    let ask = from(&world, &world.admin, &session);

    let url = world.kernel.switch_workspace(&ask, world.other.id).await.unwrap();
    assert!(url.starts_with("http://second.localhost:8080/"), "{url}");
    let arrived = world.kernel.sign_in_by_switch(arrive(&secret_of(&url), Some(world.other.id))).await;
    let again = world.kernel.sign_in_by_switch(arrive(&secret_of(&url), Some(world.other.id))).await;

    let arrived = arrived.unwrap();
    assert_eq!(arrived.session.workspace_id, Some(world.other.id));
    assert_eq!(arrived.user.id, world.admin.id);
    assert!(refused(again));
}

#[tokio::test]
async fn a_code_opens_nothing_elsewhere() {
    let (world, session) = world_of_two().await;
    let ask = from(&world, &world.admin, &session);
    let url = world.kernel.switch_workspace(&ask, world.other.id).await.unwrap();

    for place in [None, Some(world.workspace.id), Some(WorkspaceId::SYSTEM)] {
        assert!(refused(world.kernel.sign_in_by_switch(arrive(&secret_of(&url), place)).await));
    }
}

#[tokio::test]
async fn a_code_ends_with_its_minute_and_with_the_session_that_it_came_from() {
    let (world, session) = world_of_two().await;
    let ask = from(&world, &world.admin, &session);
    let late = world.kernel.switch_workspace(&ask, world.other.id).await.unwrap();
    world.clock().advance(TimeDelta::seconds(60));
    let orphan = world.kernel.switch_workspace(&ask, world.other.id).await.unwrap();
    world.kernel.sign_out(&ask).await.unwrap();

    for url in [late, orphan] {
        assert!(refused(
            world.kernel.sign_in_by_switch(arrive(&secret_of(&url), Some(world.other.id))).await
        ));
    }
}

#[tokio::test]
async fn what_is_no_code_opens_nothing() {
    let (world, _) = world_of_two().await;
    let reset = world.kernel.reset_link_by_operator(&parsed("admin@first.test")).await.unwrap();

    for code in [forged(), "nonsense".to_owned(), secret_of(&reset)] {
        assert!(refused(world.kernel.sign_in_by_switch(arrive(&code, Some(world.other.id))).await));
    }
}

#[tokio::test]
async fn nobody_switches_to_where_he_is_no_member() {
    let world = World::new().await;
    let ask = from(&world, &world.admin, &signed_in(&world).await);

    for id in [world.other.id, WorkspaceId::SYSTEM, WorkspaceId::new(world.admin.id.uuid())] {
        let end = world.kernel.switch_workspace(&ask, id).await;
        assert!(matches!(end, Err(KernelError::NotFound)));
    }
}
