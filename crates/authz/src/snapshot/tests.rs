mod explain;
mod refusals;
mod updates;

use chrono::TimeDelta;
use guildhall_core::{
    Clock, GroupId, IdGenerator, MetaRoleCode, PermissionCode, ProductId, RoleId, UserId,
    testing::{FixedClock, SequentialIds},
};

use super::*;
use crate::{
    Account, AccountKind, Grant, GroupMember, Mapping, Owner, ProductInUse, ProjectMember, Role,
    testing::{account, role},
};

const READ: PermissionCode = PermissionCode::fixed("READ");
const WRITE: PermissionCode = PermissionCode::fixed("WRITE");
const CONTRIBUTOR: MetaRoleCode = MetaRoleCode::fixed("PROJECT_CONTRIBUTOR");
const VIEWER: MetaRoleCode = MetaRoleCode::fixed("PROJECT_VIEWER");

/// A platform with a workspace, in it two nodes with a project each, one user, and a role of the platform.
struct World {
    ids: SequentialIds,
    facts: Facts,
    root: AccountId,
    workspace: AccountId,
    nodes: [AccountId; 2],
    projects: [AccountId; 2],
    user: UserId,
    reader: RoleId,
}

impl World {
    fn new() -> Self {
        let ids = SequentialIds::default();
        let root = account(&ids, None, AccountKind::Platform);
        let workspace = account(&ids, Some(root.id), AccountKind::Workspace);
        let nodes = [(); 2].map(|()| account(&ids, Some(workspace.id), AccountKind::Node));
        let projects = nodes.map(|node| account(&ids, Some(node.id), AccountKind::Project));
        let reader = role(&ids, Owner::Platform, ["READ"]);
        let mut accounts = vec![root, workspace];
        accounts.extend(projects.into_iter().chain(nodes));
        Self {
            root: root.id,
            workspace: workspace.id,
            nodes: nodes.map(|node| node.id),
            projects: projects.map(|project| project.id),
            user: UserId::new(ids.uuid()),
            reader: reader.id,
            facts: Facts { accounts, roles: vec![reader], ..Facts::default() },
            ids,
        }
    }

    fn add_role(&mut self, owner: Owner, codes: [&'static str; 1]) -> RoleId {
        let role = role(&self.ids, owner, codes);
        self.facts.roles.push(role.clone());
        role.id
    }

    fn grant(&mut self, role: RoleId, account: AccountId) -> &mut Grant {
        self.facts.grants.push(Grant::derived(self.principal(), role, account));
        self.facts.grants.last_mut().unwrap()
    }

    /// A product with one role for contributors, in use in the first project, of which the user is a contributor.
    fn review(&mut self) -> ProductId {
        let product = ProductId::new(self.ids.uuid());
        let reviewer = self.add_role(Owner::Product(product), ["READ"]);
        let account = self.projects[0];
        self.facts.mappings.push(Mapping { role: reviewer, meta_role: CONTRIBUTOR });
        self.facts.products_in_use.push(ProductInUse { account, product });
        self.facts.members.push(ProjectMember { account, user: self.user, meta_roles: vec![CONTRIBUTOR] });
        product
    }

    fn principal(&self) -> Principal {
        Principal::User(self.user)
    }

    fn now(&self) -> DateTime<Utc> {
        FixedClock::default().now()
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::new(&self.facts).unwrap()
    }

    fn error(&self) -> AuthzError {
        Snapshot::new(&self.facts).unwrap_err()
    }

    fn allows(&self, permission: &Permission, account: AccountId) -> bool {
        self.snapshot().allows(self.principal(), permission, account, self.now())
    }

    fn list(&self, below: AccountId, owners: Owners, codes: Option<Vec<PermissionCode>>) -> Vec<AccountId> {
        let query = ListQuery { owners, codes, ..ListQuery::all(below) };
        let listed = self.snapshot().list(self.principal(), &query, self.now());
        listed.accounts.into_iter().map(|(account, _)| account).collect()
    }
}

#[test]
fn nothing_is_allowed_that_was_not_granted() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[0]);
    let (snapshot, now) = (world.snapshot(), world.now());
    let read = Permission::platform(READ);

    assert!(!world.allows(&Permission::platform(WRITE), world.nodes[0]));
    assert!(!world.allows(&read, AccountId::new(world.ids.uuid())));
    assert!(!snapshot.allows(Principal::User(UserId::new(world.ids.uuid())), &read, world.nodes[0], now));
    assert!(!snapshot.holds_any(world.principal(), world.workspace, now));
}

