//! The permission query: what somebody may do with a product, account by account.

use std::{collections::BTreeSet, str::FromStr, sync::Arc, time::Instant};

use guildhall_authz::{ListQuery, Owner, Owners};
use guildhall_core::{
    Access, AccountId, Caller, Credential, Email, PermissionCode, Principal, ProductId, Scope, UserId,
    ValueError, WorkspaceId,
};

use crate::{
    Consistency, Kernel, KernelError, Request, code,
    rights::Rights,
    work::{Admission, Work},
};

/// Whom a permission query asks about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// How fresh the answer must be.
    pub consistency: Consistency,
}

/// What somebody may do on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPermissions {
    /// The account.
    pub account_id: AccountId,
    /// The codes, by their spelling; at least one. Accounts with the same codes share them.
    pub permissions: Arc<[PermissionCode]>,
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
        match self.query_in_memory(&request.caller, query) {
            Some(found) => Ok(found),
            None => Box::pin(self.query_in_database(request, query)).await, // rarely needed, and large
        }
    }

    async fn query_in_database(
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

    /// The answer without the database, where all that it follows from was looked at lately; `None` to ask the database.
    fn query_in_memory(&self, caller: &Caller, query: &PermissionQuery) -> Option<PermissionsFound> {
        let workspace = match (query.account_id, caller.workspace()) {
            (Some(account), named) => {
                let home = self.remembered().home(account)?;
                named.is_none_or(|named| named == home).then_some(home)?
            }
            (None, Some(named)) if caller.user().is_some() => named,
            (None, _) => return None,
        };
        let epochs = self.known().fresh(workspace, Instant::now())?;
        match query.consistency {
            Consistency::Recent => {}
            Consistency::AtLeast(written) if written.is_in(workspace, epochs) => {}
            Consistency::AtLeast(_) | Consistency::Full => return None,
        }
        let view = self.views().made_at(workspace, epochs)?;
        let rights = Rights { view: &view, caller, now: self.clock().now() };
        rights.admit().ok()?;
        if let Credential::ProductToken { product, .. } = caller.credential() {
            view.products.contains(&product).then_some(())?;
        }
        let named = match &query.user {
            Some(asked) => Some(self.remembered().person(asked)?),
            None => None,
        };
        Some(rights.permissions_held(query, named))
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
        if let Some(home) = found {
            self.remembered().keep_home(account, home);
        }
        Ok(found.filter(|found| own.is_none_or(|own| own == *found)))
    }
}

impl Work<'_> {
    async fn permissions_held(&self, query: &PermissionQuery) -> Result<PermissionsFound, KernelError> {
        let named = match &query.user {
            Some(asked) => Some(self.find_asked_user(asked).await?),
            None => None,
        };
        Ok(self.rights().permissions_held(query, named))
    }

    /// The active user of an id or an address.
    async fn find_asked_user(&self, asked: &AskedUser) -> Result<Option<UserId>, KernelError> {
        let remembered = self.kernel().remembered();
        let looked = remembered.look();
        let found = match asked {
            AskedUser::Id(id) => self.users().find(*id).await?,
            AskedUser::Email(email) => self.users().find_by_email(email).await?,
        };
        let user = found.filter(|user| user.active).map(|user| user.id);
        remembered.keep_person(asked.clone(), looked, user);
        Ok(user)
    }
}

impl Rights<'_> {
    /// What the one asked about holds: the asker himself where nobody is named, nobody where the name is nobody's.
    fn permissions_held(&self, query: &PermissionQuery, named: Option<Option<UserId>>) -> PermissionsFound {
        let below = query.account_id.unwrap_or(self.view.root());
        let Some(who) = self.askable(named, below) else { return PermissionsFound::default() };
        let owners = self.askable_products(query.product_id).into_iter().map(Owner::Product).collect();
        let codes = Some(query.codes.clone());
        let PermissionQuery { offset, limit, .. } = *query;
        let asked = ListQuery { below, owners: Owners::Only(owners), codes, offset, limit };
        let listed = self.view.snapshot.list(Principal::User(who), &asked, self.now);
        let accounts = listed
            .accounts
            .into_iter()
            .map(|(account_id, permissions)| HeldPermissions { account_id, permissions });
        PermissionsFound { total_count: listed.total_count, accounts: accounts.collect() }
    }

    /// Whom the query is about, where the asker may ask about him on that account and he may come in at all.
    fn askable(&self, named: Option<Option<UserId>>, below: AccountId) -> Option<UserId> {
        let asker = self.caller.user();
        let Some(named) = named else { return asker };
        let of_product = matches!(self.caller.credential(), Credential::ProductToken { .. });
        named
            .filter(|user| self.is_admitted(Principal::User(*user)))
            .filter(|user| asker == Some(*user) || (!of_product && self.may(&code::PERMISSIONS_QUERY, below)))
    }

    /// The products whose codes the asker is answered: its own for a product and its service account, for a user those
    /// that he may see. `named` leaves one of them.
    fn askable_products(&self, named: Option<ProductId>) -> BTreeSet<ProductId> {
        let mut products = match self.caller.credential() {
            Credential::ProductToken { product, .. }
            | Credential::ClientCredentials { product: Some(product) } => [product].into(),
            Credential::ClientCredentials { product: None } => BTreeSet::new(),
            Credential::Password
            | Credential::Session(_)
            | Credential::ApiKey { .. }
            | Credential::Embedded => self.seen_products(),
        };
        products.retain(|product| named.is_none_or(|named| named == *product));
        products
    }

    /// The available products that the caller may see: all of them, or those of which he holds a code anywhere.
    fn seen_products(&self) -> BTreeSet<ProductId> {
        let (all, workspace) = (&*self.view.products, self.view.workspace.as_ref());
        if workspace.is_some_and(|here| self.may(&code::PRODUCT_READ, here.organisation_account_id)) {
            return all.clone();
        }
        let holds_code_of = |product: &ProductId| self.holds_code_of(self.principal(), *product);
        all.iter().copied().filter(holds_code_of).collect()
    }
}
