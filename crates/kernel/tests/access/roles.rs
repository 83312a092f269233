//! Roles of the workspace's own.

use std::collections::BTreeSet;

use guildhall_authz::{AuthzError, Holder, Owner, Permission};
use guildhall_core::{PageRequest, RowVersion};
use guildhall_kernel::{BuiltinRole, ChangeRole, CreateRole, KernelError, code};

use super::{lacking, refused};
use crate::{
    catalogue::published,
    support::{World, parsed},
};

fn spelled(permissions: &[&str]) -> CreateRole {
    let permissions = permissions.iter().map(|permission| parsed(permission)).collect();
    CreateRole { code: parsed("OWN"), name: parsed("Own"), permissions }
}

#[tokio::test]
async fn a_role_of_the_workspaces_own_gives_what_it_holds() {
    let world = World::new().await;
    let node = world.node(None).await;
    let role = world.role("KEEPER", &["NODE_MANAGE"]).await;
    let assigned = BuiltinRole::Assigned.id();
    for role in [role, assigned] {
        world.grant(&world.admin, Holder::User(world.external.id), role, node.account()).await.unwrap();
    }

    assert_eq!(world.codes_on(&world.external, node).await, [code::NODE_READ, code::NODE_MANAGE]);
}

#[tokio::test]
async fn the_platforms_codes_that_are_not_delegable_stay_out_of_own_roles() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);

    for code in code::ALL {
        let made = world.kernel.create_role(&ask, spelled(&[code.as_str()])).await;
        match made {
            Ok(made) => {
                assert!(guildhall_kernel::builtin::is_delegable(code), "{code}");
                world.kernel.delete_role(&ask, made.into_inner().role.id).await.unwrap();
            }
            Err(_) => assert_eq!(refused(made), Some("permission_not_delegable"), "{code}"),
        }
    }
}

#[tokio::test]
async fn a_code_that_two_products_spell_needs_its_product() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let (first, _) = published(&world, &ask, &[]).await;
    let alone = world.kernel.create_role(&ask, spelled(&["ADD_REVIEW"])).await.unwrap().into_inner();
    let (second, _) = published(&world, &ask, &[]).await;
    let again = |text: String| CreateRole { code: parsed("AGAIN"), ..spelled(&[&text]) };

    let ambiguous = world.kernel.create_role(&ask, again("ADD_REVIEW".into())).await;
    let qualified = world.kernel.create_role(&ask, again(format!("{second}/ADD_REVIEW"))).await.unwrap();
    let unknown = world.kernel.create_role(&ask, again(format!("{second}/NOTHING"))).await;
    let bare = world.kernel.create_role(&ask, again("NOTHING".into())).await;

    let of = |product| BTreeSet::from([Permission::product(product, parsed("ADD_REVIEW"))]);
    assert_eq!(alone.role.permissions, of(first));
    assert_eq!(refused(ambiguous), Some("permission_ambiguous"));
    assert_eq!(qualified.into_inner().role.permissions, of(second));
    assert_eq!((refused(unknown), refused(bare)), (Some("unknown_permission"), Some("unknown_permission")));
}

#[tokio::test]
async fn roles_are_spelled_once_and_not_like_the_platforms() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    world.kernel.create_role(&ask, spelled(&[])).await.unwrap();

    let twice = world.kernel.create_role(&ask, spelled(&[])).await;
    let owner = world.kernel.create_role(&ask, CreateRole { code: parsed("OWNER"), ..spelled(&[]) }).await;

    for taken in [twice, owner] {
        assert!(matches!(taken, Err(KernelError::Authz(AuthzError::RoleCodeTaken { .. }))), "{taken:?}");
    }
}

