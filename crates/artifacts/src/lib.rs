#![doc = include_str!("../README.md")]

mod change;
mod commands;
mod content;
mod deployment;
mod diff;
mod draft;
mod error;
mod interface;
mod key;
mod kind;
mod layer;
mod package;
mod pattern;
mod ports;
mod resolve;
mod review;
mod rules;
mod secrets;
mod service;
mod space;
mod upgrade;
mod version;

pub use change::{Act, ArtifactChange};
pub use commands::{Resolve, SaveDraft, Seen, TouchArtifact, WriteArtifact};
pub use content::{Content, ContentHash, MAX_CONTENT_BYTES, MAX_CONTENT_DEPTH};
pub use deployment::{Delegation, Deployment, Elsewhere, PackageOffer, PackageVersion};
pub use diff::{
    Decision, Edit, EditPart, FieldChange, MergeKeys, Side, Take, ThreeWay, changes, check_merge_keys,
    three_way,
};
pub use draft::{Draft, DraftAct};
pub use error::ArtifactsError;
pub use interface::breaks;
pub use key::{ArtifactKey, ArtifactName, ArtifactPath, KindName, PackageId};
pub use kind::{DeployableIn, Kind, Kinds, OverrideRule};
pub use layer::{Base, Head, Layer, Placed, What};
pub use package::{
    Dependent, Deployed, DeployedArtifact, Digest, InterfaceBreak, MAX_ARCHIVE_BYTES, MAX_PACKAGE_ARTIFACTS,
    MAX_PACKAGE_FAULTS, MAX_UNPACKED_BYTES, Manifest, ManifestEntry, Package, PackageArtifact,
    PackageRefusal, PackageRole, PackageUse, Packed, Plan, PlannedOverride, Requirement, Surroundings,
    UndeployMode, UndeployPlan, Unmet, base_package, broken_by, check_digest, find_cycle, pack, plan,
    plan_undeploy, required_by, unmet, unpack,
};
pub use pattern::Pattern;
pub use ports::{
    ArtifactChangeRepository, ArtifactRepository, ArtifactVersionRepository, ArtifactsStore,
    DeploymentRepository, Document, DraftRepository, PackageOfferRepository, PackageRepository,
    ReviewRepository, SecretRepository, SpaceRepository, Stack, Stretch, StretchQuery,
};
pub use resolve::{Lower, Resolution, Resolved, below, resolve, row_version};
pub use review::Review;
pub use rules::{OverrideFault, check_locks, check_override};
pub use secrets::{Secrets, check_secrets, split_secrets};
pub use service::{
    Artifacts, BaseDocument, ContentRules, DeployDone, Found, ListQuery, Listed, Publication, Published,
    Recorded, ResolveReview,
};
pub use space::{Generations, Space};
pub use upgrade::{Below, OverrideState, UpgradeClass, override_state};
pub use version::{ArtifactVersion, Author, Origin};
