//! Making a node that the workspace's master data knows.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{AccountId, Level, Name, NodeId, WorkspaceId};
use guildhall_tenancy::{NewNode, NodeState};

use super::place::named_by;
use crate::{Begun, Event, Kernel, KernelError, Request};

/// A node to make by its master data.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateOrganizationUnit {
    /// The account that it stands under: a node's, or the workspace's, as `None` does.
    pub parent_id: Option<AccountId>,
    /// What it is.
    pub level: Level,
    /// What the workspace's master data calls it; its name too.
    pub md_id: Name,
    /// The words that it is filed under.
    pub categories: Vec<Name>,
}

/// What came of making a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationUnitMade {
    /// It was made.
    New(NodeId),
    /// One with the same master data id and level is in use there already.
    Exists,
}

impl Kernel {
    /// Makes a node, unless one with the same level and master data id stands there.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see workspace or parent; [`KernelError::Forbidden`] without
    /// `NODE_MANAGE` on it; [`KernelError::Tenancy`] where such a node can't stand there.
    pub async fn create_organization_unit(
        &self,
        request: &Request,
        workspace: WorkspaceId,
        command: CreateOrganizationUnit,
    ) -> Result<OrganizationUnitMade, KernelError> {
        let request = request.in_workspace(named_by(request, workspace)?);
        let work = match self.begin_raising(&request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(id) => return Ok(OrganizationUnitMade::New(NodeId::new(id))),
        };
        let top = work.view().root();
        let parent = command.parent_id.filter(|parent| *parent != top).map(|id| NodeId::new(id.uuid()));
        work.may_create_node(parent).await?;
        let live = work.hierarchy().list().await?;
        let stands_there = live.iter().any(|node| {
            node.state == NodeState::Live
                && node.parent_id == parent
                && node.level == command.level
                && node.md_id.as_ref() == Some(&command.md_id)
        });
        if stands_there {
            return Ok(OrganizationUnitMade::Exists);
        }
        let node = NewNode {
            level: command.level,
            name: command.md_id.clone(),
            md_id: Some(command.md_id),
            categories: command.categories,
        };
        let node = work.add_node(parent, node).await?;
        work.raise(Epoch::Workspace, &[Change::Node(node.id)]).await?;
        work.finish(Event::new("node.created", node.id.uuid(), node.name.to_string()).creating(&node))
            .await?;
        Ok(OrganizationUnitMade::New(node.id))
    }
}
