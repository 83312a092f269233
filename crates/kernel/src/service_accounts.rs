//! Machine identities of a workspace.

mod create;
mod delete;
mod list;
mod rotate;

use guildhall_core::{PermissionCode, Secret};
use guildhall_identity::{ServiceAccount, ServiceAccountKind};

pub use create::CreateServiceAccount;

use crate::{code, work::Work};

/// A service account, and what the reader may do with it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceAccountShown {
    /// The account.
    pub account: ServiceAccount,
    /// What the reader may do with it.
    pub permissions: Vec<PermissionCode>,
}

/// A service account with the client secret that it was just given, shown this once.
#[derive(Debug, Clone)]
pub struct ServiceAccountMade {
    /// The account.
    pub shown: ServiceAccountShown,
    /// Its client secret.
    pub secret: Secret,
}

/// Who manages accounts of a kind: a product's back end belongs to those who publish the product.
pub(crate) fn managed_by(kind: ServiceAccountKind) -> PermissionCode {
    match kind {
        ServiceAccountKind::Product => code::PRODUCT_PUBLISH,
        ServiceAccountKind::Container | ServiceAccountKind::Automation => code::SERVICE_ACCOUNT_MANAGE,
    }
}

fn show(work: &Work<'_>, account: ServiceAccount) -> ServiceAccountShown {
    let manages = managed_by(account.kind);
    let permissions = if work.may(&manages, work.view().root()) { vec![manages] } else { Vec::new() };
    ServiceAccountShown { account, permissions }
}
