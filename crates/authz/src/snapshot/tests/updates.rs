//! Snapshots made from other snapshots. That they answer as compiled ones do is what tests/random_worlds.rs is about.

use super::*;

/// Whether the world's user may read on an account, by a snapshot.
fn reads(snapshot: &Snapshot, world: &World, account: AccountId) -> bool {
    snapshot.allows(world.principal(), &Permission::platform(READ), account, world.now())
}

#[test]
fn a_change_leaves_the_snapshot_that_it_was_made_from_alone() {
    let mut world = World::new();
    let before = world.snapshot();
    world.grant(world.reader, world.nodes[0]);

    let after = before.with_holder(world.principal().into(), &world.facts).unwrap();

    assert!(!reads(&before, &world, world.projects[0]));
    assert!(reads(&after, &world, world.projects[0]));
}

#[test]
fn of_a_holders_facts_only_his_own_are_read() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[0]);
    let machine = Holder::ServiceAccount(guildhall_core::ServiceAccountId::new(world.ids.uuid()));

    let other = World::new().snapshot().with_holder(machine, &world.facts).unwrap();

    assert!(!reads(&other, &world, world.nodes[0]));
}

#[test]
fn what_is_held_moves_with_its_account() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[0]);
    let before = world.snapshot();
    let moved = Account { id: world.nodes[1], parent: Some(world.nodes[0]), kind: AccountKind::Node };

    let after = before.with_accounts(&[moved]).unwrap();

    assert!(!reads(&before, &world, world.projects[1]) && reads(&after, &world, world.projects[1]));
    let [n1, n2] = world.nodes;
    assert_eq!(after.path(world.projects[1])[..3], [world.projects[1], n2, n1]);
}

#[test]
fn an_account_never_moves_below_itself() {
    let world = World::new();
    let moved = Account { id: world.workspace, parent: Some(world.nodes[0]), kind: AccountKind::Workspace };

    let refused = world.snapshot().with_accounts(&[moved]);

    assert_eq!(refused.err(), Some(AuthzError::Cycle { account: world.workspace }));
}

#[test]
fn an_account_that_comes_back_comes_back_bare() {
    let mut world = World::new();
    world.grant(world.reader, world.projects[0]);
    let gone = world.snapshot().without_account(world.nodes[0]);
    let node = Account { id: world.nodes[0], parent: Some(world.workspace), kind: AccountKind::Node };
    let project = Account { id: world.projects[0], parent: Some(node.id), kind: AccountKind::Project };

    let back = gone.with_accounts(&[node, project]).unwrap();

    assert!(!gone.contains(world.projects[0]) && gone.contains(world.projects[1]));
    assert!(back.contains(world.projects[0]) && !reads(&back, &world, world.projects[0]));
}

#[test]
fn a_role_that_is_left_out_holds_nothing_until_it_comes_back() {
    let mut world = World::new();
    world.grant(world.reader, world.root);
    let before = world.snapshot();

    let without = before.with_roles(&[]).unwrap();
    let back = without.with_roles(&world.facts.roles).unwrap();

    assert!(!reads(&without, &world, world.root) && reads(&back, &world, world.root));
    let refused = without.with_holder(world.principal().into(), &world.facts);
    assert_eq!(refused.err(), Some(AuthzError::UnknownRole { role: world.reader }));
}

#[test]
fn auto_roles_follow_mappings_and_products_in_use() {
    let mut world = World::new();
    let product = world.review();
    let (project, permission) = (world.projects[0], Permission::product(product, READ));
    let allows = |snapshot: &Snapshot| snapshot.allows(world.principal(), &permission, project, world.now());
    let before = world.snapshot();

    let unmapped = before.with_mappings(&[]).unwrap();
    let unused = before.with_products_in_use(project, BTreeSet::new()).unwrap();
    let used_again = unused.with_products_in_use(project, [product].into()).unwrap();

    assert!(allows(&before) && !allows(&unmapped) && !allows(&unused) && allows(&used_again));
    let refused = before.with_products_in_use(world.nodes[0], BTreeSet::new());
    assert_eq!(refused.err(), Some(AuthzError::NotAProject { account: world.nodes[0] }));
}

#[test]
fn a_page_of_a_list_knows_how_long_the_whole_is() {
    let mut world = World::new();
    world.grant(world.reader, world.root);
    let page = ListQuery { offset: 4, limit: 1, ..ListQuery::all(world.root) };

    let listed = world.snapshot().list(world.principal(), &page, world.now());

    assert_eq!(listed.total_count, 6);
    assert_eq!(listed.accounts, [(world.nodes[1], [READ].into())]);
}
