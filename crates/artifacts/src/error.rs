//! Why a use case of this domain was refused.

use guildhall_core::{Fault, StoreError};
use thiserror::Error;

use crate::{ArtifactKey, KindName, PackageRefusal};

/// Why a use case of this domain was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ArtifactsError {
    /// There is no such kind.
    #[error("there is no kind `{0}` of artifacts")]
    UnknownKind(KindName),
    /// There is no such artifact for this space: absent, hidden, another workspace's, or of a package that it is not
    /// entitled to.
    #[error("there is no such artifact")]
    NotFound,
    /// The content is not one of its kind.
    #[error("the content is not valid: {}", listed(.faults))]
    Invalid {
        /// Everything that is wrong.
        faults: Vec<Fault>,
    },
    /// Nothing of it may be changed here.
    #[error("the artifact can't be changed here: {0}")]
    NotOverridable(&'static str),
    /// What was changed is locked.
    #[error("what is locked can't be changed: {}", listed(.faults))]
    FieldLocked {
        /// The locked places.
        faults: Vec<Fault>,
    },
    /// The request must name the version that it changes.
    #[error("send `If-Match` with the entity tag of what you have seen")]
    PreconditionRequired,
    /// The request names a version that is no longer the present one.
    #[error("the artifact has changed since; read it again")]
    Stale,
    /// The artifact is hidden here, so that nothing can be written over it.
    #[error("the artifact is hidden here; restore it first")]
    Hidden,
    /// Only what is hidden can be restored.
    #[error("the artifact is not hidden here")]
    NotHidden,
    /// Without the override there would be nothing.
    #[error("nothing lies below; delete the artifact instead")]
    NothingBelow,
    /// No override was taken away that could come back.
    #[error("there is no earlier override to bring back")]
    NothingToReapply,
    /// What lies below is what the override was made from.
    #[error("nothing has changed below the override, so there is nothing to review")]
    NothingToReview,
    /// What lies below has changed since the review was made.
    #[error("what lies below has changed since; read the review again")]
    ReviewStale,
    /// The decisions of a review do not fit it.
    #[error("the decisions do not fit the review: {}", listed(.faults))]
    InvalidDecisions {
        /// Everything that is wrong.
        faults: Vec<Fault>,
    },
    /// Publishing happens in a workspace.
    #[error("nothing is published into the System space; deploy a package, or write the artifact itself")]
    NotInSystem,
    /// There are as many drafts as a workspace may have.
    #[error("there are {0} drafts, which is the most: publish or delete some")]
    TooManyDrafts(usize),
    /// Some drafts could not be published, and so none was.
    #[error("these drafts can't be published: {}", listed(.faults))]
    InvalidDrafts {
        /// What is wrong; the pointers begin with kind and name.
        faults: Vec<Fault>,
    },
    /// What was read as a package is none.
    #[error("the package is not valid: {}", listed(.faults))]
    InvalidPackage {
        /// Everything that is wrong; the pointers begin with a file's name.
        faults: Vec<Fault>,
    },
    /// There is no such package here.
    #[error("there is no such package")]
    NoPackage,
    /// The package can't be deployed here, whatever else is.
    #[error(transparent)]
    Package(#[from] PackageRefusal),
    /// The workspace may not deploy this package by itself.
    #[error(
        "the package is not delegated to this workspace; a platform administrator deploys or delegates it"
    )]
    NotDelegated,
    /// The world has changed since the plan was made.
    #[error("the world has changed since the plan was made; plan again")]
    PlanStale,
    /// What the package requires is not there.
    #[error("the package requires what is not there: {}", .unmet.join("; "))]
    DependencyUnmet {
        /// Each as a sentence.
        unmet: Vec<String>,
    },
    /// Something would miss the package.
    #[error("the package is in use: {}", .uses.join("; "))]
    InUse {
        /// What uses it.
        uses: Vec<String>,
    },
    /// The space has not deployed the package.
    #[error("the package is not deployed here")]
    NotDeployed,
    /// A version that the store should have is not there.
    #[error("a version of {0} is lost")]
    Lost(ArtifactKey),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed(faults: &[Fault]) -> String {
    let each = faults.iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail));
    each.collect::<Vec<_>>().join("; ")
}
