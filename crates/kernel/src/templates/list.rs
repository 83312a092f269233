//! Listing templates.

use guildhall_core::{Page, PageRequest};
use guildhall_orchestration::Template;

use crate::{
    Kernel, KernelError, Request, TemplateShown,
    shelf::{ShelfQuery, kind_of},
};

impl Kernel {
    /// A page of the templates that may be used here, by name.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not read them.
    pub async fn list_templates(
        &self,
        request: &Request,
        query: &ShelfQuery,
        page: &PageRequest,
    ) -> Result<Page<TemplateShown>, KernelError> {
        let work = self.read(request).await?;
        let kind = work.authorize_reading(&kind_of::<Template>()?)?;
        let permissions = work.codes_on_kind(kind);
        let found = self.list_shelf::<Template>(&work, query, page).await?;
        Ok(found.map(|(listed, template)| TemplateShown {
            listed,
            template,
            permissions: permissions.clone(),
        }))
    }
}
