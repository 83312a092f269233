//! Plans on the wire.

use guildhall_artifacts::{
    ArtifactKey, Dependent, Digest, InterfaceBreak, OverrideState, PackageId, Plan, PlannedOverride,
    UndeployPlan, Unmet,
};
use guildhall_core::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::RequirementView;
use crate::problem::Fault;

/// What deploying a package would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanView {
    /// The package.
    pub package: PackageId,
    /// The version that would be deployed.
    pub version: String,
    /// What it is told apart by.
    pub digest: Digest,
    /// The version that is deployed there now.
    pub from: Option<String>,
    /// Artifacts that are new.
    pub added: Vec<ArtifactNamedView>,
    /// Artifacts that would say something else.
    pub changed: Vec<ArtifactNamedView>,
    /// Artifacts that would be gone.
    pub removed: Vec<ArtifactNamedView>,
    /// How many artifacts would stay as they are.
    pub unchanged: usize,
    /// What the package requires and does not find.
    pub unmet: Vec<UnmetView>,
    /// Packages that would no longer find what they require.
    pub broken: Vec<RequirementView>,
    /// Overrides of its artifacts, and how they would stand.
    pub overrides: Vec<PlannedOverrideView>,
    /// Services whose callers would find less than they rely on.
    pub interface_breaks: Vec<InterfaceBreakView>,
    /// What deploying takes as `plan_hash`: it holds as long as the world does.
    pub hash: String,
}

/// What taking a package away would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UndeployPlanView {
    /// The package.
    pub package: PackageId,
    /// The version that is deployed there now.
    pub version: String,
    /// The version of System's that would be there in its place.
    pub shows: Option<String>,
    /// Artifacts that would be gone, or be System's again.
    pub removed: Vec<ArtifactNamedView>,
    /// What uses it, each as a sentence.
    pub uses: Vec<String>,
    /// Overrides of its artifacts, and how they would stand.
    pub overrides: Vec<PlannedOverrideView>,
}

/// An artifact by its names.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArtifactNamedView {
    /// What sort of thing it is.
    pub kind: String,
    /// What it is called.
    pub path: String,
}

/// A requirement that nothing deployed meets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnmetView {
    /// The package that is needed.
    pub id: PackageId,
    /// Which of its versions will do.
    pub version: String,
    /// Which version is there instead.
    pub deployed: Option<String>,
}

/// An override, and how it would stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlannedOverrideView {
    /// The workspace that has it.
    pub workspace_id: WorkspaceId,
    /// What sort of thing it is.
    pub kind: String,
    /// What it is called.
    pub path: String,
    /// The layer that it stands in.
    pub layer: guildhall_artifacts::Layer,
    /// How it stands now.
    pub before: OverrideState,
    /// How it would stand.
    pub after: OverrideState,
}

/// A service whose callers would find less than they rely on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InterfaceBreakView {
    /// What it is called.
    pub path: String,
    /// What, and where in its content.
    pub breaks: Vec<Fault>,
}

impl From<ArtifactKey> for ArtifactNamedView {
    fn from(key: ArtifactKey) -> Self {
        Self { kind: key.kind.to_string(), path: key.name.to_string() }
    }
}

impl From<PlannedOverride> for PlannedOverrideView {
    fn from(planned: PlannedOverride) -> Self {
        let PlannedOverride { space, key, layer, before, after } = planned;
        Self {
            workspace_id: space,
            kind: key.kind.to_string(),
            path: key.name.to_string(),
            layer,
            before,
            after,
        }
    }
}

impl From<Unmet> for UnmetView {
    fn from(unmet: Unmet) -> Self {
        let Unmet { id, version, deployed } = unmet;
        Self { id, version: version.to_string(), deployed: deployed.map(|version| version.to_string()) }
    }
}

impl From<Dependent> for RequirementView {
    fn from(dependent: Dependent) -> Self {
        let Dependent { id, version } = dependent;
        Self { id, version: version.to_string() }
    }
}

impl From<InterfaceBreak> for InterfaceBreakView {
    fn from(found: InterfaceBreak) -> Self {
        let breaks = found.breaks.into_iter();
        Self {
            path: found.key.name.to_string(),
            breaks: breaks.map(|fault| Fault { pointer: fault.pointer, detail: fault.detail }).collect(),
        }
    }
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        let Plan {
            package,
            version,
            digest,
            space: _,
            from,
            added,
            changed,
            removed,
            unchanged,
            unmet,
            broken,
            overrides,
            interface_breaks,
            hash,
        } = plan;
        let named = |keys: Vec<ArtifactKey>| keys.into_iter().map(ArtifactNamedView::from).collect();
        Self {
            package,
            version: version.to_string(),
            digest,
            from: from.map(|version| version.to_string()),
            added: named(added),
            changed: named(changed),
            removed: named(removed),
            unchanged,
            unmet: unmet.into_iter().map(UnmetView::from).collect(),
            broken: broken.into_iter().map(RequirementView::from).collect(),
            overrides: overrides.into_values().flatten().map(PlannedOverrideView::from).collect(),
            interface_breaks: interface_breaks.into_iter().map(InterfaceBreakView::from).collect(),
            hash,
        }
    }
}

impl From<UndeployPlan> for UndeployPlanView {
    fn from(plan: UndeployPlan) -> Self {
        let uses = plan.block();
        let UndeployPlan { package, version, shows, removed, overrides, .. } = plan;
        Self {
            package,
            version: version.to_string(),
            shows: shows.map(|version| version.to_string()),
            removed: removed.into_iter().map(ArtifactNamedView::from).collect(),
            uses,
            overrides: overrides.into_iter().map(PlannedOverrideView::from).collect(),
        }
    }
}
