//! What a version must keep to, checked before anything of it is written.

use std::collections::BTreeSet;

use guildhall_core::Fault;

use crate::{
    ProductVersion, ProductsError, RoleDefinition, UpdateVersion, VersionRules, check_config,
    role::{duplicates, unique},
};

/// How many roles a version may know.
const MAX_ROLES: usize = 100;

/// How many permission codes a role may hold, and to how many meta roles it may be mapped.
const MAX_CODES: usize = 200;

/// How many levels a version may require; a node path has no more.
const MAX_REQUIREMENTS: usize = 33;

/// Checks all that is not about roles.
pub(super) fn check_fields(version: &ProductVersion, rules: VersionRules<'_>) -> Result<(), ProductsError> {
    let mut faults = Vec::new();
    if let Err(error) = rules.urls.check(version.entry.url()) {
        faults.push(Fault::new("/entry_url", error.to_string()));
    }
    if version.required_context.len() > MAX_REQUIREMENTS {
        faults.push(Fault::new("/required_context", format!("has more than {MAX_REQUIREMENTS} entries")));
    }
    faults.extend(check_config(&version.config, version.config_schema.as_ref()));
    refuse(faults)
}

/// Checks what may still change after publication. The URL is left out: a version that was in order when it was published
/// can be renamed although the platform has moved.
pub(super) fn check_open_fields(version: &ProductVersion) -> Result<(), ProductsError> {
    refuse(check_config(&version.config, version.config_schema.as_ref()))
}

fn refuse(faults: Vec<Fault>) -> Result<(), ProductsError> {
    if faults.is_empty() { Ok(()) } else { Err(ProductsError::Invalid { faults }) }
}

/// Checks roles against each other and against the platform's codes.
pub(super) fn check_roles(roles: &[RoleDefinition], rules: VersionRules<'_>) -> Result<(), ProductsError> {
    refuse(role_bounds(roles))?;
    let codes = duplicates(roles.iter().map(|role| &role.code));
    if !codes.is_empty() {
        return Err(ProductsError::DuplicateRole { codes });
    }
    let spelled: BTreeSet<_> = roles.iter().flat_map(|role| &role.permissions).cloned().collect();
    let codes: Vec<_> = spelled.intersection(rules.reserved).cloned().collect();
    if !codes.is_empty() {
        return Err(ProductsError::ReservedCode { codes });
    }
    let mapped: BTreeSet<_> = roles.iter().flat_map(|role| &role.meta_roles).cloned().collect();
    let codes: Vec<_> = mapped.difference(rules.meta_roles).cloned().collect();
    if codes.is_empty() { Ok(()) } else { Err(ProductsError::UnknownMetaRole { codes }) }
}

fn role_bounds(roles: &[RoleDefinition]) -> Vec<Fault> {
    if roles.len() > MAX_ROLES {
        return vec![Fault::new("/roles", format!("has more than {MAX_ROLES} roles"))];
    }
    let mut faults = Vec::new();
    for (index, role) in roles.iter().enumerate() {
        for (field, length) in
            [("permissions", role.permissions.len()), ("meta_roles", role.meta_roles.len())]
        {
            if length > MAX_CODES {
                faults.push(Fault::new(
                    format!("/roles/{index}/{field}"),
                    format!("has more than {MAX_CODES} codes"),
                ));
            }
        }
    }
    faults
}

/// The fields that a patch would change and a published version keeps. Naming the value that is there already is no change.
pub(super) fn frozen_changes(version: &ProductVersion, patch: &UpdateVersion) -> Vec<&'static str> {
    let roles = |definitions: &Vec<RoleDefinition>| {
        let wanted: Vec<_> = definitions.iter().cloned().map(RoleDefinition::normalized).collect();
        wanted != version.roles.iter().map(crate::AppRole::definition).collect::<Vec<_>>()
    };
    let changes = [
        ("kind", patch.kind.is_some_and(|kind| kind != version.entry.kind())),
        ("entry_url", patch.entry_url.as_ref().is_some_and(|url| url != version.entry.url())),
        ("slug", patch.slug.as_ref().is_some_and(|slug| *slug != version.slug)),
        (
            "required_context",
            patch.required_context.clone().is_some_and(|needed| unique(needed) != version.required_context),
        ),
        ("roles", patch.roles.as_ref().is_some_and(roles)),
        (
            "uses_open_authorization",
            patch.uses_open_authorization.is_some_and(|uses| uses != version.uses_open_authorization),
        ),
        (
            "config_schema",
            super::versions::patched_schema(version, patch.config_schema.clone()) != version.config_schema,
        ),
    ];
    changes.into_iter().filter(|(_, changes)| *changes).map(|(field, _)| field).collect()
}
