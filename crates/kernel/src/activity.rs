//! The activity feed of a project.

use guildhall_core::{EventRecord, Page, PageRequest, ProjectId};

use crate::{Kernel, KernelError, Request, code};

impl Kernel {
    /// A page of what happened in a project, newest first.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller may not read the project.
    pub async fn list_activity(
        &self,
        request: &Request,
        project: ProjectId,
        page: &PageRequest,
    ) -> Result<Page<EventRecord>, KernelError> {
        let work = self.read(request).await?;
        let project = work.authorize_project(project, &code::PROJECT_READ).await?;
        Ok(work.events().list_by_project(project.id, page).await?)
    }
}
