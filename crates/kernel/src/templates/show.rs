//! Showing one template.

use std::sync::Arc;

use guildhall_artifacts::{ArtifactName, Listed};
use guildhall_core::PermissionCode;
use guildhall_orchestration::Template;

use crate::{
    Kernel, KernelError, Request,
    shelf::{key_of, listed, read_as},
    work::Work,
};

/// A template as the reader's space sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateShown {
    /// What it is called, and where it stands.
    pub listed: Listed,
    /// What it says.
    pub template: Arc<Template>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A template.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is none, or it is hidden; [`KernelError::Forbidden`] where the caller may not
    /// read them.
    pub async fn find_template(
        &self,
        request: &Request,
        name: &ArtifactName,
    ) -> Result<TemplateShown, KernelError> {
        find(&self.read(request).await?, name).await
    }
}

/// A template that the caller may read.
pub(super) async fn find(work: &Work<'_>, name: &ArtifactName) -> Result<TemplateShown, KernelError> {
    let key = key_of::<Template>(name)?;
    let kind = work.authorize_reading(&key.kind)?;
    let permissions = work.codes_on_kind(kind);
    let found = work.kernel().resolve_artifact(work, &key).await?;
    Ok(TemplateShown { listed: listed(&found), template: read_as(&found)?, permissions })
}
