//! What deploying a package, or taking it away, would do. All of it follows from what is handed in.

mod deployed;
mod undeploy;

pub use deployed::{Deployed, DeployedArtifact};
pub use undeploy::{PackageUse, UndeployMode, UndeployPlan, plan_undeploy};

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{Fault, WorkspaceId};
use semver::Version;
use serde::Serialize;
use serde_json::{Value, json};
use thiserror::Error;

use self::deployed::Comparison;
use super::{Dependent, Digest, Package, Requirement, Unmet, broken_by, find_cycle, unmet};
use crate::{ArtifactKey, ContentHash, DeployableIn, Layer, OverrideState, PackageId};

/// An override that lies on one of the package's artifacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedOverride {
    /// The space that has it.
    pub space: WorkspaceId,
    /// The artifact.
    pub key: ArtifactKey,
    /// The layer that it stands in.
    pub layer: Layer,
    /// How it stands with what lies below it now.
    pub before: OverrideState,
    /// How it would stand.
    pub after: OverrideState,
}

/// What callers of a service could no longer rely on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InterfaceBreak {
    /// The service.
    pub key: ArtifactKey,
    /// What, and where in its content.
    pub breaks: Vec<Fault>,
}

/// The world around a plan, as it was read in one transaction.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'w> {
    /// The space that is planned for: a workspace, or System.
    pub space: WorkspaceId,
    /// How often the artifacts of each space that the plan follows from have changed.
    pub generations: &'w [(WorkspaceId, i64)],
    /// The packages that are there for the space, its own and System's, each with the version that it sees.
    pub versions: &'w BTreeMap<PackageId, Version>,
    /// What packages that are deployed require.
    pub requirements: &'w [(PackageId, Vec<Requirement>)],
    /// Every override that lies on an artifact of the package.
    pub overrides: &'w [PlannedOverride],
}

/// What deploying a package would do. Deploying activates nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The package.
    pub package: PackageId,
    /// The version that would be deployed.
    pub version: Version,
    /// Its digest.
    pub digest: Digest,
    /// Where to.
    pub space: WorkspaceId,
    /// The version that lies there now. It may be a later one: to deploy an earlier version is to roll back.
    pub from: Option<Version>,
    /// Artifacts that are new.
    pub added: Vec<ArtifactKey>,
    /// Artifacts that would say something else, or be locked otherwise.
    pub changed: Vec<ArtifactKey>,
    /// Artifacts that would be gone.
    pub removed: Vec<ArtifactKey>,
    /// How many artifacts would stay as they are.
    pub unchanged: usize,
    /// What the package requires and does not find; it can't be deployed while there is any.
    pub unmet: Vec<Unmet>,
    /// Deployed packages that would no longer find what they require; it can't be deployed while there is any.
    pub broken: Vec<Dependent>,
    /// Overrides of its artifacts, by how they would stand.
    pub overrides: BTreeMap<&'static str, Vec<PlannedOverride>>,
    /// Services whose callers would find less than they rely on.
    pub interface_breaks: Vec<InterfaceBreak>,
    /// 64 hexadecimal digits: a hash of all of this and of what it follows from. Any change of either makes another.
    pub hash: String,
}

/// Why a package can't be deployed at all, whatever else is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackageRefusal {
    /// Its manifest does not name this sort of space.
    #[error("`{id}` is not made to be deployed in `{}`", .place.as_str())]
    NotDeployable {
        /// The package.
        id: PackageId,
        /// The sort of space.
        place: DeployableIn,
    },
    /// The same version is known, with another content.
    #[error("version {version} of `{id}` is known as another content; give this one a version of its own")]
    DigestDiffers {
        /// The package.
        id: PackageId,
        /// The version.
        version: Version,
    },
    /// It requires what requires it.
    #[error("`{}` requires itself: {}", .0.first().map_or("", PackageId::as_str), way(.0))]
    Cycle(Vec<PackageId>),
}

fn way(cycle: &[PackageId]) -> String {
    cycle.iter().map(PackageId::as_str).collect::<Vec<_>>().join(", ")
}

impl Plan {
    /// Whether nothing that packages require would be missing.
    pub fn is_met(&self) -> bool {
        self.unmet.is_empty() && self.broken.is_empty()
    }

