//! The rules of authorization once more, written as slowly and as plainly as possible: no numbers, no order, no cache, only
//! loops over the facts.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guildhall_authz::{Facts, Holder, Owner, Permission, Role};
use guildhall_core::{AccountId, Principal};

/// What the principal may do on the account.
pub(crate) fn permissions(
    facts: &Facts,
    principal: Principal,
    account: AccountId,
    now: DateTime<Utc>,
) -> BTreeSet<Permission> {
    let mut held = BTreeSet::new();
    for place in path(facts, account) {
        for role in &facts.roles {
            if is_granted(facts, principal, role, place, now) || is_auto_role(facts, principal, role, place) {
                held.extend(role.permissions.iter().cloned());
            }
        }
    }
    held
}

/// The account and all above it.
pub(crate) fn path(facts: &Facts, account: AccountId) -> Vec<AccountId> {
    let mut path = Vec::new();
    let mut next = Some(account);
    while let Some(id) = next {
        path.push(id);
        next = facts.accounts.iter().find(|account| account.id == id).and_then(|account| account.parent);
    }
    path
}

/// The account first, then what is below, depth-first, siblings by id.
pub(crate) fn below(facts: &Facts, account: AccountId) -> Vec<AccountId> {
    let mut children: Vec<AccountId> =
        facts.accounts.iter().filter(|child| child.parent == Some(account)).map(|child| child.id).collect();
    children.sort();
    let mut all = vec![account];
    for child in children {
        all.extend(below(facts, child));
    }
    all
}

fn is_granted(
    facts: &Facts,
    principal: Principal,
    role: &Role,
    account: AccountId,
    now: DateTime<Utc>,
) -> bool {
    facts.grants.iter().any(|grant| {
        stands_for(facts, grant.holder, principal)
            && grant.role == role.id
            && grant.account == account
            && grant.expires_at.is_none_or(|end| end > now)
    })
}

fn stands_for(facts: &Facts, holder: Holder, principal: Principal) -> bool {
    match (holder, principal) {
        (Holder::User(holder), Principal::User(user)) => holder == user,
        (Holder::ServiceAccount(holder), Principal::ServiceAccount(account)) => holder == account,
        (Holder::Group(group), Principal::User(user)) => {
            facts.group_members.iter().any(|member| member.group == group && member.user == user)
        }
        _ => false,
    }
}

fn is_auto_role(facts: &Facts, principal: Principal, role: &Role, account: AccountId) -> bool {
    facts.products_in_use.iter().any(|used| {
        used.account == account
            && role.owner == Owner::Product(used.product)
            && facts.members.iter().any(|member| {
                member.account == account
                    && Principal::User(member.user) == principal
                    && facts.mappings.iter().any(|mapping| {
                        mapping.role == role.id && member.meta_roles.contains(&mapping.meta_role)
                    })
            })
    })
}
