//! A node with everything below it: its projects, and what their items need of it.

use std::collections::BTreeSet;

use guildhall_core::{ItemId, Level, NodeId, ProjectId};
use guildhall_orchestration::ProjectAccount;
use guildhall_tenancy::{Levels, Tree};

use crate::{KernelError, code, work::Work};

/// How many nodes a refusal names.
const MOST_NAMED: usize = 100;

/// Those of the projects that are linked to a node or to one below it.
pub(super) fn projects_of(tree: &Tree, node: NodeId, all: Vec<ProjectAccount>) -> Vec<ProjectAccount> {
    let below = tree.descendants(Some(node)).into_iter().map(|node| node.id);
    let branch: BTreeSet<NodeId> = below.chain([node]).collect();
    all.into_iter().filter(|project| project.node_id.is_some_and(|node| branch.contains(&node))).collect()
}

impl Work<'_> {
    /// Refuses to take levels away from active projects while unarchived items of them need them.
    ///
    /// # Errors
    /// [`KernelError::LevelInUse`] with all levels, and those of the items that the caller may read.
    pub(super) async fn refuse_loss(
        &self,
        projects: &[ProjectAccount],
        lost: impl Fn(&ProjectAccount) -> Vec<Level>,
    ) -> Result<(), KernelError> {
        self.losers(projects, lost).await?.refuse()
    }

    /// Refuses levels under which nodes in use could not stand where they do.
    ///
    /// # Errors
    /// [`KernelError::LevelsInUse`] with those nodes, and the items that need a level which is taken away.
    pub(crate) async fn refuse_misplaced(&self, before: &Levels, after: &Levels) -> Result<(), KernelError> {
        let tree = Tree::new(self.hierarchy().list().await?);
        let misplaced = tree.misplaced(after);
        if misplaced.is_empty() {
            return Ok(());
        }
        let gone = before.rules().iter().map(|rule| &rule.level).filter(|level| !after.contains(level));
        let gone: Vec<Level> = gone.cloned().collect();
        let projects = self.projects().list_accounts().await?;
        let items = self.losers(&projects, |_| gone.clone()).await?.items;
        let seen = misplaced.into_iter().filter(|node| self.may(&code::NODE_READ, node.id.account()));
        let nodes = seen.take(MOST_NAMED).map(|node| (node.id, node.name.to_string())).collect();
        Err(KernelError::LevelsInUse { nodes, items })
    }

    /// The active projects that would lose levels which unarchived items of them need.
    async fn losers(
        &self,
        projects: &[ProjectAccount],
        lost: impl Fn(&ProjectAccount) -> Vec<Level>,
    ) -> Result<Held, KernelError> {
        // Most projects use no product; one question tells which do.
        let used = self.items().list_products_in_use().await?;
        let using: BTreeSet<ProjectId> = used.into_iter().map(|used| used.project_id).collect();
        let mut held = Held::default();
        for project in projects.iter().filter(|project| using.contains(&project.project_id)) {
            let lost = lost(project);
            let needing = self.items_needing(project.project_id, &lost).await?;
            if !needing.is_empty() {
                held.levels.extend(lost);
                held.items.extend(self.readable(project, needing));
            }
        }
        Ok(held)
    }

    /// Refuses to bring projects back whose items need what their path no longer has.
    pub(super) async fn refuse_lack(
        &self,
        tree: &Tree,
        projects: &[ProjectAccount],
    ) -> Result<(), KernelError> {
        let mut held = Held::default();
        for project in projects {
            let path = project.node_id.map(|node| tree.levels(node)).unwrap_or_default();
            for (item, missing) in self.items_lacking(project.project_id, &path).await? {
                held.levels.extend(missing);
                held.items.extend(self.readable(project, vec![item]));
            }
        }
        held.refuse()
    }

    /// Whoever manages nodes need not read all the projects on them: what he may not read keeps them back unnamed.
    fn readable(&self, project: &ProjectAccount, items: Vec<(ItemId, String)>) -> Vec<(ItemId, String)> {
        if self.may(&code::PROJECT_READ, project.account_id) { items } else { Vec::new() }
    }
}

/// What keeps a branch as it is.
#[derive(Default)]
struct Held {
    levels: BTreeSet<Level>,
    items: Vec<(ItemId, String)>,
}

impl Held {
    fn refuse(mut self) -> Result<(), KernelError> {
        if self.levels.is_empty() {
            return Ok(());
        }
        self.items.sort();
        Err(KernelError::LevelInUse { levels: self.levels.into_iter().collect(), items: self.items })
    }
}
