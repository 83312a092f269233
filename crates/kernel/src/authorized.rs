//! Looking a thing up for an action is the authorization.

use std::ops::Deref;

use guildhall_core::{
    AccountId, InvitationId, NodeId, PermissionCode, Principal, ProductId, ProductVersionId, ProjectId,
    ServiceAccountId,
};
use guildhall_identity::ServiceAccount;
use guildhall_orchestration::Project;
use guildhall_products::{Product, ProductVersion, VersionState};
use guildhall_tenancy::{Invitation, Levels, Node, Workspace};

use crate::{KernelError, code, invitations::Inviter, service_accounts::managed_by, work::Work};

/// A thing that the caller may do something to. Made by a look-up alone.
#[derive(Debug, Clone)]
pub struct Authorized<T>(T);

impl<T> Authorized<T> {
    /// The thing, to be changed.
    pub(crate) fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl Work<'_> {
    /// The workspace, for an action on all of it.
    pub(crate) fn authorize_workspace(
        &self,
        action: &PermissionCode,
    ) -> Result<Authorized<Workspace>, KernelError> {
        let workspace = self.view().workspace.clone().ok_or(KernelError::WorkspaceRequired)?;
        self.require(action, workspace.account_id)?;
        Ok(Authorized(workspace))
    }

    /// The account that nodes and projects hang under where they have no node.
    pub(crate) fn organisation(&self) -> Result<AccountId, KernelError> {
        let workspace = self.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        Ok(workspace.organisation_account_id)
    }

    /// The levels of the workspace's hierarchy. A use case that raises reads them under the lock under which they change.
    pub(crate) fn levels(&self) -> Result<&Levels, KernelError> {
        let workspace = self.view().workspace.as_ref().ok_or(KernelError::WorkspaceRequired)?;
        Ok(&workspace.settings.levels)
    }

    /// The project, or `NotFound` where the caller may not read it.
    pub(crate) async fn authorize_project(
        &self,
        id: ProjectId,
        action: &PermissionCode,
    ) -> Result<Authorized<Project>, KernelError> {
        self.authorize_project_for(self.principal(), id, action).await
    }

    /// The same for somebody on whose behalf the caller asks.
    pub(crate) async fn authorize_project_for(
        &self,
        who: Principal,
        id: ProjectId,
        action: &PermissionCode,
    ) -> Result<Authorized<Project>, KernelError> {
        let project = self.projects().find(id).await?.ok_or(KernelError::NotFound)?;
        self.authorize_found_project(who, project, action)
    }

    /// The same for a project that was looked up with what belongs to it.
    pub(crate) fn authorize_found_project(
        &self,
        who: Principal,
        project: Project,
        action: &PermissionCode,
    ) -> Result<Authorized<Project>, KernelError> {
        if !self.allows(who, &code::PROJECT_READ, project.account_id) {
            return Err(KernelError::NotFound);
        }
        self.require_for(who, action, project.account_id)?;
        Ok(Authorized(project))
    }

    /// The node, or `NotFound` where the caller may not know of it. Of one that stands above what he sees he knows, and may
    /// do nothing to it.
    pub(crate) async fn authorize_node(
        &self,
        id: NodeId,
        action: &PermissionCode,
    ) -> Result<Authorized<Node>, KernelError> {
        self.authorize_node_for(self.principal(), id, action).await
    }

    /// The same for somebody on whose behalf the caller asks.
    pub(crate) async fn authorize_node_for(
        &self,
        who: Principal,
        id: NodeId,
        action: &PermissionCode,
    ) -> Result<Authorized<Node>, KernelError> {
        let node = self.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?;
        self.sight_for(who, id).ok_or(KernelError::NotFound)?;
        self.require_for(who, &code::NODE_READ, id.account())?;
        self.require_for(who, action, id.account())?;
        Ok(Authorized(node))
    }

    /// Refuses where the node carries nothing new because it is archived. Nothing hangs on `None`.
    pub(crate) async fn require_live(&self, node: Option<NodeId>) -> Result<(), KernelError> {
        if let Some(id) = node {
            self.hierarchy().find(id).await?.ok_or(KernelError::NotFound)?.live()?;
        }
        Ok(())
    }

    /// The invitation, or `NotFound` where somebody else sent it and the caller does not manage members.
    pub(crate) async fn authorize_invitation(
        &self,
        id: InvitationId,
    ) -> Result<Authorized<Invitation>, KernelError> {
        let inviter = self.inviter()?;
        let invitation = self.invitations().find(id).await?.ok_or(KernelError::NotFound)?;
        match inviter {
            Inviter::Own(user) if invitation.invited_by != user => Err(KernelError::NotFound),
            Inviter::Own(_) | Inviter::Any => Ok(Authorized(invitation)),
        }
    }

    /// The product, or `NotFound` where the caller may not know of it.
    pub(crate) async fn authorize_product(
        &self,
        id: ProductId,
        action: &PermissionCode,
    ) -> Result<Authorized<Product>, KernelError> {
        let product = self.products().find(id).await?.ok_or(KernelError::NotFound)?;
        let codes = self.codes_on_product(&product).await?;
        if codes.is_empty() {
            return Err(KernelError::NotFound);
        }
        if codes.contains(action) {
            Ok(Authorized(product))
        } else {
            Err(KernelError::Forbidden(action.clone()))
        }
    }

    /// The version with its product, or `NotFound` where the caller may not know of it. A draft is there for its
    /// publishers alone.
    pub(crate) async fn authorize_version(
        &self,
        product: ProductId,
        id: ProductVersionId,
        action: &PermissionCode,
    ) -> Result<(Authorized<Product>, Authorized<ProductVersion>), KernelError> {
        let seen = self.authorize_product(product, &code::PRODUCT_READ).await?;
        let version = self.product_versions().find(id).await?.ok_or(KernelError::NotFound)?;
        let hidden = version.state == VersionState::Draft && !self.publishes(seen.home);
        if version.product_id != product || hidden {
            return Err(KernelError::NotFound);
        }
        Ok((self.authorize_product(product, action).await?, Authorized(version)))
    }

    /// The service account, or `NotFound` where the caller may not manage accounts of its kind.
    pub(crate) async fn authorize_service_account(
        &self,
        id: ServiceAccountId,
    ) -> Result<Authorized<ServiceAccount>, KernelError> {
        let account = self.service_accounts().find(id).await?.ok_or(KernelError::NotFound)?;
        if self.may(&managed_by(account.kind), self.view().root()) {
            Ok(Authorized(account))
        } else {
            Err(KernelError::NotFound)
        }
    }
}
