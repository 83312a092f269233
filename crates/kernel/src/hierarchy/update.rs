//! Changing what a node is called and filed under.

use guildhall_core::NodeId;
use guildhall_tenancy::NodePatch;

use crate::{Begun, Event, Kernel, KernelError, NodeShown, Request, code};

impl Kernel {
    /// Changes a node's name, master data id and categories. What it is and where it stands no right follows from here.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it; [`KernelError::Forbidden`] without `NODE_MANAGE`;
    /// [`KernelError::Stale`] where it has changed since he read it.
    pub async fn update_node(
        &self,
        request: &Request,
        id: NodeId,
        patch: NodePatch,
    ) -> Result<NodeShown, KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return self.find_node(request, id).await };
        let before = work.authorize_node(id, &code::NODE_MANAGE).await?.into_inner();
        request.expect_version(before.version)?;
        let after = self.tenancy(&*work).update_node(before.clone(), patch).await?;
        let event = Event::new("node.changed", id.uuid(), after.name.to_string());
        work.finish(event.changing(&before, &after)).await?;
        self.find_node(request, id).await
    }
}
