//! Why a use case of this domain was refused.

use std::fmt::Display;

use guildhall_core::{Fault, MetaRoleCode, PermissionCode, RoleCode, StoreError, ValueError};
use thiserror::Error;

use crate::{Requirement, VersionState};

/// Why a use case of this domain was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProductsError {
    /// The version breaks rules that its fields can be checked against by themselves.
    #[error("the version is not valid: {}", .faults.iter().map(|fault| fault.detail.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid {
        /// Everything that is wrong.
        faults: Vec<Fault>,
    },
    /// A published version keeps all but its name and its configuration.
    #[error("a version that has been published can't change `{}`", .fields.join("`, `"))]
    Immutable {
        /// The fields that would have changed.
        fields: Vec<&'static str>,
    },
    /// The version is not in the state that the act begins in.
    #[error("a version in state `{}` can't be {act}", .state.as_str())]
    WrongState {
        /// The state that it is in.
        state: VersionState,
        /// What was asked for: `published`, `retired` or `launched here`.
        act: &'static str,
    },
    /// A product's codes are its own; these are the platform's.
    #[error("the platform's own permissions can't be a product's: {}", listed(.codes))]
    ReservedCode {
        /// The codes.
        codes: Vec<PermissionCode>,
    },
    /// A role is named more than once.
    #[error("a role is named more than once: {}", listed(.codes))]
    DuplicateRole {
        /// The roles' codes.
        codes: Vec<RoleCode>,
    },
    /// The platform has no such meta role.
    #[error("there is no such meta role: {}", listed(.codes))]
    UnknownMetaRole {
        /// The codes.
        codes: Vec<MetaRoleCode>,
    },
    /// The product has no such role.
    #[error("the product has no such role: {}", listed(.codes))]
    UnknownRole {
        /// The roles' codes.
        codes: Vec<RoleCode>,
    },
    /// The place lacks what the version requires.
    #[error("the product requires what is missing here: {}", listed(.missing))]
    ProductIncompatible {
        /// What is missing.
        missing: Vec<Requirement>,
    },
    /// A product is changed in the space that it lives in, and nowhere else.
    #[error("the product belongs to another space and can't be changed from here")]
    Elsewhere,
    /// The version belongs to another product.
    #[error("the product has no such version")]
    OtherProduct,
    /// Who may use it can't be said in this way.
    #[error("the offer is not valid: {0}")]
    InvalidOffer(ValueError),
    /// The product is not one that this workspace could use.
    #[error("the product is not offered to this workspace")]
    NotOffered,
    /// Item, project, node and version of a launch don't belong together.
    #[error("the launch names things that don't belong together: {0}")]
    LaunchMismatch(&'static str),
    /// No launch of this product has such a code.
    #[error("there is no such launch")]
    UnknownLaunch,
    /// The code came too late.
    #[error("the launch code has expired")]
    LaunchExpired,
    /// The code has been used.
    #[error("the launch code has been redeemed before")]
    LaunchRedeemed,
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn listed<T: Display>(values: &[T]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}
