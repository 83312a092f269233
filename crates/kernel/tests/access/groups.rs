//! Groups: what is granted to them, their members hold.

use guildhall_authz::{AuthzError, GroupPatch, Holder};
use guildhall_core::PageRequest;
use guildhall_kernel::{BuiltinRole, CreateGroup, KernelError, code};
use guildhall_tenancy::WorkspaceRole;

use super::{lacking, refused};
use crate::support::{World, parsed};

#[tokio::test]
async fn members_hold_what_their_group_holds_until_they_leave_it() {
    let world = World::new().await;
    let node = world.node(None).await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let role = BuiltinRole::Assigned.id();
    world.grant(&world.admin, Holder::Group(group), role, node.account()).await.unwrap();
    let before = world.codes_on(&world.external, node).await;

    world.kernel.add_group_member(&world.ask(&world.admin), group, world.external.id).await.unwrap();
    let within = world.codes_on(&world.external, node).await;
    world.kernel.remove_group_member(&world.ask(&world.admin), group, world.external.id).await.unwrap();
    let after = world.codes_on(&world.external, node).await;

    assert_eq!((before, after), (Vec::new(), Vec::new()));
    assert_eq!(within, [code::NODE_READ]);
}

#[tokio::test]
async fn to_add_or_remove_somebody_twice_changes_nothing() {
    let world = World::new().await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let ask = world.ask(&world.admin);
    world.kernel.add_group_member(&ask, group, world.external.id).await.unwrap();
    let before = world.next_seq().await;

    world.kernel.add_group_member(&ask, group, world.external.id).await.unwrap();
    world.kernel.remove_group_member(&ask, group, world.internal.id).await.unwrap();

    assert_eq!(world.next_seq().await, before);
    let members = world.kernel.list_group_members(&ask, group, &PageRequest::default()).await.unwrap();
    assert_eq!(members.items.iter().map(|member| member.user.id).collect::<Vec<_>>(), [world.external.id]);
}

#[tokio::test]
async fn a_group_takes_members_of_the_workspace_alone() {
    let world = World::new().await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let ask = world.ask(&world.admin);

    let added = world.kernel.add_group_member(&ask, group, world.platform_admin.id).await;
    let removed = world.kernel.remove_group_member(&ask, group, world.platform_admin.id).await;

    assert!(matches!(added, Err(KernelError::NotFound)), "{added:?}");
    assert!(matches!(removed, Err(KernelError::NotFound)), "{removed:?}");
}

#[tokio::test]
async fn who_leaves_the_workspace_leaves_its_groups() {
    let world = World::new().await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let ask = world.ask(&world.admin);
    world.kernel.add_group_member(&ask, group, world.external.id).await.unwrap();

    world.kernel.remove_member(&ask, world.external.id, None).await.unwrap();

    assert_eq!(world.unit().await.group_members().list_by_user(world.external.id).await, Ok(vec![]));
}

#[tokio::test]
async fn a_suspended_member_holds_nothing_by_his_groups() {
    let world = World::new().await;
    let node = world.node(None).await;
    let group = world.group("Planners", world.workspace.account_id).await;
    let role = BuiltinRole::Assigned.id();
    world.grant(&world.admin, Holder::Group(group), role, node.account()).await.unwrap();
    world.kernel.add_group_member(&world.ask(&world.admin), group, world.external.id).await.unwrap();
    let suspended = guildhall_kernel::ChangeMember {
        state: Some(guildhall_tenancy::MemberState::Suspended),
        ..Default::default()
    };

    world.kernel.update_member(&world.ask(&world.admin), world.external.id, suspended).await.unwrap();

    assert_eq!(world.codes_on(&world.external, node).await, Vec::new());
}

#[tokio::test]
async fn two_groups_are_not_called_alike_in_any_case() {
    let world = World::new().await;
    let (first, second) = (
        world.group("Über", world.workspace.account_id).await,
        world.group("B", world.workspace.account_id).await,
    );
    let command = CreateGroup { name: parsed("über"), description: None, account_id: None };

    let made = world.kernel.create_group(&world.ask(&world.admin), command).await;
    let patch = GroupPatch { name: Some(parsed("ÜBER")), description: None };
    let renamed = world.kernel.update_group(&world.ask(&world.admin), second, patch.clone()).await;
    let itself = world.kernel.update_group(&world.ask(&world.admin), first, patch).await;

    assert!(matches!(made, Err(KernelError::Authz(AuthzError::GroupNameTaken { .. }))), "{made:?}");
    assert!(matches!(renamed, Err(KernelError::Authz(AuthzError::GroupNameTaken { .. }))), "{renamed:?}");
    assert_eq!(itself.unwrap().group.name, parsed("ÜBER"));
}

