//! A workspace of any size, the same each time.
//!
//! Under the organisation stand clients, each with 10 markets of 10 brands of 9 projects: seven accounts from a project up to the
//! platform, whatever the size. Grants are of 50 roles of 10 products, nine of ten on projects; one of ten will end some day. Every
//! user is a member of one of as many groups as there are clients (at least 10), and each group has five grants.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_authz::{Account, AccountKind, Facts, Grant, GroupMember, Holder, Owner, Permission, Role};
use guildhall_core::{
    AccountId, Clock, GrantId, GroupId, PermissionCode, Principal, ProductId, RoleCode, RoleId, UserId,
    testing::FixedClock,
};
use uuid::Uuid;

const MARKETS: usize = 10;
const BRANDS: usize = 10;
const PROJECTS: usize = 9;
const PRODUCTS: usize = 10;
const ROLES: usize = 50;

/// Numbers that look random and are the same each time.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((mixed ^ (mixed >> 31)) as u128 * bound as u128) >> 64) as usize
    }

    /// A UUID of version 7, as ids are in life: ordered by time, the rest random.
    pub fn id(&mut self) -> Uuid {
        let time = 0x0190_0000_0000 + self.below(1 << 32) as u128;
        let random = ((self.below(1 << 62) as u128) << 12) | (self.below(1 << 12) as u128);
        Uuid::from_u128((time << 80) | (7 << 76) | ((random & 0xfff) << 64) | (1 << 63) | (random >> 12))
    }
}

/// Facts and what they are about.
pub struct World {
    pub facts: Facts,
    pub users: Vec<UserId>,
    pub accounts: Vec<AccountId>,
    pub projects: Vec<AccountId>,
    pub clients: Vec<AccountId>,
    pub permissions: Vec<Permission>,
    pub organisation: AccountId,
    pub now: DateTime<Utc>,
    pub numbers: Numbers,
}

impl World {
    /// About as many accounts, exactly as many users, and so many grants to each of them.
    pub fn new(accounts: usize, users: usize, grants_each: usize) -> Self {
        let mut numbers = Numbers::new(7);
        let organisation = AccountId::new(numbers.id());
        let mut world = Self {
            facts: Facts::default(),
            users: (0..users).map(|_| UserId::new(numbers.id())).collect(),
            accounts: Vec::new(),
            projects: Vec::new(),
            clients: Vec::new(),
            permissions: Vec::new(),
            organisation,
            now: FixedClock::default().now(),
            numbers,
        };
        world.add_tree(accounts);
        world.add_roles();
        world.add_grants(grants_each);
        world
    }

    fn add_tree(&mut self, accounts: usize) {
        let workspace = self.add_account(AccountId::PLATFORM, AccountKind::Workspace);
        self.facts
            .accounts
            .insert(0, Account { id: AccountId::PLATFORM, parent: None, kind: AccountKind::Platform });
        let organisation =
            Account { id: self.organisation, parent: Some(workspace), kind: AccountKind::Organisation };
        self.facts.accounts.push(organisation);
        let each = 1 + MARKETS * (1 + BRANDS * (1 + PROJECTS));
        for _ in 0..(accounts / each).max(1) {
            let client = self.add_account(self.organisation, AccountKind::Node);
            self.clients.push(client);
            for _ in 0..MARKETS {
                let market = self.add_account(client, AccountKind::Node);
                for _ in 0..BRANDS {
                    let brand = self.add_account(market, AccountKind::Node);
                    for _ in 0..PROJECTS {
                        let project = self.add_account(brand, AccountKind::Project);
                        self.projects.push(project);
                    }
                }
            }
        }
    }

    fn add_account(&mut self, parent: AccountId, kind: AccountKind) -> AccountId {
        let id = AccountId::new(self.numbers.id());
        self.facts.accounts.push(Account { id, parent: Some(parent), kind });
        self.accounts.push(id);
        id
    }

