//! What a workspace's decisions follow from, gathered from the domains.

mod access;

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{
    Account, AccountKind, Epochs, Facts, Grant, Mapping, Owner, Permission, ProductInUse, ProjectMember,
    Role, Snapshot,
};
use guildhall_core::{AccountId, Name, NodeId, Principal, ProductId, Scope, UserId, WorkspaceId};
use guildhall_orchestration::{ProjectAccount, ProjectRole, ProjectState};
use guildhall_products::{
    Product, ProductVersion, effective_roles, is_available, newest_published, was_published,
};
use guildhall_tenancy::{Member, MemberState, Workspace, WorkspaceRole};

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
    Ok(View { epochs, workspace, snapshot, products, roles })
}

/// Reads everything.
pub(crate) async fn gather(unit: &dyn UnitOfWork, scope: Scope) -> Result<Gathered, KernelError> {
    let mut facts = Facts { roles: builtin_roles()?, ..Facts::default() };
    facts.accounts.push(Account { id: AccountId::PLATFORM, parent: None, kind: AccountKind::Platform });
    let admins = unit.platform_admins().list().await?;
    facts.grants.extend(admins.iter().map(|admin| {
        Grant::derived(Principal::User(*admin), BuiltinRole::PlatformAdmin.id(), AccountId::PLATFORM)
    }));
    let (mut here, mut products) = (None, BTreeSet::new());
    if let Some(id) = scope.workspace() {
        let workspace = unit.workspaces().find(id).await?.ok_or(KernelError::NotFound)?;
        products = add_products(unit, id, &mut facts).await?;
        access::add_own_roles(unit, id, &products, &mut facts).await?;
        add_accounts(unit, &workspace, &mut facts).await?;
        let members = active_members(unit).await?;
        add_members(&workspace, members.values(), &admins, &mut facts);
        add_projects(unit, &members, &products, &mut facts).await?;
        access::add_grants(unit, &members, &mut facts).await?;
        facts.grants.extend(products.iter().map(|product| {
            let holder = Principal::ServiceAccount(product_account(*product));
            Grant::derived(holder, BuiltinRole::ProductAccount.id(), workspace.account_id)
        }));
        here = Some(workspace);
    }
    Ok(Gathered { facts, workspace: here, products })
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
    facts: &mut Facts,
) -> Result<(), KernelError> {
    let organisation = workspace.organisation_account_id;
    facts.accounts.extend([
        Account { id: workspace.account_id, parent: Some(AccountId::PLATFORM), kind: AccountKind::Workspace },
        Account { id: organisation, parent: Some(workspace.account_id), kind: AccountKind::Organisation },
    ]);
    facts.accounts.extend(unit.hierarchy().list().await?.into_iter().map(|node| Account {
        id: node.id.account(),
        parent: Some(node.parent_id.map_or(organisation, NodeId::account)),
        kind: AccountKind::Node,
    }));
    facts.accounts.extend(unit.projects().list_accounts().await?.into_iter().map(|project| Account {
        id: project.account_id,
        parent: Some(project.node_id.map_or(organisation, NodeId::account)),
        kind: AccountKind::Project,
    }));
    Ok(())
}

/// Those who are members now. A suspended member holds nothing, whatever is stored of him.
async fn active_members(unit: &dyn UnitOfWork) -> Result<BTreeMap<UserId, Member>, KernelError> {
    let all = unit.workspace_members().list_all().await?;
    let active = all.into_iter().filter(|member| member.state == MemberState::Active);
    Ok(active.map(|member| (member.user_id, member)).collect())
}

/// What members hold by being members; and what platform admins hold besides where they are members.
fn add_members<'m>(
    workspace: &Workspace,
    members: impl Iterator<Item = &'m Member>,
    admins: &[UserId],
    facts: &mut Facts,
) {
    if workspace.id.is_system() {
        facts.grants.extend(admins.iter().map(|admin| {
            Grant::derived(Principal::User(*admin), BuiltinRole::SystemAdmin.id(), workspace.account_id)
        }));
    }
    for member in members {
        let holder = Principal::User(member.user_id);
        let roles = roles_of(member, workspace, admins);
        facts
            .grants
            .extend(roles.into_iter().map(|role| Grant::derived(holder, role.id(), workspace.account_id)));
    }
}

fn roles_of(member: &Member, workspace: &Workspace, admins: &[UserId]) -> Vec<BuiltinRole> {
    let mut roles = match member.role {
        WorkspaceRole::WorkspaceAdmin => vec![BuiltinRole::WorkspaceAdmin],
        WorkspaceRole::Internal if workspace.settings.internal_may_invite => {
            vec![BuiltinRole::Internal, BuiltinRole::Inviter]
        }
        WorkspaceRole::Internal => vec![BuiltinRole::Internal],
        WorkspaceRole::External => vec![BuiltinRole::External],
    };
    if admins.contains(&member.user_id) {
        roles.push(BuiltinRole::PlatformAdminMember);
    }
    roles
}

