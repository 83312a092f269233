//! Keys for programs.

use chrono::TimeDelta;
use guildhall_core::{Caller, Clock as _, PageRequest, Principal};
use guildhall_identity::IdentityError;
use guildhall_kernel::{
    Bearer, ChangeWorkspace, CreateApiKey, InviteMember, KernelError, Request, Unauthenticated, code,
};
use guildhall_tenancy::{Requested, WorkspaceRole};

use crate::support::{World, parsed};

fn key(read_only: bool) -> CreateApiKey {
    CreateApiKey { name: parsed("Script"), read_only, expires_at: None }
}

async fn enter(world: &World, key: &str) -> Result<Caller, Unauthenticated> {
    world.kernel.enter(&Requested::Platform, Some(Bearer::Token(key))).await.unwrap().caller
}

/// A request by a key of the admin's.
async fn by_key(world: &World, read_only: bool) -> Request {
    let ask = world.ask(&world.admin);
    let made = world.kernel.create_api_key(&ask, key(read_only)).await.unwrap();
    Request { caller: enter(world, &made.reveal()).await.unwrap(), ..ask }
}

#[tokio::test]
async fn a_key_acts_for_its_user_in_its_workspace() {
    let world = World::new().await;
    let ask = by_key(&world, false).await;

    assert_eq!(ask.caller.principal(), Principal::User(world.admin.id));
    assert_eq!(ask.caller.workspace(), Some(world.workspace.id));
    let rename = ChangeWorkspace { name: Some(parsed("Renamed")), ..ChangeWorkspace::default() };
    assert!(world.kernel.update_workspace(&ask, rename).await.is_ok());
}

#[tokio::test]
async fn a_read_only_key_reads_and_changes_nothing() {
    let world = World::new().await;
    let ask = by_key(&world, true).await;
    let before = world.next_seq().await;

    let rename = ChangeWorkspace { name: Some(parsed("Renamed")), ..ChangeWorkspace::default() };
    let refused = world.kernel.update_workspace(&ask, rename).await;

    assert!(matches!(refused, Err(KernelError::ReadOnlyKey)));
    assert!(world.kernel.find_workspace(&ask).await.is_ok());
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn a_key_makes_no_credentials() {
    let world = World::new().await;
    let ask = by_key(&world, false).await;
    let guest = InviteMember {
        email: parsed("guest@elsewhere.test"),
        role: WorkspaceRole::External,
        node_ids: None,
        firstname: None,
        lastname: None,
    };

    let another = world.kernel.create_api_key(&ask, key(false)).await;
    let invited = world.kernel.invite_member(&ask, guest).await;
    let switched = world.kernel.switch_workspace(&ask, world.workspace.id).await;

    assert!(matches!(another, Err(KernelError::TokenAudience)));
    assert!(matches!(invited, Err(KernelError::KeyMakesNoCredentials)));
    assert!(matches!(switched, Err(KernelError::TokenAudience)));
}

#[tokio::test]
async fn a_replaced_and_an_ended_key_open_nothing() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let made = world.kernel.create_api_key(&ask, key(false)).await.unwrap();
    let rotated = world.kernel.rotate_api_key(&ask, made.key.id).await.unwrap();

    assert_eq!(enter(&world, &made.reveal()).await, Err(Unauthenticated::Invalid));
    assert!(enter(&world, &rotated.reveal()).await.is_ok());
    world.kernel.delete_api_key(&ask, made.key.id).await.unwrap();
    assert_eq!(enter(&world, &rotated.reveal()).await, Err(Unauthenticated::Invalid));
}

#[tokio::test]
async fn a_key_ends_at_its_time() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let soon = CreateApiKey { expires_at: Some(world.clock().now() + TimeDelta::hours(1)), ..key(false) };
    let made = world.kernel.create_api_key(&ask, soon.clone()).await.unwrap();

    world.clock().advance(TimeDelta::hours(1));

    assert_eq!(enter(&world, &made.reveal()).await, Err(Unauthenticated::Invalid));
    let late = world.kernel.create_api_key(&ask, soon).await;
    assert!(matches!(late, Err(KernelError::Identity(IdentityError::ExpiryPassed))));
}

#[tokio::test]
async fn a_key_ends_with_the_membership() {
    let world = World::new().await;
    let his = world.kernel.create_api_key(&world.ask(&world.internal), key(false)).await.unwrap();

    world.kernel.remove_member(&world.ask(&world.admin), world.internal.id, None).await.unwrap();

    assert_eq!(enter(&world, &his.reveal()).await, Err(Unauthenticated::Invalid));
}

#[tokio::test]
async fn a_key_ends_with_its_user() {
    let world = World::new().await;
    let his = world.kernel.create_api_key(&world.ask(&world.internal), key(false)).await.unwrap();
    let platform = world.ask_platform(&world.platform_admin);

    world.kernel.update_user(&platform, world.internal.id, false).await.unwrap();
    world.kernel.update_user(&platform, world.internal.id, true).await.unwrap();

    assert_eq!(enter(&world, &his.reveal()).await, Err(Unauthenticated::Invalid));
}

#[tokio::test]
async fn nobody_sees_or_ends_the_keys_of_others() {
    let world = World::new().await;
    let his = world.kernel.create_api_key(&world.ask(&world.internal), key(false)).await.unwrap();
    let ask = world.ask(&world.admin);

    let listed = world.kernel.list_api_keys(&ask, &PageRequest::default()).await.unwrap();
    let rotated = world.kernel.rotate_api_key(&ask, his.key.id).await;
    let ended = world.kernel.delete_api_key(&ask, his.key.id).await;

    assert_eq!(listed.items, []);
    assert!(matches!(rotated, Err(KernelError::NotFound)));
    assert!(matches!(ended, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn external_members_make_no_keys() {
    let world = World::new().await;

    let refused = world.kernel.create_api_key(&world.ask(&world.external), key(false)).await;

    assert!(matches!(refused, Err(KernelError::Forbidden(lacking)) if lacking == code::API_KEY_CREATE));
}
