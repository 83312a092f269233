//! A node with everything below it: its projects, and what their items need of it.

use std::collections::BTreeSet;

use guildhall_core::{ItemId, Level, NodeId, ProjectId};
use guildhall_orchestration::ProjectAccount;
use guildhall_tenancy::Tree;

use crate::{KernelError, code, work::Work};

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
        held.refuse()
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
