//! Which products fit a project.

use guildhall_core::{Page, PageRequest, ProjectId};
use guildhall_products::Compatibility;

use crate::{Kernel, KernelError, Request, code, paging::page_of};

/// A product's newest version, and what the project lacks for it.
pub type CompatibleProduct = Compatibility;

impl Kernel {
    /// One page of the products that are available here, by name, each with what it requires and the project's node path
    /// lacks.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project.
    pub async fn list_compatible_products(
        &self,
        request: &Request,
        id: ProjectId,
        page: &PageRequest,
    ) -> Result<Page<CompatibleProduct>, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(id, &code::PROJECT_READ).await?;
        let path = work.path_levels(project.node_id).await?;
        let overlays = work.overlays().await?;
        let fitting = self.products(&*work, work.space()?).compatible_products(&path, true).await?;
        let fitting = fitting.into_iter().map(|one| Compatibility {
            product: overlays.product(one.product),
            version: overlays.version(one.version),
            missing: one.missing,
        });
        Ok(page_of(fitting.collect(), page, |one| format!("{}\0{}", one.product.name, one.product.id)))
    }
}
