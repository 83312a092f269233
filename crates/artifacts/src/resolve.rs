//! Resolution: what an artifact is for one workspace.

use guildhall_core::{RowVersion, WorkspaceId};

use crate::{Head, Layer, PackageId, Placed, Space, What};

/// What a key answers in a space.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution<'p> {
    /// A version.
    Found(Resolved<'p>),
    /// The space has hidden it. To those who don't manage it, it is not there.
    Hidden(&'p Placed),
    /// Nothing.
    Absent,
}

/// The version that wins, and what lies below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<'p> {
    /// The layer that it stands in.
    pub layer: Layer,
    /// The version.
    pub head: &'p Head,
    /// The generation in which it came to stand there.
    pub generation: i64,
    /// What would be there without it; only for layers that override.
    pub below: Option<Lower<'p>>,
}

/// What lies below an override.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lower<'p> {
    /// The layer that it stands in.
    pub layer: Layer,
    /// The version.
    pub head: &'p Head,
    /// The generation in which it came to stand there.
    pub generation: i64,
}

impl Resolved<'_> {
    /// Whether it is somebody else's: what stands in a workspace is its own, but for packages.
    pub fn is_inherited(&self) -> bool {
        !self.layer.overrides()
    }

    /// Whether it stands over something.
    pub fn is_override(&self) -> bool {
        self.layer.overrides() && (self.below.is_some() || self.head.base.is_some())
    }

    /// The number that an entity tag carries. What stands at a key in one layer never has the same number twice, and
    /// what System shares has another one than what is a workspace's own.
    pub fn row_version(&self) -> RowVersion {
        row_version(self.layer, self.generation)
    }
}

/// The number that an entity tag carries for what stands in a layer.
pub fn row_version(layer: Layer, generation: i64) -> RowVersion {
    RowVersion::new(generation.saturating_mul(2).saturating_add(i64::from(layer == Layer::System)))
}

/// What a key answers in a space: of what is placed there the highest layer, where a tombstone ends the search. What lies
/// in System counts only where the space sees it; see [`Space::sees`].
pub fn resolve<'p>(placed: &'p [Placed], package: Option<&PackageId>, space: &Space) -> Resolution<'p> {
    let Some(top) = top(placed, package, space, None) else { return Resolution::Absent };
    let What::Live(head) = &top.what else { return Resolution::Hidden(top) };
    let below = if top.layer.overrides() { below(placed, package, space, top.layer) } else { None };
    Resolution::Found(Resolved { layer: top.layer, head, generation: top.generation, below })
}

/// What a key would answer without one layer and those above it.
pub fn below<'p>(
    placed: &'p [Placed],
    package: Option<&PackageId>,
    space: &Space,
    layer: Layer,
) -> Option<Lower<'p>> {
    let next = top(placed, package, space, Some(layer))?;
    match &next.what {
        What::Live(head) => Some(Lower { layer: next.layer, head, generation: next.generation }),
        What::Hidden { .. } | What::Gone { .. } => None,
    }
}

fn top<'p>(
    placed: &'p [Placed],
    package: Option<&PackageId>,
    space: &Space,
    under: Option<Layer>,
) -> Option<&'p Placed> {
    let sees_system = package.is_none_or(|package| space.sees(package));
    let counts = |placed: &&Placed| {
        under.is_none_or(|under| placed.layer < under)
            && (placed.layer != Layer::System || sees_system)
            && !matches!(placed.what, What::Gone { .. })
    };
    placed.iter().filter(counts).max_by_key(|placed| placed.layer)
}

/// Whether System's artifacts of a package are there for a workspace: it is entitled to them, and has not deployed a
/// version of its own, since two versions of one package are never mixed.
pub(crate) fn sees(space: WorkspaceId, deployed_here: bool, entitled: bool) -> bool {
    space.is_system() || (entitled && !deployed_here)
}