    /// Whether deploying would change nothing: the same content lies there already.
    pub fn is_empty(&self) -> bool {
        self.from.as_ref() == Some(&self.version)
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
    }
}

/// Whether a version may be what it is: one version has one digest, for ever.
///
/// # Errors
/// [`PackageRefusal::DigestDiffers`].
pub fn check_digest(package: &Package, known: &Version, digest: Digest) -> Result<(), PackageRefusal> {
    let manifest = &package.manifest;
    if manifest.version != *known || manifest.digest == digest {
        return Ok(());
    }
    Err(PackageRefusal::DigestDiffers { id: manifest.id.clone(), version: known.clone() })
}

/// What deploying a package would do, where `now` is what lies there under its id, and `breaks` what callers of its services
/// would miss.
///
/// # Errors
/// [`PackageRefusal`].
pub fn plan(
    now: Option<&Deployed>,
    next: &Package,
    around: &Surroundings<'_>,
    breaks: &[InterfaceBreak],
) -> Result<Plan, PackageRefusal> {
    check(now, next, around)?;
    let manifest = &next.manifest;
    let comparison = Comparison::of(now, &Deployed::of(next));
    let seen = now.map(|now| &now.version).or_else(|| around.versions.get(&manifest.id));
    let mut plan = Plan {
        package: manifest.id.clone(),
        version: manifest.version.clone(),
        digest: manifest.digest,
        space: around.space,
        from: now.map(|now| now.version.clone()),
        added: comparison.added,
        changed: comparison.changed,
        removed: comparison.removed,
        unchanged: comparison.unchanged,
        unmet: unmet(manifest, around.versions),
        broken: broken_by(&manifest.id, seen, Some(&manifest.version), around.requirements),
        overrides: by_state(around.overrides),
        interface_breaks: sorted(breaks),
        hash: String::new(),
    };
    plan.hash = hash_of(&plan, now, around);
    Ok(plan)
}

fn check(now: Option<&Deployed>, next: &Package, around: &Surroundings<'_>) -> Result<(), PackageRefusal> {
    let manifest = &next.manifest;
    let place = if around.space.is_system() { DeployableIn::System } else { DeployableIn::Workspace };
    if !manifest.deployable_in.contains(&place) {
        return Err(PackageRefusal::NotDeployable { id: manifest.id.clone(), place });
    }
    if let Some(now) = now {
        check_digest(next, &now.version, now.digest)?;
    }
    if let Some(cycle) = find_cycle(manifest, around.requirements) {
        return Err(PackageRefusal::Cycle(cycle));
    }
    Ok(())
}

fn by_state(overrides: &[PlannedOverride]) -> BTreeMap<&'static str, Vec<PlannedOverride>> {
    let mut states: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for planned in in_order(overrides) {
        states.entry(planned.after.as_str()).or_default().push(planned);
    }
    states
}

fn in_order(overrides: &[PlannedOverride]) -> Vec<PlannedOverride> {
    let mut sorted = overrides.to_vec();
    sorted
        .sort_by(|one, other| (one.space, &one.key, one.layer).cmp(&(other.space, &other.key, other.layer)));
    sorted
}

/// Each once, in one order, however a store happened to list them.
fn sorted<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

/// A hash of what a plan says and of what it follows from.
fn hash_of(plan: &impl Serialize, now: Option<&Deployed>, around: &Surroundings<'_>) -> String {
    let requirements: BTreeMap<&PackageId, BTreeSet<String>> = around
        .requirements
        .iter()
        .map(|(id, needs)| (id, needs.iter().map(|need| format!("{} {}", need.id, need.version)).collect()))
        .collect();
    let lies: Option<Vec<Value>> = now.map(|now| {
        now.artifacts.iter().map(|(key, lies)| json!([key.to_string(), lies.hash, lies.locked])).collect()
    });
    let document = json!({
        "plan": plan,
        "now": now.map(|now| json!([now.id, now.version, now.digest])),
        "lies": lies,
        "generations": sorted(around.generations),
        "versions": around.versions,
        "requirements": requirements,
    });
    ContentHash::of(document.to_string().as_bytes()).to_string()
}

#[cfg(test)]
mod tests;
