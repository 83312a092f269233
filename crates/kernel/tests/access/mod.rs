//! Groups, roles of the workspace's own, and grants: who may give what to whom, and what follows.

mod escalation;
mod explain;
mod grants;
mod groups;
mod meta_roles;
mod roles;

use chrono::{DateTime, Utc};
use guildhall_authz::{Holder, NewGrant};
use guildhall_core::{AccountId, GrantId, GroupId, Level, NodeId, PermissionCode, RoleId};
use guildhall_identity::User;
use guildhall_kernel::{CreateGroup, CreateRole, GrantShown, KernelError, NodeShown, Outcome};
use guildhall_tenancy::NewNode;

use crate::support::{World, parsed};

impl World {
    async fn node(&self, parent: Option<NodeId>) -> NodeId {
        let level = if parent.is_some() { Level::Market } else { Level::Client };
        let node = NewNode { level, name: parsed("Node"), md_id: None, categories: Vec::new() };
        match self.kernel.create_node(&self.ask(&self.admin), parent, node).await.unwrap().into_inner() {
            NodeShown::Whole { node, .. } => node.id,
            NodeShown::Outline { id, .. } => id,
        }
    }

    async fn group(&self, name: &str, account: AccountId) -> GroupId {
        let command = CreateGroup { name: parsed(name), description: None, account_id: Some(account) };
        self.kernel.create_group(&self.ask(&self.admin), command).await.unwrap().into_inner().group.id
    }

    async fn role(&self, code: &str, permissions: &[&str]) -> RoleId {
        let permissions = permissions.iter().map(|permission| parsed(permission)).collect();
        let command = CreateRole { code: parsed(code), name: parsed(code), permissions };
        self.kernel.create_role(&self.ask(&self.admin), command).await.unwrap().into_inner().role.id
    }

    async fn grant(
        &self,
        by: &User,
        holder: Holder,
        role: RoleId,
        account: AccountId,
    ) -> Result<GrantId, KernelError> {
        self.grant_until(by, holder, role, account, None).await
    }

    async fn grant_until(
        &self,
        by: &User,
        holder: Holder,
        role: RoleId,
        account: AccountId,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<GrantId, KernelError> {
        let command = NewGrant { holder, role, account, expires_at };
        let made: Outcome<GrantShown> = self.kernel.create_grant(&self.ask(by), command).await?;
        Ok(made.into_inner().grant.id)
    }

    /// The platform's codes that somebody holds on a node, read off the node as he sees it.
    async fn codes_on(&self, who: &User, node: NodeId) -> Vec<PermissionCode> {
        match self.kernel.find_node(&self.ask(who), node).await {
            Ok(NodeShown::Whole { permissions, .. }) => permissions,
            Ok(NodeShown::Outline { .. }) | Err(_) => Vec::new(),
        }
    }
}

/// The permission for want of which somebody was refused.
fn lacking<T>(refused: Result<T, KernelError>) -> Option<PermissionCode> {
    match refused {
        Err(KernelError::Forbidden(code)) => Some(code),
        Ok(_) | Err(_) => None,
    }
}

/// The word for the rule that refused.
#[expect(clippy::needless_pass_by_value, reason = "a result is made to be asserted, and nothing else")]
fn refused<T>(refused: Result<T, KernelError>) -> Option<&'static str> {
    match refused {
        Err(KernelError::Refused { code, .. }) => Some(code),
        Ok(_) | Err(_) => None,
    }
}
