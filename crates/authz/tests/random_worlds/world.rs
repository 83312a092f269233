//! Random facts, and random changes of them.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_authz::{
    Account, AccountKind, Facts, Grant, GroupMember, Holder, Mapping, Owner, Permission, ProductInUse,
    ProjectMember, Role,
};
use guildhall_core::{
    AccountId, Clock, GroupId, IdGenerator, MetaRoleCode, PermissionCode, Principal, ProductId, RoleCode,
    RoleId, ServiceAccountId, UserId, WorkspaceId,
    testing::{FixedClock, SequentialIds},
};
use proptest::prelude::*;

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
    Move,
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

/// Changes that fill a world in which nobody holds anything, then changes of every kind.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Change::*;
    let fill =
        || prop_oneof![Just(Grant), Just(GrantForAnHour), Just(JoinGroup), Just(Join), Just(Use), Just(Map)];
    let end = prop_oneof![
        Just(EndGrant),
        Just(LeaveGroup),
        Just(Leave),
        Just(StopUsing),
        Just(Unmap),
        Just(PassHalfAnHour)
    ];
    let shift = prop_oneof![Just(Move), Just(EditRole)];
    let any_change = prop_oneof![2 => fill(), 1 => end, 1 => shift];
    let first = prop::collection::vec((fill(), any::<[usize; 3]>()), 30..60);
    let then = prop::collection::vec((any_change, any::<[usize; 3]>()), 10..40);
    (first, then).prop_map(|(first, then)| [first, then].concat())
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
    projects: Vec<AccountId>,
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
        let projects: Vec<_> = accounts
            .iter()
            .filter(|account| account.kind == AccountKind::Project)
            .map(|account| account.id)
            .collect();
        let roles = owners.into_iter().map(|owner| role(&ids, owner)).collect();
        let facts = Facts { accounts, roles, ..Facts::default() };
        let now = FixedClock::default().now();
        Self { facts, now, principals, products, permissions, holders, groups, users, projects }
    }

    /// Makes one change; one that the world has no place for changes nothing.
    pub(crate) fn apply(&mut self, (change, [a, b, c]): Step) {
        let facts = &mut self.facts;
        match change {
            Change::Grant | Change::GrantForAnHour => {
                let end = matches!(change, Change::GrantForAnHour).then(|| self.now + TimeDelta::hours(1));
                let (role, account) = (pick(&facts.roles, b).id, pick(&facts.accounts, c).id);
                let grant = Grant::derived(*pick(&self.holders, a), role, account);
                facts.grants.push(Grant { expires_at: end, ..grant });
            }
            Change::EndGrant => remove(&mut facts.grants, a),
            Change::Move => self.move_account(a, b),
            Change::JoinGroup => {
                let (group, user) = (*pick(&self.groups, a), *pick(&self.users, b));
                facts.group_members.push(GroupMember { group, user });
            }
            Change::LeaveGroup => remove(&mut facts.group_members, a),
            Change::Join => {
                let meta_roles = vec![pick(&META_ROLES, c).clone()];
                let (user, account) = (*pick(&self.users, a), *pick(&self.projects, b));
                facts.members.push(ProjectMember { account, user, meta_roles });
            }
            Change::Leave => remove(&mut facts.members, a),
            Change::Use => {
                let (account, product) = (*pick(&self.projects, a), *pick(&self.products, b));
                facts.products_in_use.push(ProductInUse { account, product });
            }
            Change::StopUsing => remove(&mut facts.products_in_use, a),
            Change::Map => {
                let meta_role = pick(&META_ROLES, b).clone();
                facts.mappings.push(Mapping { role: pick(&facts.roles, a).id, meta_role });
            }
            Change::Unmap => remove(&mut facts.mappings, a),
            Change::EditRole => self.edit_role(a, b),
            Change::PassHalfAnHour => self.now += TimeDelta::minutes(30),
        }
    }

    /// Moves an account, with all below it, under another that is not below it.
    fn move_account(&mut self, moved: usize, to: usize) {
        let (moved, to) = (pick(&self.facts.accounts, moved).id, pick(&self.facts.accounts, to).id);
        if super::model::path(&self.facts, to).contains(&moved) {
            return;
        }
        for account in self.facts.accounts.iter_mut().filter(|account| account.id == moved) {
            account.parent = Some(to);
        }
    }

    /// Gives a role a permission, or takes it where the role has it.
    fn edit_role(&mut self, role: usize, permission: usize) {
        let permission = pick(&self.permissions, permission).clone();
        let place = role % self.facts.roles.len();
        if let Some(role) = self.facts.roles.get_mut(place).filter(|role| role.may_hold(&permission))
            && !role.permissions.remove(&permission)
        {
            role.permissions.insert(permission);
        }
    }
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

fn remove<T>(rows: &mut Vec<T>, choice: usize) {
    if !rows.is_empty() {
        rows.swap_remove(choice % rows.len());
    }
}
