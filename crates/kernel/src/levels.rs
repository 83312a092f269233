//! Where a node or a project stands in the hierarchy, and who needs it to stand there.

use std::collections::BTreeMap;

use guildhall_core::{ItemId, Level, NodeId, ProductVersionId, ProjectId};
use guildhall_products::{ProductVersion, Requirement};
use guildhall_tenancy::{Node, levels_of_path};

use crate::{KernelError, work::Work};

impl Work<'_> {
    /// The nodes from the first one below the workspace down to this one; empty for a project without a node.
    pub(crate) async fn path_of(&self, node: Option<NodeId>) -> Result<Vec<Node>, KernelError> {
        let mut path = Vec::new();
        let mut next = node;
        while let Some(id) = next.filter(|_| path.len() < Node::MAX_DEPTH) {
            let node = self.hierarchy().find(id).await?;
            let node = node.ok_or_else(|| KernelError::Internal(format!("the node {id} is gone")))?;
            next = node.parent_id;
            path.push(node);
        }
        path.reverse();
        Ok(path)
    }

    /// The levels of that path.
    pub(crate) async fn path_levels(&self, node: Option<NodeId>) -> Result<Vec<Level>, KernelError> {
        Ok(levels_of_path(&self.path_of(node).await?))
    }

    /// The project's unarchived items whose product requires one of these levels, by id and name.
    pub(crate) async fn items_needing(
        &self,
        project: ProjectId,
        lost: &[Level],
    ) -> Result<Vec<(ItemId, String)>, KernelError> {
        if lost.is_empty() {
            return Ok(Vec::new());
        }
        let mut versions = BTreeMap::new();
        let mut needing = Vec::new();
        for item in self.items().list_with_application(project).await? {
            let Some(application) = item.content.application() else { continue };
            if self.requires(application.product_version_id, lost, &mut versions).await? {
                needing.push((item.id, item.content.name().to_string()));
            }
        }
        needing.sort();
        Ok(needing)
    }

    /// The project's unarchived items whose product requires levels that a path lacks, each with those levels.
    pub(crate) async fn items_lacking(
        &self,
        project: ProjectId,
        path: &[Level],
    ) -> Result<Vec<((ItemId, String), Vec<Level>)>, KernelError> {
        let mut lacking = Vec::new();
        for item in self.items().list_with_application(project).await? {
            let Some(application) = item.content.application() else { continue };
            let Some(version) = self.product_versions().find(application.product_version_id).await? else {
                continue;
            };
            let missing: Vec<Level> =
                levels_required(&version).filter(|level| !path.contains(level)).collect();
            if !missing.is_empty() {
                lacking.push(((item.id, item.content.name().to_string()), missing));
            }
        }
        Ok(lacking)
    }

    /// Refuses to take levels away from a project while items of it need them.
    ///
    /// # Errors
    /// [`KernelError::LevelInUse`] with those levels and items.
    pub(crate) async fn keep_levels(
        &self,
        project: ProjectId,
        before: &[Level],
        after: &[Level],
    ) -> Result<(), KernelError> {
        let lost: Vec<Level> = before.iter().filter(|level| !after.contains(level)).cloned().collect();
        let items = self.items_needing(project, &lost).await?;
        if items.is_empty() { Ok(()) } else { Err(KernelError::LevelInUse { levels: lost, items }) }
    }

    /// Many items pin one version, so each version is read once.
    async fn requires(
        &self,
        id: ProductVersionId,
        lost: &[Level],
        known: &mut BTreeMap<ProductVersionId, bool>,
    ) -> Result<bool, KernelError> {
        if let Some(requires) = known.get(&id) {
            return Ok(*requires);
        }
        let version = self.product_versions().find(id).await?;
        let requires = version.is_some_and(|version| requires_any(&version, lost));
        known.insert(id, requires);
        Ok(requires)
    }
}

fn requires_any(version: &ProductVersion, lost: &[Level]) -> bool {
    levels_required(version).any(|level| lost.contains(&level))
}

fn levels_required(version: &ProductVersion) -> impl Iterator<Item = Level> {
    version.required_context.iter().filter_map(|needed| match needed {
        Requirement::Level(level) => Some(level.clone()),
        Requirement::Project => None,
    })
}