    fn add_roles(&mut self) {
        let products: Vec<ProductId> = (0..PRODUCTS).map(|_| ProductId::new(self.numbers.id())).collect();
        for number in 0..ROLES {
            let product = products[number % PRODUCTS];
            // Eight of the product's codes, beginning elsewhere for each of its roles.
            let codes = (0..8).map(|code| format!("CODE_{}", (number / PRODUCTS * 3 + code) % 20));
            let permissions: Vec<Permission> = codes
                .map(|code| Permission::product(product, code.parse::<PermissionCode>().unwrap()))
                .collect();
            self.permissions.extend(permissions.iter().cloned());
            self.facts.roles.push(Role {
                id: RoleId::new(self.numbers.id()),
                owner: Owner::Product(product),
                code: RoleCode::fixed("ROLE"),
                name: "Role".parse().unwrap(),
                permissions: permissions.into_iter().collect(),
            });
        }
        self.permissions.sort();
        self.permissions.dedup();
    }

    fn add_grants(&mut self, each: usize) {
        for user in 0..self.users.len() {
            let holder = Holder::User(self.users[user]);
            for _ in 0..each {
                let grant = self.grant(holder);
                self.facts.grants.push(grant);
            }
        }
        let groups: Vec<GroupId> =
            (0..self.clients.len().max(10)).map(|_| GroupId::new(self.numbers.id())).collect();
        for &group in &groups {
            for _ in 0..5 {
                let grant = self.grant(Holder::Group(group));
                self.facts.grants.push(grant);
            }
        }
        for &user in &self.users {
            let group = groups[self.numbers.below(groups.len())];
            self.facts.group_members.push(GroupMember { group, user });
        }
    }

    /// Somebody who has a role on the whole organisation, and nothing besides.
    pub fn add_admin(&mut self) -> UserId {
        let user = UserId::new(self.numbers.id());
        let account = self.organisation;
        let grant = Grant { account, expires_at: None, ..self.grant(Holder::User(user)) };
        self.facts.grants.push(grant);
        user
    }

    /// A new grant to somebody.
    pub fn grant(&mut self, holder: Holder) -> Grant {
        let on_a_project = self.numbers.below(10) < 9;
        let among = if on_a_project { &self.projects } else { &self.accounts };
        let account = among[self.numbers.below(among.len())];
        let ends = self.numbers.below(10) == 0;
        Grant {
            id: Some(GrantId::new(self.numbers.id())),
            holder,
            role: self.facts.roles[self.numbers.below(ROLES)].id,
            account,
            expires_at: ends.then(|| self.now + TimeDelta::days(self.numbers.below(60) as i64 - 10)),
        }
    }

    /// Questions: a quarter of them about what somebody was given, a quarter about something else on such an account, and half about
    /// any account.
    pub fn questions(&mut self, count: usize) -> Vec<Question> {
        let own = self.facts.grants.len() - self.clients.len().max(10) * 5;
        (0..count)
            .map(|number| {
                let grant = self.facts.grants[self.numbers.below(own)];
                let Holder::User(user) = grant.holder else { unreachable!("these are users' grants") };
                let anywhere = self.accounts[self.numbers.below(self.accounts.len())];
                let account = if number % 2 == 0 { grant.account } else { anywhere };
                let role = self.facts.roles.iter().find(|role| role.id == grant.role);
                let given = role.into_iter().flat_map(|role| &role.permissions).next();
                let permission = match given.filter(|_| number % 4 == 0) {
                    Some(given) => self.permissions.binary_search(given).unwrap(),
                    None => self.numbers.below(self.permissions.len()),
                };
                Question { user, account, permission }
            })
            .collect()
    }
}

/// May the user do this there? The permission by its place among the world's.
#[derive(Clone, Copy)]
pub struct Question {
    pub user: UserId,
    pub account: AccountId,
    pub permission: usize,
}

impl Question {
    pub fn principal(&self) -> Principal {
        Principal::User(self.user)
    }
}
