//! The permission query: what somebody may do with a product, account by account.

use std::{collections::BTreeSet, str::FromStr};

use guildhall_authz::{ListQuery, Owner, Owners};
use guildhall_core::{
    Access, AccountId, Credential, Email, PermissionCode, Principal, ProductId, Scope, UserId, ValueError,
    WorkspaceId,
};

use crate::{
    Kernel, KernelError, Request, code,
    work::{Admission, Work},
};

/// Whom a permission query asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedUser {
    /// The user with that id.
    Id(UserId),
    /// The user who signs in with that address.
    Email(Email),
}

impl FromStr for AskedUser {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        text.parse().map(Self::Email).map_err(|_| ValueError::new("is neither a UUID nor an e-mail address"))
    }
}

/// A question about permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionQuery {
    /// This account and all below it; `None` for the workspace of the request.
    pub account_id: Option<AccountId>,
    /// About whom; `None` for the asker himself.
    pub user: Option<AskedUser>,
    /// Which codes; none for all that the asker may see.
    pub codes: Vec<PermissionCode>,
    /// Of which product; `None` for all that the asker may see.
    pub product_id: Option<ProductId>,
    /// How many accounts to answer at most.
    pub limit: usize,
    /// How many accounts to skip.
    pub offset: usize,
}

/// What somebody may do on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPermissions {
    /// The account.
    pub account_id: AccountId,
    /// The codes, by their spelling; at least one.
    pub permissions: Vec<PermissionCode>,
}

/// A part of the answer to a permission query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionsFound {
    /// How many accounts there are in the whole answer.
    pub total_count: usize,
    /// The accounts of this part: the one asked about first, then depth-first, siblings by id.
    pub accounts: Vec<HeldPermissions>,
}

impl Kernel {
    /// What somebody may do on an account and below it. The workspace follows from the account. What the asker may not
    /// ask is answered like what is not there: by nothing.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where a user names no account and his request no workspace.
    pub async fn query_permissions(
        &self,
        request: &Request,
        query: &PermissionQuery,
    ) -> Result<PermissionsFound, KernelError> {
        let Some(workspace) = self.workspace_asked_about(request, query).await? else {
            return Ok(PermissionsFound::default());
        };
        let request = request.in_workspace(workspace);
        match self.read_at(&request, Scope::of(workspace), Admission::Product).await {
            Ok(work) => work.permissions_held(query).await,
            Err(KernelError::NotFound | KernelError::WorkspaceInactive) => Ok(PermissionsFound::default()),
            Err(error) => Err(error),
        }
    }

    async fn workspace_asked_about(
        &self,
        request: &Request,
        query: &PermissionQuery,
    ) -> Result<Option<WorkspaceId>, KernelError> {
        let own = request.caller.workspace();
        let Some(account) = query.account_id else {
            return match request.caller.principal() {
                Principal::ServiceAccount(_) => Ok(None),
                Principal::User(_) => own.map(Some).ok_or(KernelError::WorkspaceRequired),
            };
        };
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let found = unit.directory().find_account(account).await?;
        Ok(found.filter(|found| own.is_none_or(|own| own == *found)))
    }
}

impl Work<'_> {
    async fn permissions_held(&self, query: &PermissionQuery) -> Result<PermissionsFound, KernelError> {
        let below = query.account_id.unwrap_or(self.view().root());
        let Some(who) = self.find_asked_user(query, below).await? else {
            return Ok(PermissionsFound::default());
        };
        let owners = self.askable_products(query.product_id)?.into_iter().map(Owner::Product).collect();
        let codes = Some(query.codes.clone());
        let query_all = ListQuery { below, owners: Owners::Only(owners), codes };
        let all = self.view().snapshot.list(Principal::User(who), &query_all, self.now());
        let total_count = all.len();
        let part = all.into_iter().skip(query.offset).take(query.limit);
        let accounts = part.map(|(account_id, permissions)| HeldPermissions { account_id, permissions });
        Ok(PermissionsFound { total_count, accounts: accounts.collect() })
    }

    /// Whom the query is about, where the asker may ask about him on that account and he may come in at all.
    async fn find_asked_user(
        &self,
        query: &PermissionQuery,
        below: AccountId,
    ) -> Result<Option<UserId>, KernelError> {
        let asker = self.caller().user();
        let found = match &query.user {
            None => return Ok(asker),
            Some(AskedUser::Id(id)) => self.users().find(*id).await?,
            Some(AskedUser::Email(email)) => self.users().find_by_email(email).await?,
        };
        let of_product = matches!(self.caller().credential(), Credential::ProductToken { .. });
        let about_others = !of_product && self.may(&code::PERMISSIONS_QUERY, below);
        Ok(found
            .filter(|user| user.active && self.is_admitted(Principal::User(user.id)))
            .map(|user| user.id)
            .filter(|user| about_others || asker == Some(*user)))
    }

    /// The products whose codes the asker is answered: its own for a product and its service account, for a user those
    /// that he may see. `named` leaves one of them.
    fn askable_products(&self, named: Option<ProductId>) -> Result<BTreeSet<ProductId>, KernelError> {
        let mut products = match self.caller().credential() {
            Credential::ProductToken { product, .. }
            | Credential::ClientCredentials { product: Some(product) } => [product].into(),
            Credential::ClientCredentials { product: None } => BTreeSet::new(),
            Credential::Password | Credential::Session(_) | Credential::Embedded => self.seen_products()?,
        };
        products.retain(|product| named.is_none_or(|named| named == *product));
        Ok(products)
    }

    /// The available products that the caller may see: all of them, or those of which he holds a code anywhere.
    fn seen_products(&self) -> Result<BTreeSet<ProductId>, KernelError> {
        let all = &self.view().products;
        if self.may(&code::PRODUCT_READ, self.organisation()?) {
            return Ok(all.clone());
        }
        let holds_code_of = |product: &ProductId| self.holds_code_of(self.principal(), *product);
        Ok(all.iter().copied().filter(holds_code_of).collect())
    }
}