#[test]
fn a_grant_holds_on_its_account_and_below_and_nowhere_else() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[0]);
    let read = Permission::platform(READ);

    let held = world.snapshot().accounts_where(world.principal(), &read, world.now());

    assert_eq!(held.iter().collect::<Vec<_>>(), [world.nodes[0], world.projects[0]]);
}

#[test]
fn permissions_are_the_union_over_the_path() {
    let mut world = World::new();
    let writer = world.add_role(Owner::Platform, ["WRITE"]);
    world.grant(world.reader, world.root);
    world.grant(writer, world.projects[0]);

    let held = world.snapshot().permissions(world.principal(), world.projects[0], world.now());

    assert_eq!(held, [Permission::platform(READ), Permission::platform(WRITE)].into());
}

#[test]
fn a_grant_ends_at_the_moment_of_its_expiry() {
    let mut world = World::new();
    let end = world.now() + TimeDelta::hours(1);
    world.grant(world.reader, world.root).expires_at = Some(end);
    let snapshot = world.snapshot();

    let holds = |now| snapshot.holds_any(world.principal(), world.projects[0], now);

    assert!(holds(end - TimeDelta::microseconds(1)));
    assert!(!holds(end));
}

#[test]
fn of_two_grants_of_one_role_the_longer_one_counts() {
    let mut world = World::new();
    let now = world.now();
    world.grant(world.reader, world.root).expires_at = Some(now);
    world.grant(world.reader, world.root);

    assert!(world.allows(&Permission::platform(READ), world.root));
}

#[test]
fn a_role_without_permissions_admits_nowhere() {
    let mut world = World::new();
    world.facts.roles[0].permissions.clear();
    world.grant(world.reader, world.workspace);

    assert!(!world.snapshot().holds_any(world.principal(), world.workspace, world.now()));
}

#[test]
fn equal_spellings_of_two_owners_are_different_permissions() {
    let mut world = World::new();
    let product = ProductId::new(world.ids.uuid());
    let reviewer = world.add_role(Owner::Product(product), ["READ"]);
    world.grant(reviewer, world.root);

    assert!(world.allows(&Permission::product(product, READ), world.root));
    assert!(!world.allows(&Permission::platform(READ), world.root));
}

#[test]
fn a_member_holds_the_mapped_roles_of_products_in_use() {
    let mut world = World::new();
    let read = Permission::product(world.review(), READ);

    let held = world.snapshot().accounts_where(world.principal(), &read, world.now());

    assert_eq!(held.iter().collect::<Vec<_>>(), [world.projects[0]]);
}

#[test]
fn an_auto_role_ends_with_any_of_its_reasons() {
    let ends: [fn(&mut Facts); 5] = [
        |facts| facts.members.clear(),
        |facts| facts.members[0].meta_roles = vec![VIEWER],
        |facts| facts.mappings[0].meta_role = VIEWER,
        |facts| facts.products_in_use.clear(),
        |facts| facts.roles[1].permissions.clear(),
    ];

    for end in ends {
        let mut world = World::new();
        let read = Permission::product(world.review(), READ);
        assert!(world.allows(&read, world.projects[0]));

        end(&mut world.facts);

        assert!(!world.allows(&read, world.projects[0]));
    }
}

#[test]
fn a_mapped_role_of_the_platform_is_no_auto_role() {
    let mut world = World::new();
    world.review();
    world.facts.mappings.push(Mapping { role: world.reader, meta_role: CONTRIBUTOR });

    assert!(!world.allows(&Permission::platform(READ), world.projects[0]));
}

