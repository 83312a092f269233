//! Taking a package away.

use guildhall_core::enumeration;
use semver::Version;
use serde::Serialize;

use guildhall_core::WorkspaceId;

use super::{Deployed, PlannedOverride, Surroundings, hash_of, in_order, sorted};
use crate::{ArtifactKey, Dependent, Digest, PackageId, broken_by};

enumeration! {
    /// What is done about what still uses a package that is taken away.
    #[derive(Default)]
    UndeployMode {
        /// Nothing is taken away while anything uses it.
        #[default]
        Block = "BLOCK",
        /// Overrides are put away with it; packages that require it keep it there.
        Archive = "ARCHIVE",
        /// It is taken away whatever uses it; overrides stay, with nothing below.
        Force = "FORCE",
    }
}

/// Something outside the artifacts that uses one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PackageUse {
    /// The artifact.
    pub key: ArtifactKey,
    /// What sort of thing uses it, as events spell it.
    pub kind: String,
    /// That thing's id.
    pub id: String,
}

/// What taking a package away would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UndeployPlan {
    /// The package.
    pub package: PackageId,
    /// The version that lies there.
    pub version: Version,
    /// Its digest.
    pub digest: Digest,
    /// Where it is taken away.
    pub space: WorkspaceId,
    /// The version of System's that would be there in its place.
    pub shows: Option<Version>,
    /// Artifacts that would be gone, or be System's again.
    pub removed: Vec<ArtifactKey>,
    /// Packages that would no longer find what they require.
    pub required_by: Vec<Dependent>,
    /// Overrides that would fall behind, or lose what lies below them.
    pub overrides: Vec<PlannedOverride>,
    /// What else uses it.
    pub uses: Vec<PackageUse>,
    /// 64 hexadecimal digits: a hash of all of this and of what it follows from. Any change of either makes another.
    pub hash: String,
}

impl UndeployPlan {
    /// Whether a mode may go on in spite of what uses the package.
    pub fn allows(&self, mode: UndeployMode) -> bool {
        match mode {
            UndeployMode::Block => {
                self.required_by.is_empty() && self.overrides.is_empty() && self.uses.is_empty()
            }
            UndeployMode::Archive => self.required_by.is_empty(),
            UndeployMode::Force => true,
        }
    }

    /// What uses the package, each as a sentence.
    pub fn block(&self) -> Vec<String> {
        let packages = self
            .required_by
            .iter()
            .map(|by| format!("package `{}` requires `{}` {}", by.id, self.package, by.version));
        let overrides = self
            .overrides
            .iter()
            .map(|over| format!("{} has an override of {} ({})", over.space, over.key, over.layer.as_str()));
        let uses = self.uses.iter().map(|each| format!("{} {} uses {}", each.kind, each.id, each.key));
        packages.chain(overrides).chain(uses).collect()
    }
}

/// What taking a package away would do, where `now` is what lies there, and `shows` the version of System's that a workspace
/// would see in its place.
pub fn plan_undeploy(
    now: &Deployed,
    shows: Option<&Version>,
    around: &Surroundings<'_>,
    uses: &[PackageUse],
) -> UndeployPlan {
    let mut plan = UndeployPlan {
        package: now.id.clone(),
        version: now.version.clone(),
        digest: now.digest,
        space: around.space,
        shows: shows.cloned(),
        removed: now.artifacts.keys().cloned().collect(),
        required_by: broken_by(&now.id, Some(&now.version), shows, around.requirements),
        overrides: in_order(around.overrides),
        uses: sorted(uses),
        hash: String::new(),
    };
    plan.hash = hash_of(&plan, Some(now), around);
    plan
}
