//! The log of a workspace, or in the System space of the platform's acts.

use guildhall_core::{EventRecord, Page, PageRequest};

use crate::{EventFilter, Kernel, KernelError, Request, code};

impl Kernel {
    /// A page of the log, newest first.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where the request names no workspace; [`KernelError::Forbidden`] without
    /// `AUDIT_READ`.
    pub async fn list_events(
        &self,
        request: &Request,
        filter: &EventFilter,
        page: &PageRequest,
    ) -> Result<Page<EventRecord>, KernelError> {
        let work = self.read(request).await?;
        work.authorize_workspace(&code::AUDIT_READ)?;
        Ok(work.events().list(filter, page).await?)
    }

    /// Records that the caller takes the log away. Comes before its first page, so that no export is missing in it.
    ///
    /// # Errors
    /// Those of [`Self::list_events`].
    pub async fn begin_export(&self, request: &Request) -> Result<(), KernelError> {
        let work = self.begin_reading(request).await?;
        let space = work.authorize_workspace(&code::AUDIT_READ)?;
        let event = crate::Event::new("audit.exported", space.id.uuid(), space.name.to_string());
        work.finish(event).await
    }
}
