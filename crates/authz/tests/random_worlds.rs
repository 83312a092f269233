//! The engine answers as the model does: random worlds, changed step by step, and after each step every question about
//! everybody and everything.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where its world breaks")]

#[path = "random_worlds/model.rs"]
mod model;
#[path = "random_worlds/world.rs"]
mod world;

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use guildhall_authz::{ListQuery, Owner, Owners, Permission, Snapshot};
use guildhall_core::{AccountId, PermissionCode, Principal};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

use self::world::{World, steps};

/// What the model says of one principal: what he holds on each account.
type Held = BTreeMap<AccountId, BTreeSet<Permission>>;

#[test]
fn engine_and_model_agree_on_200_000_decisions() {
    let (decisions, allowed, auto_roles) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });

    let result = runner.run(&(any::<[usize; 11]>(), steps()), |(shape, steps)| {
        let mut world = World::new(&shape);
        for step in steps {
            world.apply(step);
            let snapshot = Snapshot::new(&world.facts).unwrap();
            auto_roles.set(auto_roles.get() + world.facts.auto_roles().len());
            for &principal in &world.principals {
                let held = hold(&world, principal);
                decisions.set(decisions.get() + compare_decisions(&world, &snapshot, principal, &held)?);
                allowed.set(allowed.get() + held.values().map(BTreeSet::len).sum::<usize>());
                compare_lists(&world, &snapshot, principal, &held)?;
            }
        }
        Ok(())
    });

    assert_eq!(result.map_err(|error| error.to_string()), Ok(()));
    let (decisions, allowed, auto_roles) = (decisions.get(), allowed.get(), auto_roles.get());
    let found = format!("{decisions} decisions, {allowed} of them allow, {auto_roles} auto roles");
    println!("{found}");
    assert!(decisions >= 200_000, "too few: {found}");
    assert!(allowed * 50 > decisions && auto_roles * 1_000 > decisions, "the worlds are too empty: {found}");
}

fn hold(world: &World, principal: Principal) -> Held {
    let accounts = world.facts.accounts.iter().map(|account| account.id);
    accounts.map(|id| (id, model::permissions(&world.facts, principal, id, world.now))).collect()
}

/// Compares each single decision, and the answers about one account; answers how many decisions there were.
fn compare_decisions(
    world: &World,
    snapshot: &Snapshot,
    principal: Principal,
    held: &Held,
) -> Result<usize, TestCaseError> {
    for (&account, held) in held {
        for permission in &world.permissions {
            let allowed = snapshot.allows(principal, permission, account, world.now);
            prop_assert_eq!(allowed, held.contains(permission), "{} on {}", permission, account);
        }
        prop_assert_eq!(&snapshot.permissions(principal, account, world.now), held);
        prop_assert_eq!(snapshot.holds_any(principal, account, world.now), !held.is_empty());
        prop_assert_eq!(snapshot.path(account), model::path(&world.facts, account));
    }
    Ok(held.len() * world.permissions.len())
}

/// Compares the answers about many accounts.
fn compare_lists(world: &World, snapshot: &Snapshot, principal: Principal, held: &Held) -> TestCaseResult {
    for permission in &world.permissions {
        let accounts: BTreeSet<AccountId> =
            held.iter().filter(|(_, held)| held.contains(permission)).map(|(&account, _)| account).collect();
        prop_assert_eq!(snapshot.accounts_where(principal, permission, world.now), accounts);
    }
    let product = world.products[0];
    let some = Some(vec![PermissionCode::fixed("WRITE"), PermissionCode::fixed("SHARE")]);
    for &below in held.keys() {
        let all = ListQuery { below, owners: Owners::All, codes: None };
        let one = ListQuery { below, owners: Owners::product(product), codes: some.clone() };
        for query in [all, one] {
            let expected = list(world, held, &query);
            prop_assert_eq!(snapshot.list(principal, &query, world.now), expected);
        }
    }
    Ok(())
}

/// The list as the model has it.
fn list(world: &World, held: &Held, query: &ListQuery) -> Vec<(AccountId, Vec<PermissionCode>)> {
    let asked = |owner: &Owner, code: &PermissionCode| {
        let owner = match &query.owners {
            Owners::All => true,
            Owners::Only(owners) => owners.contains(owner),
        };
        owner && query.codes.as_ref().is_none_or(|codes| codes.contains(code))
    };
    let mut listed = Vec::new();
    for account in model::below(&world.facts, query.below) {
        let held = held[&account].iter().filter(|permission| asked(&permission.owner, &permission.code));
        let codes: BTreeSet<PermissionCode> = held.map(|permission| permission.code.clone()).collect();
        if !codes.is_empty() {
            listed.push((account, codes.into_iter().collect()));
        }
    }
    listed
}
