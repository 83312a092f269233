//! Which permissions a workspace may put into a role of its own.

use std::collections::BTreeSet;

use guildhall_authz::{Owner, Permission, SpelledPermission};

use crate::{KernelError, builtin, code, work::Work};

impl Work<'_> {
    /// The permissions that somebody spells: the platform's delegable codes, and codes of products that are available here.
    /// What the role holds `already` it may keep, also where it could not be had anew.
    pub(super) fn read_permissions(
        &self,
        spelled: &[SpelledPermission],
        already: &BTreeSet<Permission>,
    ) -> Result<BTreeSet<Permission>, KernelError> {
        let of_products: BTreeSet<&Permission> = self
            .view()
            .roles
            .values()
            .filter(|role| matches!(role.owner, Owner::Product(_)))
            .flat_map(|role| &role.permissions)
            .chain(already)
            .collect();
        spelled.iter().map(|spelled| read(spelled, &of_products)).collect()
    }
}

fn read(spelled: &SpelledPermission, of_products: &BTreeSet<&Permission>) -> Result<Permission, KernelError> {
    if let Some(product) = spelled.product {
        let named = Permission::product(product, spelled.code.clone());
        return if of_products.contains(&named) { Ok(named) } else { Err(unknown(spelled)) };
    }
    if code::ALL.contains(&spelled.code) {
        let detail = || format!("`{spelled}` is not for a workspace's own roles");
        return if builtin::is_delegable(&spelled.code) {
            Ok(Permission::platform(spelled.code.clone()))
        } else {
            Err(KernelError::Refused { code: "permission_not_delegable", detail: detail() })
        };
    }
    let mut alike = of_products.iter().filter(|permission| permission.code == spelled.code);
    match (alike.next(), alike.next()) {
        (Some(only), None) => Ok((*only).clone()),
        (Some(_), Some(_)) => {
            let detail =
                format!("several products spell `{spelled}`: say whose it is, `<product id>/{spelled}`");
            Err(KernelError::Refused { code: "permission_ambiguous", detail })
        }
        (None, _) => Err(unknown(spelled)),
    }
}

fn unknown(spelled: &SpelledPermission) -> KernelError {
    let detail = format!("`{spelled}` is no code of the platform or of a product that is available here");
    KernelError::Refused { code: "unknown_permission", detail }
}
