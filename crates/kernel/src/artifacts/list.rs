//! Showing a kind's artifacts.

use std::sync::Arc;

use guildhall_artifacts::{ListQuery, Listed};
use guildhall_core::{Page, PageRequest, PermissionCode};

use super::known::{Question, Reply};
use crate::{Kernel, KernelError, Request, products::is_overlaid, work::Work};

/// One row of a resolved list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedShown {
    /// The row.
    pub listed: Listed,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

impl Kernel {
    /// A page of a kind's artifacts as the caller's space sees them, by package and path; one row for each.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where there is no such kind; [`KernelError::Forbidden`] where the caller may not read it,
    /// or, where hidden ones are asked for, may not write it.
    pub async fn list_artifacts(
        &self,
        request: &Request,
        query: ListQuery,
        page: &PageRequest,
    ) -> Result<Page<ListedShown>, KernelError> {
        let work = self.read(request).await?;
        let kind = work.authorize_reading(&query.kind)?;
        if query.hidden {
            work.authorize_writing(&query.kind)?;
        }
        let permissions = work.codes_on_kind(kind);
        let listed = self.resolve_list(&work, query, page).await?;
        let shown =
            |listed: &Listed| ListedShown { listed: listed.clone(), permissions: permissions.clone() };
        Ok(Page { items: listed.items.iter().map(shown).collect(), next: listed.next.clone() })
    }

    /// The page from what this node knows where nothing has changed since. What lies below overlays is no artifact, and
    /// changes without a generation: that is read each time.
    async fn resolve_list(
        &self,
        work: &Work<'_>,
        query: ListQuery,
        page: &PageRequest,
    ) -> Result<Arc<Page<Listed>>, KernelError> {
        if is_overlaid(&query.kind) {
            let (artifacts, space) =
                (self.artifacts_over_all(work).await?, work.artifact_spaces().find().await?);
            return Ok(Arc::new(artifacts.list_over(&query, &space, page).await?));
        }
        let question = Question::Page(query.clone(), page.clone());
        if let Some(Reply::Page(listed)) = self.still_known(work, &question).await? {
            return Ok(listed);
        }
        let (at, listed) = self.artifacts(work).list(&query, page).await?;
        let listed = Arc::new(listed);
        self.known_artifacts().keep(work.space()?, question, at, Reply::Page(Arc::clone(&listed)));
        Ok(listed)
    }
}
