//! Random people try to give random things to each other: nobody ever gets what the giver did not hold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use guildhall_authz::{Holder, Permission};
use guildhall_core::{AccountId, Clock as _, GroupId, RoleId, UserId};
use guildhall_identity::User;
use guildhall_kernel::{ChangeRole, KernelError};
use guildhall_tenancy::WorkspaceRole;
use guildhall_testkit::Dice;

use crate::support::{World, parsed};

const STEPS: usize = 300;
const SEEDS: [u64; 3] = [1, 7, 2026];

struct Cast {
    world: World,
    people: Vec<User>,
    /// Accounts with all above them.
    above: BTreeMap<AccountId, Vec<AccountId>>,
    roles: Vec<RoleId>,
    groups: Vec<GroupId>,
}

type Held = BTreeSet<(UserId, AccountId, Permission)>;

impl Cast {
    async fn new() -> Self {
        let world = World::new().await;
        let (one, other) = (world.node(None).await, world.node(None).await);
        let below = world.node(Some(one)).await;
        let root = vec![world.workspace.organisation_account_id, world.workspace.account_id];
        let path = |nodes: &[AccountId]| nodes.iter().copied().chain(root.clone()).collect::<Vec<_>>();
        let paths = [
            path(&[]),
            path(&[one.account()]),
            path(&[other.account()]),
            path(&[below.account(), one.account()]),
        ];
        let above = paths.into_iter().map(|path| (path[0], path)).collect();
        let mut roles = Vec::new();
        for (code, permissions) in [
            ("GRANTER", &["ROLE_GRANT"][..]),
            ("KEEPER", &["GROUP_MANAGE"]),
            ("BOTH", &["ROLE_GRANT", "GROUP_MANAGE"]),
            ("NODES", &["ROLE_GRANT", "NODE_MANAGE"]),
            ("AUDITOR", &["AUDIT_READ", "NODE_MANAGE"]),
        ] {
            roles.push(world.role(code, permissions).await);
        }
        let groups = vec![
            world.group("All", world.workspace.account_id).await,
            world.group("One", one.account()).await,
            world.group("Below", below.account()).await,
        ];
        let mut people = vec![world.internal.clone(), world.external.clone()];
        for number in 0..3 {
            people.push(world.add_member(&format!("p{number}@first.test"), WorkspaceRole::Internal).await);
        }
        Self { world, people, above, roles, groups }
    }

    /// What everybody holds by grants, read off the rows as naively as possible.
    async fn held(&self) -> Held {
        let (unit, now) = (self.world.unit().await, self.world.clock().now());
        let roles = unit.own_roles().list().await.unwrap();
        let memberships = unit.group_members().list().await.unwrap();
        let mut held = Held::new();
        for grant in unit.grants().list().await.unwrap() {
            if grant.expires_at.is_some_and(|end| end <= now) {
                continue;
            }
            let holders: Vec<UserId> = match grant.holder {
                Holder::User(user) => vec![user],
                Holder::Group(group) => memberships
                    .iter()
                    .filter(|member| member.group == group)
                    .map(|member| member.user)
                    .collect(),
                Holder::ServiceAccount(_) => Vec::new(),
            };
            let Some(role) = roles.iter().find(|role| role.id == grant.role) else { continue };
            for (account, path) in &self.above {
                if path.contains(&grant.account) {
                    for holder in &holders {
                        held.extend(role.permissions.iter().map(|one| (*holder, *account, one.clone())));
                    }
                }
            }
        }
        held
    }

    /// The admin gives somebody something, and takes something from somebody.
    async fn endow(&self, dice: &mut Dice) {
        let admin = &self.world.admin;
        let grants = self.world.unit().await.grants().list().await.unwrap();
        if grants.len() > 12 {
            let grant = grants[dice.below(grants.len())].id;
            self.world.kernel.delete_grant(&self.world.ask(admin), grant).await.unwrap();
        }
        let accounts: Vec<AccountId> = self.above.keys().copied().collect();
        let holder = Holder::User(self.people[dice.below(self.people.len())].id);
        let end = Some(self.world.clock().now() + TimeDelta::hours(8));
        let (role, account) = (dice.of(&self.roles), dice.of(&accounts));
        // He may hold it already.
        let _held = self.world.grant_until(admin, holder, role, account, end).await;
    }

    async fn attempt(&self, actor: &User, dice: &mut Dice) -> Result<(), KernelError> {
        let kernel = &self.world.kernel;
        let ask = self.world.ask(actor);
        let somebody = self.people[dice.below(self.people.len())].id;
        let group = dice.of(&self.groups);
        match dice.below(10) {
            0..=4 => {
                let accounts: Vec<AccountId> = self.above.keys().copied().collect();
                let holder = if dice.below(3) == 0 { Holder::Group(group) } else { Holder::User(somebody) };
                let hours = i64::try_from(dice.below(6)).unwrap();
                let end = (hours > 0).then(|| self.world.clock().now() + TimeDelta::hours(hours));
                let (role, account) = (dice.of(&self.roles), dice.of(&accounts));
                self.world.grant_until(actor, holder, role, account, end).await.map(drop)
            }
            5 | 6 => kernel.add_group_member(&ask, group, somebody).await,
            7 => kernel.remove_group_member(&ask, group, somebody).await,
            8 => {
                let grants = self.world.unit().await.grants().list().await.unwrap();
                let Some(grant) = grants.get(dice.below(grants.len().max(1))) else { return Ok(()) };
                kernel.update_grant(&ask, grant.id, Some(None)).await.map(drop)
            }
            _ => {
                let permissions = Some(vec![parsed("ROLE_GRANT"), parsed("AUDIT_READ")]);
                let change = ChangeRole { permissions, ..ChangeRole::default() };
                kernel.update_role(&ask, dice.of(&self.roles), change).await.map(drop)
            }
        }
    }
}

#[tokio::test]
async fn nobody_ever_gets_what_the_giver_did_not_hold() {
    let mut given = 0;
    for seed in SEEDS {
        let (cast, mut dice) = (Cast::new().await, Dice(seed));
        for step in 0..STEPS {
            // There must be something to give on, for a while.
            if step % 5 == 0 {
                cast.endow(&mut dice).await;
            }
            let actor = cast.people[dice.below(cast.people.len())].clone();
            let before = cast.held().await;
            let done = cast.attempt(&actor, &mut dice).await;
            let after = cast.held().await;
            let gained: Vec<_> = after.difference(&before).collect();

            if done.is_err() {
                assert!(gained.is_empty(), "seed {seed}, step {step}: {done:?}, and yet {gained:?}");
            }
            for (user, account, permission) in gained {
                given += 1;
                assert!(
                    before.contains(&(actor.id, *account, permission.clone())),
                    "seed {seed}, step {step}: {user} got {permission} on {account} from {}",
                    actor.id
                );
            }
            if step % 25 == 24 {
                cast.world.clock().advance(TimeDelta::minutes(40));
            }
        }
    }

    assert!(given > 50, "only {given} things were given: the test shows too little");
}