#[tokio::test]
async fn a_changed_role_changes_what_its_holders_may_do() {
    let world = World::new().await;
    let node = world.node(None).await;
    let role = world.role("KEEPER", &["NODE_MANAGE"]).await;
    for role in [role, BuiltinRole::Assigned.id()] {
        world.grant(&world.admin, Holder::User(world.external.id), role, node.account()).await.unwrap();
    }
    let change = ChangeRole { permissions: Some(vec![parsed("ROLE_GRANT")]), ..ChangeRole::default() };
    let mut ask = world.ask(&world.admin);
    ask.if_match = Some(RowVersion::FIRST);

    let changed = world.kernel.update_role(&ask, role, change.clone()).await.unwrap();
    let stale = world.kernel.update_role(&ask, role, change).await;

    assert_eq!(changed.version, Some(RowVersion::FIRST.next()));
    assert!(matches!(stale, Err(KernelError::Stale)), "{stale:?}");
    assert_eq!(world.codes_on(&world.external, node).await, [code::NODE_READ, code::ROLE_GRANT]);
}

#[tokio::test]
async fn a_role_goes_when_nobody_holds_it() {
    let world = World::new().await;
    let role = world.role("KEEPER", &["NODE_MANAGE"]).await;
    let account = world.workspace.account_id;
    let grant = world.grant(&world.admin, Holder::User(world.external.id), role, account).await.unwrap();
    let ask = world.ask(&world.admin);

    let held = world.kernel.delete_role(&ask, role).await;
    world.kernel.delete_grant(&ask, grant).await.unwrap();
    world.kernel.delete_role(&ask, role).await.unwrap();

    assert!(matches!(held, Err(KernelError::Authz(AuthzError::RoleInUse { grants: 1 }))), "{held:?}");
    assert!(matches!(world.kernel.find_role(&ask, role).await, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn the_list_has_the_platforms_roles_the_own_ones_and_the_products() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);
    let (product, _) = published(&world, &ask, &[]).await;
    world.role("KEEPER", &["NODE_MANAGE"]).await;

    let listed = world.kernel.list_roles(&ask, &PageRequest::default()).await.unwrap();

    let codes: Vec<_> = listed.items.iter().map(|shown| shown.role.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "ASSIGNED",
            "CONTRIBUTOR",
            "EXTERNAL",
            "INTERNAL",
            "OWNER",
            "VIEWER",
            "WORKSPACE_ADMIN",
            "KEEPER",
            "REVIEWER"
        ]
    );
    assert_eq!(listed.items[7].role.owner, Owner::Workspace(world.workspace.id));
    assert_eq!(listed.items[8].role.owner, Owner::Product(product));
    let grantable = listed.items.iter().filter(|shown| shown.grantable).map(|shown| shown.role.code.as_str());
    assert_eq!(
        grantable.collect::<Vec<_>>(),
        ["ASSIGNED", "CONTRIBUTOR", "OWNER", "VIEWER", "KEEPER", "REVIEWER"]
    );
}

#[tokio::test]
async fn roles_of_others_are_seen_and_not_changed_here() {
    let world = World::new().await;
    let ask = world.ask(&world.admin);

    let builtin = world.kernel.update_role(&ask, BuiltinRole::Owner.id(), ChangeRole::default()).await;
    let hidden = world.kernel.delete_role(&ask, BuiltinRole::PlatformAdmin.id()).await;

    assert_eq!(refused(builtin), Some("role_of_another_owner"));
    assert!(matches!(hidden, Err(KernelError::NotFound)), "{hidden:?}");
}

#[tokio::test]
async fn who_may_do_nothing_with_roles_sees_none() {
    let world = World::new().await;
    let role = world.role("KEEPER", &["NODE_MANAGE"]).await;

    for user in [&world.internal, &world.external] {
        let ask = world.ask(user);

        assert_eq!(
            lacking(world.kernel.list_roles(&ask, &PageRequest::default()).await),
            Some(code::ROLE_READ)
        );
        assert_eq!(lacking(world.kernel.find_role(&ask, role).await), Some(code::ROLE_READ));
        assert_eq!(lacking(world.kernel.create_role(&ask, spelled(&[])).await), Some(code::ROLE_MANAGE));
    }
}
