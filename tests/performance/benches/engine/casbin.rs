//! `casbin` on the same facts: a policy for each grant, role and account hierarchies as role managers. Groups' grants stand with their
//! members, and expired ones are left out beforehand.

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use guildhall_authz::Holder;

use super::support::world::{Question, World};

const MODEL: &str = "
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, role
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && g(p.role, r.act) && g2(r.obj, p.obj)
";

pub struct Casbin(Enforcer);

impl Casbin {
    pub fn new(world: &World) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let model = DefaultModel::from_str(MODEL).await.unwrap();
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await.unwrap();
            let facts = &world.facts;
            let parents = facts
                .accounts
                .iter()
                .filter_map(|account| Some(vec![account.id.to_string(), account.parent?.to_string()]));
            enforcer.add_named_grouping_policies("g2", parents.collect()).await.unwrap();
            let codes = facts.roles.iter().flat_map(|role| {
                role.permissions.iter().map(|permission| vec![role.id.to_string(), permission.to_string()])
            });
            enforcer.add_grouping_policies(codes.collect()).await.unwrap();
            let mut policies: Vec<Vec<String>> = Vec::new();
            for grant in
                facts.grants.iter().filter(|grant| grant.expires_at.is_none_or(|end| world.now < end))
            {
                let users: Vec<String> = match grant.holder {
                    Holder::User(user) => vec![user.to_string()],
                    Holder::ServiceAccount(_) => vec![],
                    Holder::Group(group) => {
                        let members = facts.group_members.iter().filter(|member| member.group == group);
                        members.map(|member| member.user.to_string()).collect()
                    }
                };
                let policy = |user| vec![user, grant.account.to_string(), grant.role.to_string()];
                policies.extend(users.into_iter().map(policy));
            }
            policies.sort();
            policies.dedup();
            enforcer.add_policies(policies).await.unwrap();
            Self(enforcer)
        })
    }

    pub fn request(world: &World, question: &Question) -> (String, String, String) {
        let permission = world.permissions[question.permission].to_string();
        (question.user.to_string(), question.account.to_string(), permission)
    }

    pub fn allows(&self, request: &(String, String, String)) -> bool {
        self.0.enforce(request.clone()).unwrap()
    }
}
