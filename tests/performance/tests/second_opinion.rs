//! A second opinion: the random worlds of `crates/authz/tests/random_worlds.rs`, asked of `cedar-policy` too. Who reads the same rules
//! wrongly twice, in engine and model, is found out by somebody who read others.
//!
//! `GUILDHALL_DECISIONS` says how many decisions to compare; without it, 50,000. `just second-opinion` runs it.

#[path = "../../../crates/authz/tests/random_worlds/model.rs"]
#[allow(dead_code, reason = "written for another test")]
mod model;
#[path = "../../../crates/authz/tests/random_worlds/world.rs"]
#[allow(dead_code, reason = "written for another test")]
mod world;

use std::collections::HashSet;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
};
use guildhall_authz::{Facts, Holder, Owner, Role, Snapshot};
use guildhall_core::{AccountId, Principal};

use self::world::{Change, World};

/// Changes that fill a world, and those that come after.
const FILL: [Change; 6] =
    [Change::Grant, Change::GrantForAnHour, Change::JoinGroup, Change::Join, Change::Use, Change::Map];
const SHIFT: [Change; 11] = [
    Change::EndGrant,
    Change::Withdraw,
    Change::Move,
    Change::AddAccount,
    Change::RemoveAccount,
    Change::LeaveGroup,
    Change::Leave,
    Change::StopUsing,
    Change::Unmap,
    Change::EditRole,
    Change::PassHalfAnHour,
];

#[test]
fn engine_and_cedar_agree() {
    let wanted: usize = std::env::var("GUILDHALL_DECISIONS").map_or(50_000, |count| count.parse().unwrap());
    let (mut decisions, mut allowed, mut seed) = (0, 0, 1_u64);
    while decisions < wanted {
        let mut number = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed as usize
        };
        let shape: Vec<usize> = (0..11).map(|_| number()).collect();
        let mut world = World::new(&shape);
        for step in 0..80 {
            let kinds: &[Change] = if step < 50 || step % 2 == 0 { &FILL } else { &SHIFT };
            let change = kinds[number() % kinds.len()];
            world.apply((change, [number(), number(), number()]));
            if step % 8 == 0 {
                let (asked, yes) = compare(&world);
                decisions += asked;
                allowed += yes;
            }
        }
    }
    println!("{decisions} decisions, {allowed} of them allow");
    assert!(allowed * 50 > decisions, "the worlds are too empty: {allowed} of {decisions}");
}

/// Asks both everything about everybody; answers how many decisions there were, and how many of them allowed.
fn compare(world: &World) -> (usize, usize) {
    let snapshot = Snapshot::new(&world.facts).unwrap();
    let (policies, entities, authorizer) = (policies(world), entities(world), Authorizer::new());
    let (mut asked, mut yes) = (0, 0);
    for &principal in &world.principals {
        for account in &world.facts.accounts {
            for permission in &world.permissions {
                let allowed = snapshot.allows(principal, permission, account.id, world.now);
                let action = uid("Action", permission);
                let on = uid("Account", account.id);
                let request = Request::new(who(principal), action, on, Context::empty(), None).unwrap();
                let answer = authorizer.is_authorized(&request, &policies, &entities);
                assert_eq!(answer.diagnostics().errors().count(), 0);
                let opinion = answer.decision() == Decision::Allow;
                assert_eq!(opinion, allowed, "{principal:?} {permission} {}", account.id);
                asked += 1;
                yes += usize::from(allowed);
            }
        }
    }
    (asked, yes)
}

/// A policy for each grant that has not ended, and one for each way in which members have an auto role: these hold in the project and
/// below it for whoever is in the project's set of members with the meta role.
fn policies(world: &World) -> PolicySet {
    let mut text = String::new();
    let facts = &world.facts;
    let role = |id| facts.roles.iter().find(|role| role.id == id).unwrap();
    for grant in facts.grants.iter().filter(|grant| grant.expires_at.is_none_or(|end| world.now < end)) {
        let holder = match grant.holder {
            Holder::User(id) => format!("principal == User::\"{id}\""),
            Holder::ServiceAccount(id) => format!("principal == ServiceAccount::\"{id}\""),
            Holder::Group(id) => format!("principal in Group::\"{id}\""),
        };
        permit(&mut text, &holder, role(grant.role), grant.account);
    }
    for used in &facts.products_in_use {
        for mapping in &facts.mappings {
            let role = role(mapping.role);
            if role.owner == Owner::Product(used.product) {
                let members = format!("principal in Members::\"{}/{}\"", used.account, mapping.meta_role);
                permit(&mut text, &members, role, used.account);
            }
        }
    }
    text.parse().unwrap()
}

fn permit(text: &mut String, holder: &str, role: &Role, account: AccountId) {
    for permission in &role.permissions {
        let on = format!("resource in Account::\"{account}\"");
        text.push_str(&format!("permit({holder}, action == Action::\"{permission}\", {on});\n"));
    }
}

fn entities(world: &World) -> Entities {
    let facts = &world.facts;
    let mut entities: Vec<Entity> = Vec::new();
    for account in &facts.accounts {
        let parents = account.parent.iter().map(|parent| uid("Account", parent)).collect();
        entities.push(Entity::new_no_attrs(uid("Account", account.id), parents));
    }
    for &principal in &world.principals {
        entities.push(Entity::new_no_attrs(who(principal), memberships(facts, principal)));
    }
    Entities::from_entities(entities, None).unwrap()
}

/// The groups that somebody is in: those of the workspace, and of each project those with his meta roles.
fn memberships(facts: &Facts, principal: Principal) -> HashSet<EntityUid> {
    let is_he = |user| Principal::User(user) == principal;
    let groups = facts.group_members.iter().filter(|row| is_he(row.user)).map(|row| uid("Group", row.group));
    let projects = facts.members.iter().filter(|row| is_he(row.user)).flat_map(|row| {
        row.meta_roles.iter().map(|meta_role| uid("Members", format!("{}/{meta_role}", row.account)))
    });
    groups.chain(projects).collect()
}

fn who(principal: Principal) -> EntityUid {
    match principal {
        Principal::User(id) => uid("User", id),
        Principal::ServiceAccount(id) => uid("ServiceAccount", id),
    }
}

fn uid(kind: &str, id: impl ToString) -> EntityUid {
    let kind: EntityTypeName = kind.parse().unwrap();
    EntityUid::from_type_name_and_id(kind, EntityId::new(id.to_string()))
}
