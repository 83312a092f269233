//! Showing which sorts of artifacts there are.

use guildhall_artifacts::{Kind, KindName};
use guildhall_core::PermissionCode;

use crate::{Kernel, KernelError, Request};

/// One sort of artifact.
#[derive(Debug)]
pub struct KindShown<'k> {
    /// The kind.
    pub kind: &'k Kind,
    /// What the reader may do with its artifacts.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// Every kind, by name: whoever is admitted to the workspace may know which there are.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`].
    pub async fn list_artifact_kinds(&self, request: &Request) -> Result<Vec<KindShown<'_>>, KernelError> {
        let work = self.read(request).await?;
        work.space()?;
        let shown = |kind| KindShown { kind, permissions: work.codes_on_kind(kind) };
        Ok(self.settings().kinds.iter().map(shown).collect())
    }

    /// One kind.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is none of that name.
    pub async fn find_artifact_kind(
        &self,
        request: &Request,
        name: &KindName,
    ) -> Result<KindShown<'_>, KernelError> {
        let work = self.read(request).await?;
        work.space()?;
        let kind = self.kind(name)?;
        Ok(KindShown { kind, permissions: work.codes_on_kind(kind) })
    }
}
