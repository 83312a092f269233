//! What a workspace's decisions follow from, gathered from the domains.

mod carry;
mod held;
mod own_roles;
mod products;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guildhall_authz::{
    Account, AccountKind, Epochs, Facts, Grant, Owner, Permission, ProductInUse, Role, Snapshot,
};
use guildhall_core::{AccountId, Name, NodeId, Principal, ProductId, RoleId, Scope};
use guildhall_orchestration::{ProjectAccount, ProjectRole};
use guildhall_tenancy::{Node, Workspace};

pub(crate) use self::carry::carry;
use self::held::{Here, Stored};
use crate::{BuiltinRole, KernelError, UnitOfWork, builtin::product_account, view::View};

/// Everything that decisions in a scope follow from, not compiled yet.
pub(crate) struct Gathered {
    /// What the engine is told.
    pub(crate) facts: Facts,
    /// The workspace; `None` for the platform itself.
    pub(crate) workspace: Option<Workspace>,
    /// The products that are available here.
    pub(crate) products: BTreeSet<ProductId>,
}

/// Reads everything and compiles it.
pub(crate) async fn load(unit: &dyn UnitOfWork, scope: Scope, epochs: Epochs) -> Result<View, KernelError> {
    let Gathered { facts, workspace, products } = gather(unit, scope).await?;
    let snapshot = Snapshot::new(&facts)?;
    let roles = facts.roles.into_iter().map(|role| (role.id, role)).collect();
    Ok(View { epochs, workspace, snapshot, products: Arc::new(products), roles: Arc::new(roles) })
}

/// Reads everything.
pub(crate) async fn gather(unit: &dyn UnitOfWork, scope: Scope) -> Result<Gathered, KernelError> {
    let mut facts = Facts { roles: builtin_roles()?, ..Facts::default() };
    facts.accounts.push(Account { id: AccountId::PLATFORM, parent: None, kind: AccountKind::Platform });
    let Some(id) = scope.workspace() else {
        held::add_platform(&unit.platform_admins().list().await?, &mut facts);
        return Ok(Gathered { facts, workspace: None, products: BTreeSet::new() });
    };
    let workspace = unit.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
    let products = products::add_products(unit, id, &mut facts).await?;
    own_roles::add_own_roles(unit, id, &products, &mut facts).await?;
    let projects = unit.projects().list_accounts().await?;
    add_accounts(unit, &workspace, &projects, &mut facts).await?;
    let stored = Stored::all(unit, &projects).await?;
    // A role that is not here now, such as one of a product that is switched off, gives nothing.
    let roles: BTreeSet<RoleId> = facts.roles.iter().map(|role| role.id).collect();
    let tree: BTreeMap<AccountId, Option<AccountId>> = if stored.has_groups() {
        facts.accounts.iter().map(|account| (account.id, account.parent)).collect()
    } else {
        BTreeMap::new()
    };
    let here = Here {
        workspace: &workspace,
        has_role: &|role| roles.contains(&role),
        is_below: &|account, above| is_below(&tree, account, above),
    };
    stored.add_to(&here, &mut facts);
    let in_use = unit.items().list_products_in_use().await?;
    facts.products_in_use.extend(in_use.into_iter().filter_map(|used| as_used(used, &products)));
    facts.grants.extend(products.iter().map(|product| {
        let holder = Principal::ServiceAccount(product_account(*product));
        Grant::derived(holder, BuiltinRole::ProductAccount.id(), workspace.account_id)
    }));
    Ok(Gathered { facts, workspace: Some(workspace), products })
}

/// A product in use, where it is available.
fn as_used(
    used: guildhall_orchestration::ProductInUse,
    available: &BTreeSet<ProductId>,
) -> Option<ProductInUse> {
    let product = Some(used.product_id).filter(|product| available.contains(product))?;
    Some(ProductInUse { account: used.account_id, product })
}

/// Whether an account is the other one or below it.
fn is_below(tree: &BTreeMap<AccountId, Option<AccountId>>, account: AccountId, above: AccountId) -> bool {
    std::iter::successors(Some(account), |account| tree.get(account).copied().flatten())
        .any(|account| account == above)
}

fn builtin_roles() -> Result<Vec<Role>, KernelError> {
    BuiltinRole::ALL
        .into_iter()
        .map(|role| {
            let code = role.code();
            let name: Name =
                code.as_str().parse().map_err(|_| KernelError::Internal(format!("`{code}` is no name")))?;
            let permissions = role.permissions().map(Permission::platform).collect();
            Ok(Role { id: role.id(), owner: Owner::Platform, code, name, permissions })
        })
        .collect()
}

/// The workspace's own accounts, and those of its nodes.
async fn add_accounts(
    unit: &dyn UnitOfWork,
    workspace: &Workspace,
    projects: &[ProjectAccount],
    facts: &mut Facts,
) -> Result<(), KernelError> {
    let organisation = workspace.organisation_account_id;
    facts.accounts.extend([
        Account { id: workspace.account_id, parent: Some(AccountId::PLATFORM), kind: AccountKind::Workspace },
        Account { id: organisation, parent: Some(workspace.account_id), kind: AccountKind::Organisation },
    ]);
    let nodes = unit.hierarchy().list().await?;
    facts.accounts.extend(nodes.iter().map(|node| node_account(node, organisation)));
    facts.accounts.extend(projects.iter().map(|project| Account {
        id: project.account_id,
        parent: Some(project.node_id.map_or(organisation, NodeId::account)),
        kind: AccountKind::Project,
    }));
    Ok(())
}

fn node_account(node: &Node, organisation: AccountId) -> Account {
    let parent = Some(node.parent_id.map_or(organisation, NodeId::account));
    Account { id: node.id.account(), parent, kind: AccountKind::Node }
}

/// The platform's role that a project role stands for.
pub(crate) const fn builtin_of(role: ProjectRole) -> BuiltinRole {
    match role {
        ProjectRole::Owner => BuiltinRole::Owner,
        ProjectRole::Contributor => BuiltinRole::Contributor,
        ProjectRole::Viewer => BuiltinRole::Viewer,
    }
}
