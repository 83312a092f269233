//! The limit: the walk that anybody would write by hand who has nothing but text ids and hash maps, and no time for numbers.
//!
//! It knows the same facts (grants, groups, ends) and nothing besides: no auto roles, no changes, no reasons.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    rc::Rc,
};

use chrono::{DateTime, Utc};
use guildhall_authz::{Facts, Holder};

/// Codes in order.
pub type Codes<'a> = Rc<Vec<&'a str>>;

pub struct BareWalk {
    parents: HashMap<String, String>,
    children: HashMap<String, Vec<String>>,
    grants: HashMap<String, HashMap<String, Vec<Granted>>>,
    groups: HashMap<String, Vec<String>>,
    roles: HashMap<String, HashSet<String>>,
}

struct Granted {
    role: String,
    ends: Option<DateTime<Utc>>,
}

impl BareWalk {
    pub fn new(facts: &Facts) -> Self {
        let mut walk = Self {
            parents: HashMap::new(),
            children: HashMap::new(),
            grants: HashMap::new(),
            groups: HashMap::new(),
            roles: HashMap::new(),
        };
        for account in &facts.accounts {
            let Some(parent) = account.parent else { continue };
            walk.parents.insert(account.id.to_string(), parent.to_string());
            walk.children.entry(parent.to_string()).or_default().push(account.id.to_string());
        }
        for children in walk.children.values_mut() {
            children.sort();
        }
        for role in &facts.roles {
            let permissions = role.permissions.iter().map(ToString::to_string).collect();
            walk.roles.insert(role.id.to_string(), permissions);
        }
        for grant in &facts.grants {
            let on = walk.grants.entry(holder(grant.holder)).or_default();
            let granted = Granted { role: grant.role.to_string(), ends: grant.expires_at };
            on.entry(grant.account.to_string()).or_default().push(granted);
        }
        for member in &facts.group_members {
            walk.groups.entry(member.user.to_string()).or_default().push(member.group.to_string());
        }
        walk
    }

    /// May the user do this there?
    pub fn allows(&self, user: &str, permission: &str, account: &str, now: DateTime<Utc>) -> bool {
        self.holders(user).any(|grants| {
            let mut on = Some(account);
            while let Some(account) = on {
                for granted in grants.get(account).into_iter().flatten() {
                    if granted.ends.is_none_or(|end| now < end)
                        && self.roles[&granted.role].contains(permission)
                    {
                        return true;
                    }
                }
                on = self.parents.get(account).map(String::as_str);
            }
            false
        })
    }

    /// What the user may do on the account and on each one below it. Accounts where he has nothing of their own share the codes
    /// of the account above.
    pub fn list<'a>(&'a self, user: &str, below: &'a str, now: DateTime<Utc>) -> Vec<(&'a str, Codes<'a>)> {
        let holders: Vec<_> = self.holders(user).collect();
        let mut above = Codes::default();
        let mut on = self.parents.get(below).map(String::as_str);
        while let Some(account) = on {
            above = self.with_own(&holders, account, now, above);
            on = self.parents.get(account).map(String::as_str);
        }
        let mut listed = Vec::new();
        let mut waiting = vec![(below, above)];
        while let Some((account, above)) = waiting.pop() {
            let held = self.with_own(&holders, account, now, above);
            for child in self.children.get(account).into_iter().flatten().rev() {
                waiting.push((child, held.clone()));
            }
            if !held.is_empty() {
                listed.push((account, held));
            }
        }
        listed
    }

    fn with_own<'a>(
        &'a self,
        holders: &[&'a HashMap<String, Vec<Granted>>],
        account: &str,
        now: DateTime<Utc>,
        above: Codes<'a>,
    ) -> Codes<'a> {
        let own = holders.iter().filter_map(|grants| grants.get(account)).flatten();
        let mut own = own.filter(|granted| granted.ends.is_none_or(|end| now < end)).peekable();
        if own.peek().is_none() {
            return above;
        }
        let mut held: BTreeSet<&str> = above.iter().copied().collect();
        for granted in own {
            held.extend(self.roles[&granted.role].iter().map(String::as_str));
        }
        Rc::new(held.into_iter().collect())
    }

    fn holders<'a>(&'a self, user: &str) -> impl Iterator<Item = &'a HashMap<String, Vec<Granted>>> {
        let groups = self.groups.get(user).into_iter().flatten();
        self.grants.get(user).into_iter().chain(groups.filter_map(|group| self.grants.get(group)))
    }
}

fn holder(holder: Holder) -> String {
    match holder {
        Holder::User(id) => id.to_string(),
        Holder::ServiceAccount(id) => id.to_string(),
        Holder::Group(id) => id.to_string(),
    }
}
