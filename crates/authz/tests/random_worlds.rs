//! The engine answers as the model does: random worlds, changed step by step, and after each step every question about
//! everybody and everything. Two engines are asked: one compiled from the facts as they are, and one that has followed the changes
//! since the world was empty.
//!
//! `GUILDHALL_DECISIONS` says how many decisions to compare; without it, 200,000.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where its world breaks")]

#[path = "random_worlds/follow.rs"]
mod follow;
#[path = "random_worlds/model.rs"]
mod model;
#[path = "random_worlds/steps.rs"]
mod steps;
#[path = "random_worlds/world.rs"]
mod world;

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use guildhall_authz::{ListQuery, Owner, Owners, Permission, Reason, Snapshot, Source};
use guildhall_core::{AccountId, PermissionCode, Principal};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

use self::{steps::steps, world::World};

/// What the model says of one principal: why he has what on each account.
type Held = BTreeMap<AccountId, (Vec<Reason>, BTreeSet<Permission>)>;

/// What was compared.
#[derive(Default)]
struct Seen {
    decisions: Cell<usize>,
    allowed: Cell<usize>,
    auto_roles: Cell<usize>,
}

#[test]
fn engine_and_model_agree_on_200_000_decisions() {
    let (wanted, seen) = (wanted(), Seen::default());
    let config = Config { cases: 4, failure_persistence: None, ..Config::default() };

    while seen.decisions.get() < wanted {
        // A runner makes its number of cases and no more; the next one makes others.
        let mut runner = TestRunner::new(config.clone());
        let result = runner.run(&(any::<[usize; 11]>(), steps()), |(shape, steps)| {
            let mut world = World::new(&shape);
            let mut followed = Snapshot::new(&world.facts).unwrap();
            for step in steps {
                let change = world.apply(step);
                followed = follow::follow(&followed, &world.facts, change).unwrap();
                let compiled = Snapshot::new(&world.facts).unwrap();
                compare(&world, &[&compiled, &followed], &seen)?;
            }
            Ok(())
        });
        assert_eq!(result.map_err(|error| error.to_string()), Ok(()));
    }

    let (decisions, allowed, auto_roles) = (seen.decisions.get(), seen.allowed.get(), seen.auto_roles.get());
    let found = format!("{decisions} decisions, {allowed} of them allow, {auto_roles} auto roles");
    println!("{found}");
    assert!(allowed * 50 > decisions && auto_roles * 1_000 > decisions, "the worlds are too empty: {found}");
}

#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn wanted() -> usize {
    std::env::var("GUILDHALL_DECISIONS").map_or(200_000, |count| count.parse().unwrap())
}

/// Compares what the engines say of everybody with what the model says.
fn compare(world: &World, engines: &[&Snapshot], seen: &Seen) -> TestCaseResult {
    for &principal in &world.principals {
        let held = hold(world, principal);
        for engine in engines {
            compare_decisions(world, engine, principal, &held)?;
            compare_lists(world, engine, principal, &held)?;
        }
        let of = |count: fn(&[Reason], &BTreeSet<Permission>) -> usize| {
            held.values().map(|(reasons, held)| count(reasons, held)).sum::<usize>()
        };
        let automatic = |reason: &&Reason| matches!(reason.source, Source::AutoRole { .. });
        let is_automatic: fn(&&Reason) -> bool = automatic;
        seen.decisions.update(|count| count + held.len() * world.permissions.len());
        seen.allowed.update(|count| count + of(|_, held| held.len()));
        let auto_roles = held.values().flat_map(|(reasons, _)| reasons).filter(is_automatic).count();
        seen.auto_roles.update(|count| count + auto_roles);
    }
    Ok(())
}

fn hold(world: &World, principal: Principal) -> Held {
    let facts = &world.facts;
    let mut held = Held::new();
    for account in &facts.accounts {
        let reasons = model::reasons(facts, principal, account.id);
        let permissions = model::permissions(facts, &reasons, world.now);
        held.insert(account.id, (reasons, permissions));
    }
    held
}

/// Compares each single decision and its reasons, and the answers about one account.
fn compare_decisions(
    world: &World,
    snapshot: &Snapshot,
    principal: Principal,
    held: &Held,
) -> TestCaseResult {
    for (&account, (reasons, held)) in held {
        for permission in &world.permissions {
            let allowed = snapshot.allows(principal, permission, account, world.now);
            prop_assert_eq!(allowed, held.contains(permission), "{} on {}", permission, account);
            let mut explained = snapshot.explain(principal, permission, account, world.now);
            prop_assert_eq!(explained.allowed(), allowed);
            prop_assert!(explained.expired.iter().all(|reason| reason.expires_at <= Some(world.now)));
            explained.reasons.append(&mut explained.expired);
            let explained = BTreeSet::from_iter(explained.reasons);
            prop_assert_eq!(explained, model::giving(&world.facts, reasons, permission));
        }
        prop_assert_eq!(&snapshot.permissions(principal, account, world.now), held);
        prop_assert_eq!(snapshot.holds_any(principal, account, world.now), !held.is_empty());
        prop_assert_eq!(snapshot.path(account), model::path(&world.facts, account));
    }
    Ok(())
}

/// Compares the answers about many accounts.
fn compare_lists(world: &World, snapshot: &Snapshot, principal: Principal, held: &Held) -> TestCaseResult {
    for permission in &world.permissions {
        let holding = held.iter().filter(|(_, (_, held))| held.contains(permission));
        let accounts: BTreeSet<AccountId> = holding.map(|(&account, _)| account).collect();
        let found = snapshot.accounts_where(principal, permission, world.now);
        prop_assert_eq!(found.len(), accounts.len());
        prop_assert!(held.keys().all(|account| found.contains(account) == accounts.contains(account)));
        let above = accounts.iter().flat_map(|id| model::path(&world.facts, *id).into_iter().skip(1));
        prop_assert!(above.collect::<BTreeSet<_>>().is_superset(&found.above()));
        prop_assert_eq!(found.iter().collect::<BTreeSet<_>>(), accounts);
    }
    let product = world.products[0];
    let some = Some(vec![PermissionCode::fixed("WRITE"), PermissionCode::fixed("SHARE")]);
    for &below in held.keys() {
        let all = ListQuery::all(below);
        let one = ListQuery { owners: Owners::product(product), codes: some.clone(), ..all.clone() };
        let part = ListQuery { offset: 2, limit: 3, ..all.clone() };
        for query in [all, one, part] {
            let expected = list(world, held, &query);
            let listed = snapshot.list(principal, &query, world.now);
            prop_assert_eq!(listed.total_count, expected.len());
            let asked = expected.into_iter().skip(query.offset).take(query.limit);
            let listed = listed.accounts.into_iter().map(|(account, codes)| (account, codes.to_vec()));
            prop_assert_eq!(listed.collect::<Vec<_>>(), asked.collect::<Vec<_>>());
        }
    }
    Ok(())
}

/// The whole list as the model has it.
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
        let (_, held) = &held[&account];
        let held = held.iter().filter(|permission| asked(&permission.owner, &permission.code));
        let codes: BTreeSet<PermissionCode> = held.map(|permission| permission.code.clone()).collect();
        if !codes.is_empty() {
            listed.push((account, codes.into_iter().collect()));
        }
    }
    listed
}
