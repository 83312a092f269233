//! A manifest as it is read: as much of it as is right, so that the rest of the package is still looked at.

use std::collections::BTreeSet;

use guildhall_core::{Name, PermissionCode, Text};
use semver::{Version, VersionReq};
use serde_json::{Map, Value};

use super::{
    Digest, Manifest, ManifestEntry, PackageRole, Requirement, archive::MAX_PACKAGE_ARTIFACTS,
    faults::Faults, form::Form, names::MANIFEST,
};
use crate::{DeployableIn, PackageId};

/// How many requirements, roles and permissions a package may have, each.
const MAX_LISTED: usize = 1_000;

/// The longest version or requirement, in bytes.
const MAX_VERSION_BYTES: usize = 100;

/// What a source folder's manifest says.
const OF_SOURCE: [&str; 8] =
    ["id", "version", "name", "description", "deployable_in", "requires", "roles", "permissions"];

/// What building adds.
const OF_BUILDING: [&str; 2] = ["artifacts", "digest"];

/// As much of a manifest as is right.
#[derive(Debug, Default)]
pub(super) struct Draft {
    id: Option<PackageId>,
    version: Option<Version>,
    name: Option<Name>,
    description: Option<Text>,
    /// Where the package may be deployed.
    pub(super) deployable_in: Vec<DeployableIn>,
    requires: Vec<Requirement>,
    /// The entries that it lists, each with its index there.
    pub(super) artifacts: Vec<(usize, ManifestEntry)>,
    roles: Vec<PackageRole>,
    permissions: Vec<PermissionCode>,
    digest: Option<Digest>,
}

impl Draft {
    /// Reads a manifest, of an archive (`built`) or of a source folder.
    pub(super) fn read(document: &Value, built: bool, faults: &mut Faults) -> Self {
        let mut form = Form { file: MANIFEST, faults };
        let known: Vec<&str> = OF_SOURCE.into_iter().chain(OF_BUILDING).collect();
        let known = if built { known.as_slice() } else { &OF_SOURCE };
        let Some(fields) = form.object(document, "", known) else { return Self::default() };
        let id = form.required(fields, "", "id");
        let permissions = permissions(&mut form, fields, "");
        let mut draft = Self {
            version: version(&mut form, fields),
            name: form.required(fields, "", "name"),
            description: form.optional(fields, "", "description"),
            deployable_in: places(&mut form, fields),
            requires: requirements(&mut form, fields, id.as_ref()),
            roles: roles(&mut form, fields, &permissions),
            id,
            permissions,
            ..Self::default()
        };
        if built {
            draft.artifacts = entries(&mut form, fields);
            draft.digest = form.required(fields, "", "digest");
        }
        draft
    }

    /// The manifest, where nothing is missing; its digest as it is listed, and as it should be.
    pub(super) fn whole(self) -> Option<(Manifest, Option<Digest>)> {
        let listed = self.digest;
        let mut manifest = Manifest {
            id: self.id?,
            version: self.version?,
            name: self.name?,
            description: self.description,
            deployable_in: self.deployable_in,
            requires: self.requires,
            artifacts: self.artifacts.into_iter().map(|(_, entry)| entry).collect(),
            roles: self.roles,
            permissions: self.permissions,
            digest: Digest::of(&[]),
        };
        manifest.digest = manifest.computed_digest();
        Some((manifest, listed))
    }
}

fn version(form: &mut Form<'_>, fields: &Map<String, Value>) -> Option<Version> {
    let version: Version = form.required(fields, "", "version")?;
    if !version.build.is_empty() {
        form.fault("/version", "must have no build metadata (`+...`): one version has one content");
    }
    if version.to_string().len() > MAX_VERSION_BYTES {
        form.fault("/version", format!("must have at most {MAX_VERSION_BYTES} characters"));
    }
    Some(version)
}

fn places(form: &mut Form<'_>, fields: &Map<String, Value>) -> Vec<DeployableIn> {
    let mut seen = BTreeSet::new();
    let empty = fields.get("deployable_in").and_then(Value::as_array).is_none_or(Vec::is_empty);
    if empty {
        form.fault("/deployable_in", "must be a list of `SYSTEM`, `WORKSPACE` or both");
    }
    form.list(fields, "", "deployable_in", MAX_LISTED, |form, value, at| {
        let place = form.value(value, at)?;
        once(form, at, seen.insert(place));
        Some(place)
    })
}

fn requirements(
    form: &mut Form<'_>,
    fields: &Map<String, Value>,
    id: Option<&PackageId>,
) -> Vec<Requirement> {
    let mut seen = BTreeSet::new();
    form.list(fields, "", "requires", MAX_LISTED, |form, value, at| {
        let fields = form.object(value, at, &["id", "version"])?;
        let required: Option<PackageId> = form.required(fields, at, "id");
        let version: Option<VersionReq> = form.required(fields, at, "version");
        let (required, version) = (required?, version?);
        once(form, &format!("{at}/id"), seen.insert(required.clone()));
        if id == Some(&required) {
            form.fault(&format!("{at}/id"), "is the package itself");
        }
        if version.to_string().len() > MAX_VERSION_BYTES {
            form.fault(&format!("{at}/version"), format!("must have at most {MAX_VERSION_BYTES} characters"));
        }
        Some(Requirement { id: required, version })
    })
}

fn entries(form: &mut Form<'_>, fields: &Map<String, Value>) -> Vec<(usize, ManifestEntry)> {
    let mut seen = BTreeSet::new();
    let mut index = 0..;
    if !fields.contains_key("artifacts") {
        form.fault("/artifacts", "is missing");
    }
    form.list(fields, "", "artifacts", MAX_PACKAGE_ARTIFACTS, |form, value, at| {
        let index = index.next()?;
        let fields = form.object(value, at, &["kind", "path", "digest"])?;
        let kind = form.required(fields, at, "kind");
        let path = form.required(fields, at, "path");
        let digest = form.required(fields, at, "digest");
        let entry = ManifestEntry { kind: kind?, path: path?, digest: digest? };
        once(form, at, seen.insert((entry.kind.clone(), entry.path.clone())));
        Some((index, entry))
    })
}

fn roles(form: &mut Form<'_>, fields: &Map<String, Value>, declared: &[PermissionCode]) -> Vec<PackageRole> {
    let mut seen = BTreeSet::new();
    form.list(fields, "", "roles", MAX_LISTED, |form, value, at| {
        let fields = form.object(value, at, &["code", "name", "permissions"])?;
        let code = form.required(fields, at, "code");
        let name = form.required(fields, at, "name");
        let held = permissions(form, fields, at);
        for (index, code) in held.iter().enumerate().filter(|(_, code)| !declared.contains(code)) {
            form.fault(
                &format!("{at}/permissions/{index}"),
                format!("is `{code}`, which the package's own `permissions` do not name"),
            );
        }
        let role = PackageRole { code: code?, name: name?, permissions: held };
        once(form, &format!("{at}/code"), seen.insert(role.code.clone()));
        Some(role)
    })
}

fn permissions(form: &mut Form<'_>, fields: &Map<String, Value>, at: &str) -> Vec<PermissionCode> {
    let mut seen = BTreeSet::new();
    form.list(fields, at, "permissions", MAX_LISTED, |form, value, at| {
        let code: PermissionCode = form.value(value, at)?;
        once(form, at, seen.insert(code.clone()));
        Some(code)
    })
}

fn once(form: &mut Form<'_>, at: &str, first: bool) {
    if !first {
        form.fault(at, "stands there twice");
    }
}
