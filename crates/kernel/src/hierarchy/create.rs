//! Making a node.

use guildhall_authz::{Change, Epoch};
use guildhall_core::NodeId;
use guildhall_tenancy::{NewNode, Node};

use crate::{Begun, Event, Kernel, KernelError, NodeShown, Outcome, Request, code, work::Work};

impl Kernel {
    /// Makes a node below another one, or directly below the workspace.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see the parent; [`KernelError::Forbidden`] without
    /// `NODE_MANAGE` on it; [`KernelError::Tenancy`] where such a node can't stand there.
    pub async fn create_node(
        &self,
        request: &Request,
        parent: Option<NodeId>,
        command: NewNode,
    ) -> Result<Outcome<NodeShown>, KernelError> {
        let work = match self.begin_raising(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => {
                return Ok(Outcome::Replayed(self.find_node(request, NodeId::new(id)).await?));
            }
        };
        work.may_create_node(parent).await?;
        let node = work.add_node(parent, command).await?;
        work.raise(Epoch::Workspace, &[Change::Node(node.id)]).await?;
        work.finish(Event::new("node.created", node.id.uuid(), node.name.to_string()).creating(&node))
            .await?;
        Ok(Outcome::Done(self.find_node(request, node.id).await?))
    }
}

impl Work<'_> {
    pub(crate) async fn may_create_node(&self, parent: Option<NodeId>) -> Result<(), KernelError> {
        match parent {
            Some(id) => self.authorize_node(id, &code::NODE_MANAGE).await.map(drop),
            None => self.require(&code::NODE_MANAGE, self.organisation()?),
        }
    }

    /// Makes a node, once the epoch is raised.
    pub(crate) async fn add_node(
        &self,
        parent: Option<NodeId>,
        command: NewNode,
    ) -> Result<Node, KernelError> {
        // Read under the lock: somebody may have archived it since.
        let parent = match parent {
            Some(id) => Some(self.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?),
            None => None,
        };
        Ok(self.kernel().tenancy(&**self).create_node(self.levels()?, command, parent.as_ref()).await?)
    }
}
