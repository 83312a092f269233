//! `cedar-policy` on the same facts, written in two ways.
//!
//! *One policy per role*: what somebody holds are attributes of his entity, one set of accounts for each role; groups' grants stand
//! with their members, so that Cedar need not look for them. *One policy set per user*: his grants are policies, and the right set is
//! at hand when he is asked about. Expired grants are left out beforehand. Requests are made beforehand too.

use std::collections::{BTreeSet, HashMap, HashSet};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};
use guildhall_authz::{Facts, Grant, Holder};
use guildhall_core::{RoleId, UserId};

use super::support::world::{Question, World};

pub struct Cedar {
    authorizer: Authorizer,
    entities: Entities,
    by_role: PolicySet,
    by_user: HashMap<UserId, PolicySet>,
}

impl Cedar {
    pub fn new(world: &World) -> Self {
        let held = held(world);
        let numbers: HashMap<RoleId, usize> =
            world.facts.roles.iter().enumerate().map(|(number, role)| (role.id, number)).collect();
        let mut entities: Vec<Entity> = world
            .facts
            .accounts
            .iter()
            .map(|account| {
                let parents = account.parent.iter().map(|parent| uid("Account", parent));
                Entity::new_no_attrs(uid("Account", account.id), parents.collect())
            })
            .collect();
        for user in &world.users {
            let mut roles: HashMap<usize, Vec<RestrictedExpression>> = HashMap::new();
            for grant in held.get(user).into_iter().flatten() {
                let account = RestrictedExpression::new_entity_uid(uid("Account", grant.account));
                roles.entry(numbers[&grant.role]).or_default().push(account);
            }
            let attributes = roles
                .into_iter()
                .map(|(role, accounts)| (format!("role_{role}"), RestrictedExpression::new_set(accounts)));
            entities.push(Entity::new(uid("User", user), attributes.collect(), HashSet::new()).unwrap());
        }
        let by_user = world.users.iter().map(|user| {
            let policies = held.get(user).into_iter().flatten().map(|grant| {
                format!(
                    "permit(principal == User::\"{user}\", action in [{}], resource in Account::\"{}\");",
                    actions(&world.facts, numbers[&grant.role]),
                    grant.account
                )
            });
            (*user, policies.collect::<String>().parse().unwrap())
        });
        let by_role = (0..world.facts.roles.len()).map(|role| {
            format!(
                "permit(principal, action in [{}], resource) when {{ principal has role_{role} && \
                 resource in principal.role_{role} }};",
                actions(&world.facts, role)
            )
        });
        Self {
            authorizer: Authorizer::new(),
            by_role: by_role.collect::<String>().parse().unwrap(),
            by_user: by_user.collect(),
            entities: Entities::from_entities(entities, None).unwrap(),
        }
    }

    pub fn request(world: &World, question: &Question) -> Request {
        let action = uid("Action", &world.permissions[question.permission]);
        let (user, account) = (uid("User", question.user), uid("Account", question.account));
        Request::new(user, action, account, Context::empty(), None).unwrap()
    }

    pub fn allows_by_role(&self, request: &Request) -> bool {
        let answer = self.authorizer.is_authorized(request, &self.by_role, &self.entities);
        answer.decision() == Decision::Allow
    }

    pub fn allows_by_user(&self, user: UserId, request: &Request) -> bool {
        let policies = &self.by_user[&user];
        self.authorizer.is_authorized(request, policies, &self.entities).decision() == Decision::Allow
    }
}

/// What each user holds now, by himself or by a group.
fn held(world: &World) -> HashMap<UserId, Vec<Grant>> {
    let mut held: HashMap<UserId, Vec<Grant>> = HashMap::new();
    for grant in world.facts.grants.iter().filter(|grant| grant.expires_at.is_none_or(|end| world.now < end))
    {
        let users: Vec<UserId> = match grant.holder {
            Holder::User(user) => vec![user],
            Holder::ServiceAccount(_) => vec![],
            Holder::Group(group) => {
                let members = world.facts.group_members.iter().filter(|member| member.group == group);
                members.map(|member| member.user).collect()
            }
        };
        for user in users {
            held.entry(user).or_default().push(*grant);
        }
    }
    held
}

fn actions(facts: &Facts, role: usize) -> String {
    let permissions: BTreeSet<String> =
        facts.roles[role].permissions.iter().map(|permission| format!("Action::\"{permission}\"")).collect();
    permissions.into_iter().collect::<Vec<_>>().join(", ")
}

fn uid(kind: &str, id: impl ToString) -> EntityUid {
    let kind: EntityTypeName = kind.parse().unwrap();
    EntityUid::from_type_name_and_id(kind, EntityId::new(id.to_string()))
}
