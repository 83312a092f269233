//! Facts that contradict themselves.

use super::*;

#[test]
fn an_account_above_itself_is_refused() {
    let mut world = World::new();
    let [first, second] = world.nodes;
    for account in &mut world.facts.accounts {
        match account.id {
            id if id == first => account.parent = Some(second),
            id if id == second => account.parent = Some(first),
            _ => {}
        }
    }

    assert_eq!(world.error(), AuthzError::Cycle { account: first });
}

#[test]
fn accounts_that_are_named_and_not_there_are_refused() {
    let world = World::new();
    let account = AccountId::new(world.ids.uuid());
    let product = ProductId::new(world.ids.uuid());
    let strays: [fn(&mut World, AccountId, ProductId); 3] = [
        |world, account, _| _ = world.grant(world.reader, account),
        |world, account, product| world.facts.products_in_use.push(ProductInUse { account, product }),
        |world, account, _| {
            let user = world.user;
            world.facts.members.push(ProjectMember { account, user, meta_roles: vec![] });
        },
    ];

    for stray in strays {
        let mut world = World::new();
        stray(&mut world, account, product);

        assert_eq!(world.error(), AuthzError::UnknownAccount { account });
    }
}

#[test]
fn a_parent_that_is_not_there_is_refused() {
    let mut world = World::new();
    let parent = AccountId::new(world.ids.uuid());
    world.facts.accounts[1].parent = Some(parent);

    assert_eq!(world.error(), AuthzError::UnknownParent { account: world.workspace, parent });
}

#[test]
fn an_account_or_a_role_that_is_there_twice_is_refused() {
    let (mut accounts, mut roles) = (World::new(), World::new());
    let again = Account { parent: None, ..accounts.facts.accounts[1] };
    accounts.facts.accounts.push(again);
    let again = roles.facts.roles[0].clone();
    roles.facts.roles.push(again);

    assert_eq!(accounts.error(), AuthzError::DuplicateAccount { account: accounts.workspace });
    assert_eq!(roles.error(), AuthzError::DuplicateRole { role: roles.reader });
}

#[test]
fn a_role_that_is_named_and_not_there_is_refused() {
    let (mut grants, mut mappings) = (World::new(), World::new());
    let role = RoleId::new(grants.ids.uuid());
    grants.grant(role, grants.root);
    mappings.facts.mappings.push(Mapping { role, meta_role: VIEWER });

    assert_eq!(grants.error(), AuthzError::UnknownRole { role });
    assert_eq!(mappings.error(), AuthzError::UnknownRole { role });
}

#[test]
fn a_members_account_must_be_a_projects() {
    let mut world = World::new();
    let account = world.nodes[0];
    world.facts.members.push(ProjectMember { account, user: world.user, meta_roles: vec![VIEWER] });

    assert_eq!(world.error(), AuthzError::NotAProject { account });
}

#[test]
fn a_products_role_with_a_code_of_the_platform_is_refused() {
    let mut world = World::new();
    let permission = Permission::platform(READ);
    let owner = Owner::Product(ProductId::new(world.ids.uuid()));
    let forged = Role { permissions: [permission.clone()].into(), ..role(&world.ids, owner, []) };
    world.facts.roles.push(forged.clone());

    assert_eq!(world.error(), AuthzError::ForeignPermission { role: forged.id, permission });
}
