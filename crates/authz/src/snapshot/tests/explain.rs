//! Why, and why not.

use guildhall_core::GrantId;

use super::*;
use crate::{Explanation, Reason, Source};

fn explain(world: &World, permission: &Permission, account: AccountId) -> Explanation {
    world.snapshot().explain(world.principal(), permission, account, world.now())
}

#[test]
fn every_reason_is_named_the_nearest_account_first() {
    let mut world = World::new();
    let (id, group) = (GrantId::new(world.ids.uuid()), GroupId::new(world.ids.uuid()));
    world.grant(world.reader, world.workspace);
    world.grant(world.reader, world.projects[0]).id = Some(id);
    world.facts.group_members.push(GroupMember { group, user: world.user });
    world.facts.grants.push(Grant::derived(Holder::Group(group), world.reader, world.nodes[0]));

    let explanation = explain(&world, &Permission::platform(READ), world.projects[0]);

    let reason =
        |account, group, source| Reason { account, role: world.reader, group, source, expires_at: None };
    assert!(explanation.allowed() && explanation.expired.is_empty());
    assert_eq!(explanation.path, [world.projects[0], world.nodes[0], world.workspace, world.root]);
    assert_eq!(
        explanation.reasons,
        [
            reason(world.projects[0], None, Source::Grant(id)),
            reason(world.nodes[0], Some(group), Source::Derived),
            reason(world.workspace, None, Source::Derived),
        ]
    );
}

#[test]
fn an_auto_role_is_told_apart_and_names_product_and_meta_role() {
    let mut world = World::new();
    let product = world.review();

    let explanation = explain(&world, &Permission::product(product, READ), world.projects[0]);

    let source = Source::AutoRole { product, meta_role: CONTRIBUTOR };
    assert_eq!(explanation.reasons.iter().map(|reason| &reason.source).collect::<Vec<_>>(), [&source]);
    assert_eq!(explanation.reasons[0].account, world.projects[0]);
}

#[test]
fn what_has_expired_is_named_and_gives_nothing() {
    let mut world = World::new();
    let end = world.now();
    world.grant(world.reader, world.root).expires_at = Some(end);

    let explanation = explain(&world, &Permission::platform(READ), world.projects[0]);

    assert!(!explanation.allowed());
    assert_eq!(explanation.expired.iter().map(|reason| reason.expires_at).collect::<Vec<_>>(), [Some(end)]);
}

#[test]
fn without_a_reason_the_roles_that_would_give_it_are_named() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[1]);

    let explanation = explain(&world, &Permission::platform(READ), world.projects[0]);

    assert!(!explanation.allowed() && explanation.expired.is_empty());
    assert_eq!(explanation.roles, [world.reader]);
}

#[test]
fn of_an_unknown_account_or_permission_nothing_is_said() {
    let world = World::new();
    let unknown = AccountId::new(world.ids.uuid());

    let account = explain(&world, &Permission::platform(READ), unknown);
    let permission = explain(&world, &Permission::platform(WRITE), world.root);

    assert!(!account.allowed() && account.path.is_empty());
    assert!(!permission.allowed() && permission.roles.is_empty());
}
