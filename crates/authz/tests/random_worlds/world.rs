//! Random facts, and random changes of them.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_authz::{
    Account, AccountKind, Facts, Grant, GroupMember, Holder, Mapping, Owner, Permission, ProductInUse,
    ProjectMember, Role,
};
use guildhall_core::{
    AccountId, Clock, GrantId, GroupId, IdGenerator, MetaRoleCode, PermissionCode, Principal, ProductId,
    RoleCode, RoleId, ServiceAccountId, UserId, WorkspaceId,
    testing::{FixedClock, SequentialIds},
};

const CODES: [&str; 3] = ["READ", "WRITE", "SHARE"];
const META_ROLES: [MetaRoleCode; 2] =
    [MetaRoleCode::fixed("PROJECT_OWNER"), MetaRoleCode::fixed("PROJECT_VIEWER")];

/// A change of a world. Its numbers name rows, by their place modulo how many there are.
pub(crate) type Step = (Change, [usize; 3]);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Change {
    Grant,
    GrantForAnHour,
    EndGrant,
    Withdraw,
    Move,
    AddAccount,
    RemoveAccount,
    JoinGroup,
    LeaveGroup,
    Join,
    Leave,
    Use,
    StopUsing,
    Map,
    Unmap,
    EditRole,
    PassHalfAnHour,
}

/// What a change was about.
#[derive(Debug, Clone)]
pub(crate) enum Changed {
    Nothing,
    Holder(Holder),
    Accounts(Vec<Account>),
    Gone(AccountId),
    InUse(AccountId),
    Roles,
    Mappings,
}

/// Facts and what they are about.
pub(crate) struct World {
    pub(crate) facts: Facts,
    pub(crate) now: DateTime<Utc>,
    pub(crate) principals: Vec<Principal>,
    pub(crate) products: Vec<ProductId>,
    /// Every code of every owner, whether or not a role holds it.
    pub(crate) permissions: Vec<Permission>,
    holders: Vec<Holder>,
    groups: Vec<GroupId>,
    users: Vec<UserId>,
    gone: Vec<AccountId>,
    ids: SequentialIds,
}

impl World {
    /// A tree of twelve accounts in which nobody holds anything; `shape` says which parents they have.
    pub(crate) fn new(shape: &[usize]) -> Self {
        let ids = SequentialIds::default();
        let users = Vec::from([(); 3].map(|()| UserId::new(ids.uuid())));
        let products = Vec::from([(); 2].map(|()| ProductId::new(ids.uuid())));
        let mut principals: Vec<_> = users.iter().map(|&user| Principal::User(user)).collect();
        principals.push(Principal::ServiceAccount(ServiceAccountId::new(ids.uuid())));
        let groups = Vec::from([(); 2].map(|()| GroupId::new(ids.uuid())));
        let mut holders: Vec<Holder> = principals.iter().copied().map(Holder::from).collect();
        holders.extend(groups.iter().copied().map(Holder::Group));
        let mut owners = vec![Owner::Platform];
        owners.extend(products.iter().map(|&product| Owner::Product(product)));
        let permissions: Vec<_> = owners
            .iter()
            .flat_map(|&owner| CODES.map(|code| Permission { owner, code: PermissionCode::fixed(code) }))
            .collect();
        // Two roles of each owner, and one of a workspace.
        owners.extend_from_within(..);
        owners.push(Owner::Workspace(WorkspaceId::new(ids.uuid())));
        let accounts = tree(&ids, shape);
        let roles = owners.into_iter().map(|owner| role(&ids, owner)).collect();
        let facts = Facts { accounts, roles, ..Facts::default() };
        let now = FixedClock::default().now();
        Self { facts, now, principals, products, permissions, holders, groups, users, gone: vec![], ids }
    }

    /// Makes one change, and says what it was about; one that the world has no place for changes nothing.
    pub(crate) fn apply(&mut self, (change, [a, b, c]): Step) -> Changed {
        let facts = &mut self.facts;
        match change {
            Change::Grant | Change::GrantForAnHour => {
                let end = matches!(change, Change::GrantForAnHour).then(|| self.now + TimeDelta::hours(1));
                let (role, account) = (pick(&facts.roles, b).id, pick(&facts.accounts, c).id);
                let holder = *pick(&self.holders, a);
                // One that ends, or every other one, is stored.
                let id = (end.is_some() || a % 2 == 0).then(|| GrantId::new(self.ids.uuid()));
                facts.grants.push(Grant { id, holder, role, account, expires_at: end });
                Changed::Holder(holder)
            }
            Change::EndGrant => {
                remove(&mut facts.grants, a).map_or(Changed::Nothing, |gone| Changed::Holder(gone.holder))
            }
            Change::Withdraw => self.withdraw(*pick(&self.holders, a)),
            Change::Move => self.move_account(a, b),
            Change::AddAccount => self.add_account(a, b),
            Change::RemoveAccount => self.remove_account(a),
            Change::JoinGroup => {
                let (group, user) = (*pick(&self.groups, a), *pick(&self.users, b));
                facts.group_members.push(GroupMember { group, user });
                Changed::Holder(Holder::User(user))
            }
            Change::LeaveGroup => about(remove(&mut facts.group_members, a).map(|gone| gone.user)),
            Change::Join => {
                let projects = projects(facts);
                if projects.is_empty() {
                    return Changed::Nothing;
                }
                let meta_roles = vec![pick(&META_ROLES, c).clone()];
                let (user, account) = (*pick(&self.users, a), *pick(&projects, b));
                facts.members.push(ProjectMember { account, user, meta_roles });
                Changed::Holder(Holder::User(user))
            }
            Change::Leave => about(remove(&mut facts.members, a).map(|gone| gone.user)),
            Change::Use => {
                let projects = projects(facts);
                if projects.is_empty() {
                    return Changed::Nothing;
                }
                let (account, product) = (*pick(&projects, a), *pick(&self.products, b));
                facts.products_in_use.push(ProductInUse { account, product });
                Changed::InUse(account)
            }
            Change::StopUsing => remove(&mut facts.products_in_use, a)
                .map_or(Changed::Nothing, |gone| Changed::InUse(gone.account)),
            Change::Map => {
                let meta_role = pick(&META_ROLES, b).clone();
                facts.mappings.push(Mapping { role: pick(&facts.roles, a).id, meta_role });
                Changed::Mappings
            }
            Change::Unmap => remove(&mut facts.mappings, a).map_or(Changed::Nothing, |_| Changed::Mappings),
            Change::EditRole => self.edit_role(a, b),
            Change::PassHalfAnHour => {
                self.now += TimeDelta::minutes(30);
                Changed::Nothing
            }
        }
    }

