//! The activity feed of a project.

use guildhall_core::{Change, EventRecord, NodeId, Page, PageRequest, ProjectId};

use crate::{Kernel, KernelError, Request, code, hierarchy::Seen};

/// The fields of a project's events that name nodes.
const NODE_FIELDS: [&str; 2] = ["node_id", "archived_with"];

impl Kernel {
    /// A page of what happened in a project, newest first. Nodes that the caller does not know of are left out.
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
        let mut found = work.events().list_by_project(project.id, page).await?;
        let seen = work.nodes_seen_by(work.principal());
        for event in &mut found.items {
            event.changes.retain_mut(|change| veil(change, &seen));
        }
        Ok(found)
    }
}

/// Takes out of a change the nodes that its reader does not know of; answers whether anything is left of it.
fn veil(change: &mut Change, seen: &Seen) -> bool {
    if !NODE_FIELDS.contains(&change.field.as_str()) {
        return true;
    }
    let known = |text: &String| {
        let node = serde_json::from_str::<NodeId>(text);
        node.is_ok_and(|node| seen.of(node).is_some())
    };
    change.before = change.before.take().filter(known);
    change.after = change.after.take().filter(known);
    change.before.is_some() || change.after.is_some()
}