#[test]
fn a_role_granted_above_a_project_makes_no_member() {
    let mut world = World::new();
    let read = Permission::product(world.review(), READ);
    world.facts.members.clear();
    world.grant(world.reader, world.nodes[0]);

    assert!(!world.allows(&read, world.projects[0]));
}

#[test]
fn a_list_begins_with_the_asked_account_and_goes_depth_first_by_id() {
    let mut world = World::new();
    world.grant(world.reader, world.root);
    let ([n1, n2], [p1, p2]) = (world.nodes, world.projects);

    let listed = world.list(world.workspace, Owners::All, None);

    assert_eq!(listed, [world.workspace, n1, p1, n2, p2]);
}

#[test]
fn a_list_leaves_out_accounts_where_nothing_holds() {
    let mut world = World::new();
    world.grant(world.reader, world.nodes[1]);

    assert_eq!(world.list(world.root, Owners::All, None), [world.nodes[1], world.projects[1]]);
    assert!(world.list(world.nodes[0], Owners::All, None).is_empty());
    assert!(world.list(AccountId::new(world.ids.uuid()), Owners::All, None).is_empty());
}

#[test]
fn a_list_answers_the_asked_owners_and_codes() {
    let mut world = World::new();
    let product = world.review();
    world.grant(world.reader, world.nodes[1]);
    let (ours, theirs) = ([world.nodes[1], world.projects[1]], [world.projects[0]]);

    assert_eq!(world.list(world.root, Owners::product(product), None), theirs);
    assert_eq!(world.list(world.root, Owners::Only([Owner::Platform].into()), Some(vec![READ])), ours);
    assert!(world.list(world.root, Owners::All, Some(vec![WRITE])).is_empty());
    assert!(world.list(world.root, Owners::Only(BTreeSet::new()), None).is_empty());
    assert_eq!(world.list(world.root, Owners::All, Some(vec![])).len(), 3);
}

#[test]
fn a_code_that_two_owners_spell_alike_is_listed_once() {
    let mut world = World::new();
    world.review();
    world.grant(world.reader, world.projects[0]);

    let listed = world.snapshot().list(world.principal(), &ListQuery::all(world.projects[0]), world.now());

    assert_eq!(listed.accounts, [(world.projects[0], [READ].into())]);
}

#[test]
fn a_path_goes_from_the_account_up_to_the_root() {
    let world = World::new();
    let snapshot = world.snapshot();
    let unknown = AccountId::new(world.ids.uuid());

    let path = snapshot.path(world.projects[1]);

    assert_eq!(path, [world.projects[1], world.nodes[1], world.workspace, world.root]);
    assert!(snapshot.contains(world.root) && !snapshot.contains(unknown));
    assert!(snapshot.path(unknown).is_empty());
}

#[test]
fn a_member_holds_what_his_group_holds_and_loses_it_with_the_membership() {
    let mut world = World::new();
    let group = GroupId::new(world.ids.uuid());
    world.facts.group_members.push(GroupMember { group, user: world.user });
    world.facts.grants.push(Grant::derived(Holder::Group(group), world.reader, world.nodes[0]));
    let read = Permission::platform(READ);
    assert!(world.allows(&read, world.projects[0]) && !world.allows(&read, world.projects[1]));
    assert_eq!(world.list(world.root, Owners::All, None), [world.nodes[0], world.projects[0]]);

    world.facts.group_members.clear();

    assert!(!world.allows(&read, world.projects[0]));
}

#[test]
fn a_snapshot_of_nothing_allows_nothing() {
    let (snapshot, world) = (Snapshot::builder().build().unwrap(), World::new());
    let read = Permission::platform(READ);

    assert!(!snapshot.allows(world.principal(), &read, world.root, world.now()));
    assert!(snapshot.accounts_where(world.principal(), &read, world.now()).is_empty());
}

#[test]
fn a_very_deep_tree_is_walked_without_recursion() {
    let mut world = World::new();
    let mut last = world.root;
    for _ in 0..20_000 {
        let next = account(&world.ids, Some(last), AccountKind::Node);
        last = next.id;
        world.facts.accounts.push(next);
    }
    world.grant(world.reader, world.root);

    assert!(world.allows(&Permission::platform(READ), last));
}