    /// Takes everything from one holder.
    fn withdraw(&mut self, holder: Holder) -> Changed {
        self.facts.grants.retain(|grant| grant.holder != holder);
        self.facts.group_members.retain(|member| Holder::User(member.user) != holder);
        self.facts.members.retain(|member| Holder::User(member.user) != holder);
        Changed::Holder(holder)
    }

    /// Moves an account, with all below it, under another that is not below it.
    fn move_account(&mut self, moved: usize, to: usize) -> Changed {
        let (moved, to) = (pick(&self.facts.accounts, moved).id, pick(&self.facts.accounts, to).id);
        if super::model::path(&self.facts, to).contains(&moved) {
            return Changed::Nothing;
        }
        let mut accounts = self.facts.accounts.iter_mut().filter(|account| account.id == moved);
        let account = accounts.next().unwrap();
        account.parent = Some(to);
        Changed::Accounts(vec![*account])
    }

    /// Adds an account, or lets one come back that is gone, and one below it.
    fn add_account(&mut self, parent: usize, choice: usize) -> Changed {
        let parent = pick(&self.facts.accounts, parent).id;
        let id = match self.gone.pop() {
            Some(gone) if !choice.is_multiple_of(3) => gone,
            _ => AccountId::new(self.ids.uuid()),
        };
        let kind = if choice.is_multiple_of(2) { AccountKind::Project } else { AccountKind::Node };
        let below = AccountId::new(self.ids.uuid());
        let added = vec![
            Account { id, parent: Some(parent), kind },
            Account { id: below, parent: Some(id), kind: AccountKind::Project },
        ];
        self.facts.accounts.extend(added.iter().copied());
        Changed::Accounts(added)
    }

    /// Removes an account and all below it, and what is said of them.
    fn remove_account(&mut self, choice: usize) -> Changed {
        let account = *pick(&self.facts.accounts, choice);
        let gone = super::model::below(&self.facts, account.id);
        if gone.len() * 2 > self.facts.accounts.len() {
            return Changed::Nothing;
        }
        let facts = &mut self.facts;
        facts.accounts.retain(|account| !gone.contains(&account.id));
        facts.grants.retain(|grant| !gone.contains(&grant.account));
        facts.members.retain(|member| !gone.contains(&member.account));
        facts.products_in_use.retain(|used| !gone.contains(&used.account));
        self.gone.extend(gone);
        Changed::Gone(account.id)
    }

    /// Gives a role a permission, or takes it where the role has it.
    fn edit_role(&mut self, role: usize, permission: usize) -> Changed {
        let permission = pick(&self.permissions, permission).clone();
        let place = role % self.facts.roles.len();
        if let Some(role) = self.facts.roles.get_mut(place).filter(|role| role.may_hold(&permission))
            && !role.permissions.remove(&permission)
        {
            role.permissions.insert(permission);
        }
        Changed::Roles
    }
}

fn about(user: Option<UserId>) -> Changed {
    user.map_or(Changed::Nothing, |user| Changed::Holder(Holder::User(user)))
}

fn projects(facts: &Facts) -> Vec<AccountId> {
    let projects = facts.accounts.iter().filter(|account| account.kind == AccountKind::Project);
    projects.map(|project| project.id).collect()
}

/// Accounts whose ids say nothing about their place, each under one of those before it; every second one is a project's.
fn tree(ids: &SequentialIds, shape: &[usize]) -> Vec<Account> {
    let mut unused: Vec<_> = (0..=shape.len()).map(|_| AccountId::new(ids.uuid())).collect();
    let mut accounts = vec![Account { id: unused.remove(0), parent: None, kind: AccountKind::Platform }];
    for (number, &choice) in shape.iter().enumerate() {
        let kind = if number % 2 == 0 { AccountKind::Project } else { AccountKind::Node };
        let id = unused.swap_remove(choice % unused.len());
        accounts.push(Account { id, parent: Some(pick(&accounts, choice / 7).id), kind });
    }
    accounts
}

fn role(ids: &SequentialIds, owner: Owner) -> Role {
    let id = RoleId::new(ids.uuid());
    let code = PermissionCode::fixed("READ");
    let permission = match owner {
        Owner::Platform | Owner::Product(_) => Permission { owner, code },
        Owner::Workspace(_) => Permission::platform(code),
    };
    let name = "Role".parse().unwrap();
    Role { id, owner, code: RoleCode::fixed("ROLE"), name, permissions: [permission].into() }
}

fn pick<T>(rows: &[T], choice: usize) -> &T {
    &rows[choice % rows.len()]
}

fn remove<T>(rows: &mut Vec<T>, choice: usize) -> Option<T> {
    (!rows.is_empty()).then(|| rows.swap_remove(choice % rows.len()))
}
