//! A view from an earlier one and what has changed since, so that a change costs what it is about and not what there is.

use std::{collections::BTreeSet, sync::Arc};

use guildhall_authz::{Account, AccountKind, Change, Epochs, Facts, Holder, Snapshot};
use guildhall_core::{AccountId, NodeId, ProductId, ProjectId};
use guildhall_tenancy::Workspace;

use super::{Here, Stored, as_used, node_account};
use crate::{KernelError, UnitOfWork, view::View};

/// Past so many changes, or things to be read one by one, everything is read at once.
const MOST: usize = 64;

/// What has changed, each thing once.
#[derive(Default)]
struct Changed {
    holders: BTreeSet<Holder>,
    nodes: BTreeSet<NodeId>,
    projects: BTreeSet<ProjectId>,
}

impl Changed {
    /// `None` where it may be anything, or too much.
    fn of(changes: Vec<Change>) -> Option<Self> {
        let mut changed = Self::default();
        for change in changes {
            match change {
                Change::Holder(holder) => _ = changed.holders.insert(holder),
                Change::Node(node) => _ = changed.nodes.insert(node),
                Change::Project(project) => _ = changed.projects.insert(project),
                Change::Everything => return None,
            }
        }
        (changed.holders.len() + changed.nodes.len() + changed.projects.len() <= MOST).then_some(changed)
    }
}

/// The view at these epochs, made from an earlier one; `None` where everything has to be read.
///
/// The rule: it answers as one that is made from everything. What is read here is newer than the earlier view and may be newer than
/// a change that is applied, never older: so the order of changes does not matter, and one that is applied twice does no harm.
pub(crate) async fn carry(
    unit: &dyn UnitOfWork,
    from: &View,
    epochs: Epochs,
) -> Result<Option<View>, KernelError> {
    let Some(workspace) = &from.workspace else { return Ok(None) };
    let (before, now) = (from.epochs, epochs);
    let only_here = (before.platform, before.system) == (now.platform, now.system);
    let gap = usize::try_from(now.workspace - before.workspace).unwrap_or(usize::MAX);
    if !only_here || gap > MOST {
        return Ok(None);
    }
    let changes = unit.epochs().list_changes(before.workspace, now.workspace).await?;
    let Some(changed) = changes.and_then(Changed::of) else { return Ok(None) };
    let carried = Carried { unit, from, workspace, snapshot: from.snapshot.clone() };
    let snapshot = match carried.apply(changed).await {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return Ok(None),
        // Things that were moved about need not be read in the order in which the engine takes them.
        Err(KernelError::Authz(why)) => {
            tracing::info!(%why, workspace = %workspace.id, "a view is not carried forward but made anew");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let (products, roles) = (Arc::clone(&from.products), Arc::clone(&from.roles));
    Ok(Some(View { epochs, workspace: from.workspace.clone(), snapshot, products, roles }))
}

/// A snapshot on its way from one state to another.
struct Carried<'a> {
    unit: &'a dyn UnitOfWork,
    from: &'a View,
    workspace: &'a Workspace,
    snapshot: Snapshot,
}

impl Carried<'_> {
    /// The snapshot as it is now; `None` where that takes more than reading everything.
    async fn apply(mut self, changed: Changed) -> Result<Option<Snapshot>, KernelError> {
        let Changed { mut holders, nodes, projects } = changed;
        let (mut places, mut used) = (Vec::new(), Vec::new());
        for id in nodes {
            let Some(node) = self.unit.hierarchy().find(id).await? else { return Ok(None) };
            places.push(node_account(&node, self.workspace.organisation_account_id));
        }
        for id in projects {
            let Some(project) = self.unit.projects().find(id).await? else { return Ok(None) };
            let node = project.node_id.map(NodeId::account);
            let parent = Some(node.unwrap_or(self.workspace.organisation_account_id));
            places.push(Account { id: project.account_id, parent, kind: AccountKind::Project });
            used.push((project.account_id, self.read_products(id).await?));
        }
        if self.place(places)? {
            // What groups hold depends on what is below their accounts.
            let groups = self.unit.groups().list().await?;
            holders.extend(groups.into_iter().map(|group| Holder::Group(group.id)));
        }
        if holders.len() > MOST {
            return Ok(None);
        }
        for (account, products) in used {
            self.snapshot = self.snapshot.with_products_in_use(account, products)?;
        }
        self.hold(&holders).await?;
        Ok(Some(self.snapshot))
    }

    async fn read_products(&self, project: ProjectId) -> Result<BTreeSet<ProductId>, KernelError> {
        let used = self.unit.items().list_products_in_use_by_project(project).await?;
        let available = &self.from.products;
        Ok(used.into_iter().filter_map(|used| as_used(used, available)).map(|used| used.product).collect())
    }

    /// Puts accounts where they belong, and answers whether one that was there has moved.
    fn place(&mut self, mut accounts: Vec<Account>) -> Result<bool, KernelError> {
        accounts.retain(|account| parent_in(&self.snapshot, account.id) != Some(account.parent));
        let moved = accounts.iter().any(|account| self.snapshot.contains(account.id));
        if !accounts.is_empty() {
            self.snapshot = self.snapshot.with_accounts(&accounts)?;
        }
        Ok(moved)
    }

    async fn hold(&mut self, holders: &BTreeSet<Holder>) -> Result<(), KernelError> {
        let mut facts = Facts::default();
        let stored = Stored::of(self.unit, holders).await?;
        let here = Here {
            workspace: self.workspace,
            has_role: &|role| self.from.roles.contains_key(&role),
            is_below: &|account, above| self.snapshot.path(account).contains(&above),
        };
        stored.add_to(&here, &mut facts);
        for holder in holders {
            self.snapshot = self.snapshot.with_holder(*holder, &facts)?;
        }
        Ok(())
    }
}

/// The account that one hangs under; `None` where there is no such account.
fn parent_in(snapshot: &Snapshot, account: AccountId) -> Option<Option<AccountId>> {
    snapshot.contains(account).then(|| snapshot.path(account).get(1).copied())
}
