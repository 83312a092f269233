//! A node with everything above it.

use chrono::{DateTime, Utc};
use guildhall_core::{AccountId, Name, NodeId};
use guildhall_tenancy::{Node, NodeState};

use super::place::{SeenNodes, read_in};
use crate::{Kernel, KernelError, Request, hierarchy::Sight, work::Work};

/// One level of a path: a node, or the workspace on top. What its reader may not see of it is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Ancestor {
    /// The account.
    pub account_id: AccountId,
    /// What it is: a level's name, or `TENANT` for the workspace.
    pub level: String,
    /// What people call it.
    pub name: Name,
    /// The account above; `None` for the workspace.
    pub parent_id: Option<AccountId>,
    /// Whether it is in use, where the reader sees all of it.
    pub state: Option<NodeState>,
    /// The words that it is filed under.
    pub categories: Vec<Name>,
    /// When it was made, where the reader sees all of it.
    pub created_at: Option<DateTime<Utc>>,
}

impl Kernel {
    /// The node or the workspace of an account, and all above it up to the workspace.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see it.
    pub async fn find_ancestors(
        &self,
        request: &Request,
        account: AccountId,
    ) -> Result<Vec<Ancestor>, KernelError> {
        let workspace = self.workspace_of(request, account).await?;
        let request = request.in_workspace(workspace);
        let work = read_in(self, &request, workspace).await?;
        let top = of_workspace(&work)?;
        if account == top.account_id {
            return Ok(vec![top]);
        }
        let node = work.hierarchy().find(NodeId::new(account.uuid())).await?.ok_or(KernelError::NotFound)?;
        let seen = work.nodes_seen_in_contract().await?;
        let path = self.tenancy(&*work).node_path(&node).await?;
        let nodes = path.iter().rev().map(|node| of_node(node, &seen, top.account_id));
        let mut found = nodes.collect::<Option<Vec<_>>>().ok_or(KernelError::NotFound)?;
        found.push(top);
        Ok(found)
    }
}

fn of_workspace(work: &Work<'_>) -> Result<Ancestor, KernelError> {
    let workspace = work.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
    Ok(Ancestor {
        account_id: workspace.account_id,
        level: "TENANT".to_owned(),
        name: workspace.name.clone(),
        parent_id: None,
        state: Some(NodeState::Live),
        categories: Vec::new(),
        created_at: Some(workspace.created_at),
    })
}

/// `None` where the reader may not know of the node.
fn of_node(node: &Node, seen: &SeenNodes, top: AccountId) -> Option<Ancestor> {
    let whole = seen.of(node.id)? == Sight::Whole;
    Some(Ancestor {
        account_id: node.id.account(),
        level: node.level.to_string(),
        name: node.name.clone(),
        parent_id: Some(node.parent_id.map_or(top, NodeId::account)),
        state: whole.then_some(node.state),
        categories: if whole { node.categories.clone() } else { Vec::new() },
        created_at: whole.then_some(node.created_at),
    })
}
