//! Showing one view preset.

use std::sync::Arc;

use guildhall_artifacts::{ArtifactName, Found, Listed};
use guildhall_core::PermissionCode;
use guildhall_orchestration::ViewPreset;

use crate::{
    Kernel, KernelError, Request,
    shelf::{key_of, listed, read_as},
    work::Work,
};

/// A view preset as the reader's space sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PresetShown {
    /// What it is called, and where it stands.
    pub listed: Listed,
    /// What it says.
    pub preset: Arc<ViewPreset>,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A view preset.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is none, or it is hidden; [`KernelError::Forbidden`] where the caller may not
    /// read them.
    pub async fn find_view_preset(
        &self,
        request: &Request,
        name: &ArtifactName,
    ) -> Result<PresetShown, KernelError> {
        let work = self.read(request).await?;
        let key = key_of::<ViewPreset>(name)?;
        work.authorize_reading(&key.kind)?;
        let found = self.resolve_artifact(&work, &key).await?;
        show(&work, &found)
    }
}

/// A preset that was found, as the caller sees it.
pub(super) fn show(work: &Work<'_>, found: &Found) -> Result<PresetShown, KernelError> {
    let kind = work.kernel().kind(&found.key.kind)?;
    let permissions = work.codes_on_kind(kind);
    Ok(PresetShown { listed: listed(found), preset: read_as(found)?, permissions })
}

/// A preset that the caller may look with.
pub(crate) async fn usable_preset(work: &Work<'_>, name: &ArtifactName) -> Result<PresetShown, KernelError> {
    let key = key_of::<ViewPreset>(name)?;
    work.authorize_reading(&key.kind)?;
    let found = work.kernel().resolve_artifact(work, &key).await?;
    if found.head.enabled { show(work, &found) } else { Err(KernelError::Disabled) }
}
