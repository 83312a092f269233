//! What the platform demands of every version.

use std::collections::BTreeSet;

use guildhall_core::{MetaRoleCode, PermissionCode};
use guildhall_products::{UrlRules, VersionRules};

use crate::{KernelError, code, work::Work};

/// What a version must keep to, here.
pub(super) struct Rules {
    urls: UrlRules,
    reserved: BTreeSet<PermissionCode>,
    meta_roles: BTreeSet<MetaRoleCode>,
}

impl Rules {
    pub(super) async fn of(work: &Work<'_>) -> Result<Self, KernelError> {
        let settings = work.kernel().settings();
        let meta_roles = work.meta_roles().list().await?;
        Ok(Self {
            urls: UrlRules {
                public_url: settings.public_url.clone(),
                base_domain: settings.base_domain.to_string(),
            },
            reserved: code::ALL.iter().cloned().collect(),
            meta_roles: meta_roles.into_iter().map(|meta_role| meta_role.code).collect(),
        })
    }

    pub(super) fn for_versions(&self) -> VersionRules<'_> {
        VersionRules { urls: &self.urls, reserved: &self.reserved, meta_roles: &self.meta_roles }
    }

    pub(super) fn meta_roles(&self) -> &BTreeSet<MetaRoleCode> {
        &self.meta_roles
    }
}