#[tokio::test]
async fn a_group_ends_with_all_that_it_held() {
    let world = World::new().await;
    let node = world.node(None).await;
    let group = world.group("Planners", node.account()).await;
    let role = BuiltinRole::Assigned.id();
    world.grant(&world.admin, Holder::Group(group), role, node.account()).await.unwrap();
    world.kernel.add_group_member(&world.ask(&world.admin), group, world.external.id).await.unwrap();
    let before = world.next_seq().await;

    world.kernel.delete_group(&world.ask(&world.admin), group).await.unwrap();

    assert_eq!(world.next_seq().await, before + 3);
    assert_eq!(world.unit().await.grants().list_by_holder(Holder::Group(group)).await, Ok(vec![]));
    assert_eq!(world.codes_on(&world.external, node).await, Vec::new());
}

#[tokio::test]
async fn groups_are_not_there_for_whoever_may_do_nothing_with_them() {
    let world = World::new().await;
    let group = world.group("Planners", world.workspace.account_id).await;

    for user in [&world.internal, &world.external] {
        let listed = world.kernel.list_groups(&world.ask(user), &PageRequest::default()).await;
        let found = world.kernel.find_group(&world.ask(user), group).await;
        let members = world.kernel.list_group_members(&world.ask(user), group, &PageRequest::default()).await;

        assert_eq!(lacking(listed), Some(code::GROUP_MANAGE));
        assert!(matches!(found, Err(KernelError::NotFound)), "{found:?}");
        assert!(matches!(members, Err(KernelError::NotFound)), "{members:?}");
    }
}

#[tokio::test]
async fn who_manages_groups_of_a_node_manages_no_others() {
    let world = World::new().await;
    let (node, elsewhere) = (world.node(None).await, world.node(None).await);
    let role = world.role("KEEPER", &["GROUP_MANAGE"]).await;
    world.grant(&world.admin, Holder::User(world.internal.id), role, node.account()).await.unwrap();
    let ours = world.group("Ours", node.account()).await;
    let theirs = world.group("Theirs", elsewhere.account()).await;
    let ask = world.ask(&world.internal);
    let make = |account| CreateGroup { name: parsed("New"), description: None, account_id: Some(account) };

    let listed = world.kernel.list_groups(&ask, &PageRequest::default()).await.unwrap();
    let there = world.kernel.create_group(&ask, make(elsewhere.account())).await;
    let above = world.kernel.create_group(&ask, make(world.workspace.account_id)).await;
    let unknown = world.kernel.create_group(&ask, make(world.other.account_id)).await;
    let here = world.kernel.create_group(&ask, make(node.account())).await;

    assert_eq!(listed.items.iter().map(|shown| shown.group.id).collect::<Vec<_>>(), [ours]);
    assert!(matches!(world.kernel.delete_group(&ask, theirs).await, Err(KernelError::NotFound)));
    assert_eq!(refused(there), Some("unknown_account"), "he is not assigned there");
    assert_eq!(lacking(above), Some(code::GROUP_MANAGE));
    assert_eq!(refused(unknown), Some("unknown_account"));
    assert_eq!(here.unwrap().into_inner().permissions, [code::GROUP_MANAGE]);
}

#[tokio::test]
async fn to_put_somebody_into_a_group_is_to_grant_him_what_it_holds() {
    let world = World::new().await;
    let node = world.node(None).await;
    let keeper = world.role("KEEPER", &["GROUP_MANAGE"]).await;
    let manager = world.role("MANAGER", &["NODE_MANAGE"]).await;
    let group = world.group("Planners", node.account()).await;
    world.grant(&world.admin, Holder::Group(group), manager, node.account()).await.unwrap();
    world.grant(&world.admin, Holder::User(world.internal.id), keeper, node.account()).await.unwrap();
    let colleague = world.add_member("colleague@first.test", WorkspaceRole::Internal).await;
    let before = world.next_seq().await;

    let himself = world.kernel.add_group_member(&world.ask(&world.internal), group, world.internal.id).await;
    let another = world.kernel.add_group_member(&world.ask(&world.internal), group, colleague.id).await;

    assert_eq!(lacking(himself), Some(code::ROLE_GRANT));
    assert_eq!(lacking(another), Some(code::ROLE_GRANT));
    assert_eq!(world.unit().await.group_members().list().await, Ok(vec![]));
    assert_eq!(world.next_seq().await, before + 2, "each refusal is recorded");
}
