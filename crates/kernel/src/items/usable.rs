//! Whether a product can be used by an item of a project.

use guildhall_core::ProductVersionId;
use guildhall_orchestration::{AppUse, Project};
use guildhall_products::{ProductVersion, VersionState, check_config};

use crate::{KernelError, work::Work};

impl Work<'_> {
    /// The version, where an item of the project may begin to use it: published, of a product that is available here, and
    /// requiring nothing that the project's node path lacks. One that the caller may not know of is not there.
    pub(crate) async fn usable_version(
        &self,
        id: ProductVersionId,
        project: &Project,
    ) -> Result<ProductVersion, KernelError> {
        let version = self.product_versions().find(id).await?.ok_or(KernelError::NotFound)?;
        let available = self.view().products.contains(&version.product_id);
        let published = version.state == VersionState::Published;
        if !available || !published {
            let known = (available && version.state == VersionState::Retired) || self.publishes(version.home);
            return Err(if known { unavailable() } else { KernelError::NotFound });
        }
        self.require_levels(&version, project).await?;
        Ok(version)
    }

    /// Refuses where no item of the project may begin to use what another one uses.
    pub(crate) async fn require_usable(&self, used: &AppUse, project: &Project) -> Result<(), KernelError> {
        project.ensure_active()?;
        self.usable_version(used.product_version_id, project).await.map(drop)
    }

    /// Refuses where an item that pins a version may not come back to the project: a retired version goes on being used.
    pub(crate) async fn require_still_usable(
        &self,
        used: &AppUse,
        project: &Project,
    ) -> Result<(), KernelError> {
        if !self.view().products.contains(&used.product_id) {
            return Err(unavailable());
        }
        let version = self.product_versions().find(used.product_version_id).await?.ok_or_else(unavailable)?;
        self.require_levels(&version, project).await
    }

    /// Refuses where what the project's items use requires a level that its node path lacks.
    pub(crate) async fn require_levels_of_items(&self, project: &Project) -> Result<(), KernelError> {
        for item in self.items().list_with_application(project.id).await? {
            let Some(used) = item.content.application() else { continue };
            if let Some(version) = self.product_versions().find(used.product_version_id).await? {
                self.require_levels(&version, project).await?;
            }
        }
        Ok(())
    }

    async fn require_levels(&self, version: &ProductVersion, project: &Project) -> Result<(), KernelError> {
        let levels = self.path_levels(project.node_id).await?;
        Ok(version.require(&levels, true)?)
    }
}

/// Refuses a configuration that can't be stored. The product's schema is not asked: it describes the version's own
/// configuration, of which an item's may be a part.
pub(crate) fn check_item_config(used: Option<&AppUse>) -> Result<(), KernelError> {
    let faults = used.map(|used| check_config(&used.config, None)).unwrap_or_default();
    if faults.is_empty() { Ok(()) } else { Err(KernelError::InvalidConfig { faults }) }
}

fn unavailable() -> KernelError {
    let detail = "only a published version of a product that is available here can be used".to_owned();
    KernelError::Refused { code: "product_unavailable", detail }
}
