//! The rules of authorization once more, written as slowly and as plainly as possible: no numbers, no order, no cache, only
//! loops over the facts.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guildhall_authz::{Facts, Holder, Owner, Permission, Reason, Source};
use guildhall_core::{AccountId, Principal};

/// Why the principal has which roles on the account, whether or not they have expired.
pub(crate) fn reasons(facts: &Facts, principal: Principal, account: AccountId) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for place in path(facts, account) {
        for grant in facts.grants.iter().filter(|grant| grant.account == place) {
            if stands_for(facts, grant.holder, principal) {
                reasons.push(Reason {
                    account: place,
                    role: grant.role,
                    group: match grant.holder {
                        Holder::Group(group) => Some(group),
                        _ => None,
                    },
                    source: grant.id.map_or(Source::Derived, Source::Grant),
                    expires_at: grant.expires_at,
                });
            }
        }
        reasons.extend(auto_roles(facts, principal, place));
    }
    reasons
}

/// What the principal may do who has these reasons.
pub(crate) fn permissions(facts: &Facts, reasons: &[Reason], now: DateTime<Utc>) -> BTreeSet<Permission> {
    let mut held = BTreeSet::new();
    for reason in reasons.iter().filter(|reason| reason.expires_at.is_none_or(|end| end > now)) {
        for role in facts.roles.iter().filter(|role| role.id == reason.role) {
            held.extend(role.permissions.iter().cloned());
        }
    }
    held
}

/// Those of the reasons that are about one permission.
pub(crate) fn giving(facts: &Facts, reasons: &[Reason], permission: &Permission) -> BTreeSet<Reason> {
    let gives = |reason: &&Reason| {
        facts.roles.iter().any(|role| role.id == reason.role && role.permissions.contains(permission))
    };
    reasons.iter().filter(gives).cloned().collect()
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

fn auto_roles(facts: &Facts, principal: Principal, account: AccountId) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for member in facts.members.iter().filter(|member| member.account == account) {
        if Principal::User(member.user) != principal {
            continue;
        }
        for used in facts.products_in_use.iter().filter(|used| used.account == account) {
            for role in facts.roles.iter().filter(|role| role.owner == Owner::Product(used.product)) {
                for mapping in facts.mappings.iter().filter(|mapping| mapping.role == role.id) {
                    if member.meta_roles.contains(&mapping.meta_role) {
                        let (product, meta_role) = (used.product, mapping.meta_role.clone());
                        reasons.push(Reason {
                            account,
                            role: role.id,
                            group: None,
                            source: Source::AutoRole { product, meta_role },
                            expires_at: None,
                        });
                    }
                }
            }
        }
    }
    reasons
}
