//! Listing view presets.

use guildhall_core::{Page, PageRequest};
use guildhall_orchestration::ViewPreset;

use crate::{
    Kernel, KernelError, PresetShown, Request,
    shelf::{ShelfQuery, kind_of},
};

impl Kernel {
    /// A page of the view presets that may be used here, by name.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not read them.
    pub async fn list_view_presets(
        &self,
        request: &Request,
        query: &ShelfQuery,
        page: &PageRequest,
    ) -> Result<Page<PresetShown>, KernelError> {
        let work = self.read(request).await?;
        let kind = work.authorize_reading(&kind_of::<ViewPreset>()?)?;
        let permissions = work.codes_on_kind(kind);
        let found = self.list_shelf::<ViewPreset>(&work, query, page).await?;
        Ok(found.map(|(listed, preset)| PresetShown { listed, preset, permissions: permissions.clone() }))
    }
}
