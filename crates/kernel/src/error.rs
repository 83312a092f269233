//! What can go wrong in a use case.

use guildhall_artifacts::ArtifactsError;
use guildhall_authz::AuthzError;
use guildhall_context::ContextError;
use guildhall_core::{Fault, ItemId, Level, NodeId, PermissionCode, StoreError};
use guildhall_identity::IdentityError;
use guildhall_orchestration::OrchestrationError;
use guildhall_products::{ProductsError, Requirement};
use guildhall_tenancy::{ImportFault, TenancyError};
use thiserror::Error;

/// Why a use case refused or failed.
#[derive(Debug, Error)]
pub enum KernelError {
    /// Nobody is signed in, or what proves it has ended.
    #[error("not signed in: {0}")]
    Unauthenticated(Unauthenticated),
    /// The token is for other questions than this one.
    #[error("the token does not open this")]
    TokenAudience,
    /// The thing is not there, or the caller may not know that it is.
    #[error("not found")]
    NotFound,
    /// The caller sees the thing and may not do this to it.
    #[error("needs the permission `{0}`")]
    Forbidden(PermissionCode),
    /// The workspace is suspended or archived.
    #[error("the workspace is not active")]
    WorkspaceInactive,
    /// The route needs a workspace and the request names none.
    #[error("the request names no workspace")]
    WorkspaceRequired,
    /// The thing has changed since the client read it.
    #[error("the thing has changed since it was read")]
    Stale,
    /// The idempotency key came with another body before.
    #[error("the idempotency key was used with another body")]
    KeyReused,
    /// The change would take away a level that items need.
    #[error("items need what would be lost: {}", listed(.levels))]
    LevelInUse {
        /// The levels that would be lost.
        levels: Vec<Level>,
        /// The items that need it, by id and name.
        items: Vec<(ItemId, String)>,
    },
    /// The workspace's levels would no longer allow nodes in use where they stand.
    #[error("nodes stand where the levels would not allow them")]
    LevelsInUse {
        /// Those of the nodes that the caller sees, at most a hundred, by id and name.
        nodes: Vec<(NodeId, String)>,
        /// Those of the items that need what would be lost that the caller may read, by id and name.
        items: Vec<(ItemId, String)>,
    },
    /// A table can't be imported as it is, so that nothing of it was.
    #[error("the table has {} faults", faults.len())]
    ImportRefused {
        /// All that is wrong, by line.
        faults: Vec<ImportFault>,
    },
    /// The world has changed since a plan was made for it.
    #[error("what the plan said is no longer what would happen; ask for a new one")]
    PlanOutdated,
    /// The template or preset is there, and may not be used.
    #[error("it is disabled")]
    Disabled,
    /// Items of a template can't be made where they were asked for, so that nothing was.
    #[error("items of the template can't be used here")]
    TemplateUnusable {
        /// Those items, each with what is in the way.
        items: Vec<UnusableItem>,
    },
    /// The configuration of an item can't be stored: too large, too deep, or with NUL in it.
    #[error("the configuration can't be stored")]
    InvalidConfig {
        /// Everything that is wrong, with pointers that begin with `/config`.
        faults: Vec<Fault>,
    },
    /// Of many changes at once these were refused, so that none was made.
    #[error("{}", refused.first().map(|(_, error)| error.to_string()).unwrap_or_default())]
    InChanges {
        /// Which, counted from 0, and why: the first that met a rule, or all for which the caller lacks a permission.
        refused: Vec<(usize, KernelError)>,
    },
    /// The API key changes nothing.
    #[error("this API key is read-only")]
    ReadOnlyKey,
    /// API keys make no keys, sessions, invitations or service accounts.
    #[error("an API key makes no credentials; sign in to do so")]
    KeyMakesNoCredentials,
    /// Somebody tried too often.
    #[error("there were too many attempts")]
    TooManyAttempts {
        /// In how many seconds one more may be made.
        retry_after: u64,
    },
    /// The caller has as many streams of events open as one may have.
    #[error("there are {at_most} streams of events open already")]
    TooManyStreams {
        /// How many one may have.
        at_most: usize,
    },
    /// The node, or the workspace on it, has as many streams of events as it takes, or opens no more.
    #[error("no more streams of events are opened here")]
    NoMoreStreams,
    /// A rule of one thing that the domains do not know alone.
    #[error("{detail}")]
    Refused {
        /// A stable word for the rule.
        code: &'static str,
        /// A sentence that says what to do instead.
        detail: String,
    },
    /// A rule of identity.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A rule of tenancy.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// A rule of authorization.
    #[error(transparent)]
    Authz(#[from] AuthzError),
    /// A rule of artifacts.
    #[error(transparent)]
    Artifacts(#[from] ArtifactsError),
    /// A rule of the product catalogue.
    #[error(transparent)]
    Products(#[from] ProductsError),
    /// A rule of orchestration.
    #[error(transparent)]
    Orchestration(#[from] OrchestrationError),
    /// A launch lacks what its product requires.
    #[error(transparent)]
    Context(#[from] ContextError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that cannot happen has happened.
    #[error("internal error: {0}")]
    Internal(String),
}

/// An item of a template that can't be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableItem {
    /// The key of the item's phase.
    pub phase: String,
    /// The item's key.
    pub item: String,
    /// What the item is called.
    pub name: String,
    /// What its product requires and the project's place lacks; empty where the product is not to be had at all.
    pub missing: Vec<Requirement>,
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unauthenticated {
    /// The request carries no credential.
    #[error("the request carries no token")]
    Missing,
    /// The credential is not one of ours, has ended, or belongs to another workspace.
    #[error("the token is not valid here")]
    Invalid,
    /// Address and password do not belong together, or do not open this workspace.
    #[error("the credentials are wrong")]
    WrongCredentials,
    /// The address has an account, and only whoever signs in to it may take what is offered to it.
    #[error("sign in as the address that was invited")]
    SignInRequired,
}

fn listed(levels: &[Level]) -> String {
    levels.iter().map(|level| format!("`{level}`")).collect::<Vec<_>>().join(", ")
}

impl From<Unauthenticated> for KernelError {
    fn from(why: Unauthenticated) -> Self {
        Self::Unauthenticated(why)
    }
}
