//! Showing a kind's artifacts.

use std::sync::Arc;

use guildhall_artifacts::{ListQuery, Listed};
use guildhall_core::{Page, PageRequest, PermissionCode};

use super::known::{Question, Reply};
use crate::{Kernel, KernelError, Request};

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
        let space = work.artifact_spaces().find().await?;
        let question = Question::Page(query.clone(), page.clone());
        let known = self.known_artifacts();
        let listed = match known.find(space.id, &question, space.generations) {
            Some(Reply::Page(listed)) => listed,
            _ => {
                let listed = Arc::new(self.artifacts(&work).list(&query, &space, page).await?);
                known.keep(space.id, question, space.generations, Reply::Page(Arc::clone(&listed)));
                listed
            }
        };
        let shown =
            |listed: &Listed| ListedShown { listed: listed.clone(), permissions: permissions.clone() };
        Ok(Page { items: listed.items.iter().map(shown).collect(), next: listed.next.clone() })
    }
}
