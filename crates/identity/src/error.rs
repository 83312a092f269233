//! What can go wrong in this domain.

use guildhall_core::{Email, StoreError};
use thiserror::Error;

/// Why identity refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdentityError {
    /// The address belongs to another account.
    #[error("the address `{0}` is taken")]
    EmailTaken(Email),
    /// A `PRODUCT` account needs its product, and no other kind may name one.
    #[error("a service account names a product when, and only when, its kind is `PRODUCT`")]
    ProductMismatch,
    /// The user is not there any more.
    #[error("the user does not exist")]
    UserNotFound,
    /// The one-time secret opens nothing, for whatever reason.
    #[error("there is no such token, or it has expired or was used")]
    TokenInvalid,
    /// A key would end before it begins.
    #[error("a key must end in the future")]
    ExpiryPassed,
    /// The user has as many keys as anybody may have.
    #[error("there are {0} keys already")]
    TooManyKeys(usize),
    /// The platform would be left without an admin who may sign in.
    #[error("the last platform admin can't be disabled")]
    LastPlatformAdmin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
