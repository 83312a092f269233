//! Where a question of the contract is asked, and which nodes its asker sees.

use std::collections::BTreeSet;

use guildhall_core::{Access, AccountId, Credential, NodeId, ProductId, Scope, WorkspaceId};

use crate::{
    Kernel, KernelError, Request,
    hierarchy::{Seen, Sight},
    work::{Admission, Work},
};

/// The nodes that the asker of a contract route sees.
pub(super) enum SeenNodes {
    /// As people do, and launched products for them.
    Person(Seen),
    /// Those on the paths of the projects that use the product.
    Product(BTreeSet<AccountId>),
}

impl SeenNodes {
    pub(super) fn of(&self, node: NodeId) -> Option<Sight> {
        match self {
            Self::Person(seen) => seen.of(node),
            Self::Product(accounts) => accounts.contains(&node.account()).then_some(Sight::Whole),
        }
    }
}

impl Kernel {
    /// The workspace of an account, where the request does not name another one.
    pub(super) async fn workspace_of(
        &self,
        request: &Request,
        account: AccountId,
    ) -> Result<WorkspaceId, KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let home = unit.directory().find_account(account).await?.ok_or(KernelError::NotFound)?;
        named_by(request, home)
    }
}

/// The workspace, where the request does not name another one.
pub(super) fn named_by(request: &Request, workspace: WorkspaceId) -> Result<WorkspaceId, KernelError> {
    match request.caller.workspace() {
        Some(named) if named != workspace => Err(KernelError::NotFound),
        Some(_) | None => Ok(workspace),
    }
}

/// Reads in a workspace, as people, launched products and service accounts may.
pub(super) async fn read_in<'k>(
    kernel: &'k Kernel,
    request: &'k Request,
    workspace: WorkspaceId,
) -> Result<Work<'k>, KernelError> {
    kernel.read_at(request, Scope::of(workspace), Admission::Product).await
}

impl Work<'_> {
    /// The nodes that the asker sees.
    pub(super) async fn nodes_seen_in_contract(&self) -> Result<SeenNodes, KernelError> {
        match self.caller().credential() {
            Credential::ClientCredentials { product: Some(product) } => {
                Ok(SeenNodes::Product(self.nodes_used_by(product).await?))
            }
            _ => Ok(SeenNodes::Person(self.nodes_seen_by(self.principal()))),
        }
    }

    /// The accounts on the paths of the projects that use a product; none where it is not available.
    async fn nodes_used_by(&self, product: ProductId) -> Result<BTreeSet<AccountId>, KernelError> {
        if !self.view().products.contains(&product) {
            return Ok(BTreeSet::new());
        }
        let used = self.items().list_products_in_use().await?;
        let projects = used.into_iter().filter(|used| used.product_id == product).map(|used| used.account_id);
        Ok(projects.flat_map(|project| self.view().snapshot.path(project)).collect())
    }
}