/// What project members hold, and what auto roles follow from.
async fn add_projects(
    unit: &dyn UnitOfWork,
    members: &BTreeMap<UserId, Member>,
    available: &BTreeSet<ProductId>,
    facts: &mut Facts,
) -> Result<(), KernelError> {
    let accounts: BTreeMap<_, ProjectAccount> = unit
        .projects()
        .list_accounts()
        .await?
        .into_iter()
        .map(|project| (project.project_id, project))
        .collect();
    for member in unit.project_members().list().await? {
        let Some(project) = accounts.get(&member.project_id) else { continue };
        if !members.contains_key(&member.user_id) {
            continue;
        }
        let holder = Principal::User(member.user_id);
        facts.grants.push(Grant::derived(holder, builtin_of(member.role).id(), project.account_id));
        if project.state == ProjectState::Active {
            facts.members.push(ProjectMember {
                account: project.account_id,
                user: member.user_id,
                meta_roles: [member.role.meta_role()].into_iter().chain(member.meta_roles).collect(),
            });
        }
    }
    let in_use = unit.items().list_products_in_use().await?;
    facts.products_in_use.extend(
        in_use
            .into_iter()
            .filter(|used| available.contains(&used.product_id))
            .map(|used| ProductInUse { account: used.account_id, product: used.product_id }),
    );
    Ok(())
}

/// The platform's role that a project role stands for.
pub(crate) const fn builtin_of(role: ProjectRole) -> BuiltinRole {
    match role {
        ProjectRole::Owner => BuiltinRole::Owner,
        ProjectRole::Contributor => BuiltinRole::Contributor,
        ProjectRole::Viewer => BuiltinRole::Viewer,
    }
}

/// The roles and mappings of the products that are available here, and which those are. A product that decides for
/// itself, without the platform's authorization, has no roles here.
async fn add_products(
    unit: &dyn UnitOfWork,
    workspace: WorkspaceId,
    facts: &mut Facts,
) -> Result<BTreeSet<ProductId>, KernelError> {
    let offers: BTreeMap<ProductId, _> = unit.product_offers().list().await?.into_iter().collect();
    let switches: BTreeMap<ProductId, bool> = unit
        .product_switches()
        .list()
        .await?
        .into_iter()
        .map(|switch| (switch.product_id, switch.available))
        .collect();
    let published = by_product(unit.product_versions().list_published().await?, |version| version.product_id);
    let roles = by_product(unit.product_roles().list().await?, |role| role.product_id);
    let mappings = by_product(unit.product_mappings().list().await?, |mapping| mapping.product_id);
    let mut available = BTreeSet::new();
    for product in unit.products().list().await? {
        let offer = offers.get(&product.id).unwrap_or(&guildhall_products::Offer::None);
        let versions: &[ProductVersion] = published.get(&product.id).map_or(&[], Vec::as_slice);
        if !is_available(product.home, offer, switches.get(&product.id).copied(), workspace)
            || (versions.is_empty() && !was_ever_published(unit, &product).await?)
        {
            continue;
        }
        available.insert(product.id);
        if !newest_published(versions).is_some_and(|newest| newest.uses_open_authorization) {
            continue;
        }
        let roles = roles.get(&product.id).map_or(&[][..], Vec::as_slice);
        let mappings = mappings.get(&product.id).map_or(&[][..], Vec::as_slice);
        for effective in effective_roles(roles, versions, mappings) {
            add_role(product.id, effective, facts);
        }
    }
    Ok(available)
}

/// A product whose versions are all retired is still used by the items that hold them.
async fn was_ever_published(unit: &dyn UnitOfWork, product: &Product) -> Result<bool, KernelError> {
    Ok(was_published(&unit.product_versions().list_by_product(product.id).await?))
}

fn add_role(product: ProductId, effective: guildhall_products::EffectiveRole, facts: &mut Facts) {
    let role = effective.role.id;
    let Some(name) = effective.name.or_else(|| effective.role.code.as_str().parse().ok()) else { return };
    facts.roles.push(Role {
        id: role,
        owner: Owner::Product(product),
        code: effective.role.code,
        name,
        permissions: effective
            .permissions
            .into_iter()
            .map(|code| Permission::product(product, code))
            .collect(),
    });
    facts.mappings.extend(effective.meta_roles.into_iter().map(|meta_role| Mapping { role, meta_role }));
}

fn by_product<T>(things: Vec<T>, product: impl Fn(&T) -> ProductId) -> BTreeMap<ProductId, Vec<T>> {
    let mut grouped: BTreeMap<ProductId, Vec<T>> = BTreeMap::new();
    for thing in things {
        grouped.entry(product(&thing)).or_default().push(thing);
    }
    grouped
}
