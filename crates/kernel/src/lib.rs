#![doc = include_str!("../README.md")]

mod authorized;
pub mod builtin;
mod cursor;
mod enter;
mod error;
mod event;
mod facts;
mod kernel;
mod launches;
mod levels;
mod me;
mod operator;
mod paging;
mod password;
mod permissions;
mod ports;
mod projects;
mod request;
mod sign_in;
mod token;
mod view;
mod work;

pub use authorized::Authorized;
pub use builtin::{BuiltinRole, META_ROLES, code};
pub use enter::{Bearer, Entry};
pub use error::{KernelError, Unauthenticated};
pub(crate) use event::Event;
pub use kernel::{Kernel, Settings};
pub use launches::{LaunchProduct, Launched, Redeemed};
pub use me::MyWorkspace;
pub use operator::{NewAdmin, NewWorkspaceByOperator};
pub use password::Argon2Hasher;
pub use permissions::{AskedUser, HeldPermissions, PermissionQuery, PermissionsFound};
pub use ports::{
    ClaimedKey, Database, Directory, EventRepository, IdempotencyKeyRepository, KeyClaim, RecordStore,
    UnitOfWork,
};
pub use projects::{CreateProject, ProjectShown};
pub(crate) use request::Begun;
pub use request::{IdempotencyKey, Outcome, Request};
pub use sign_in::{SignIn, SignedIn};
pub use token::{API_AUDIENCE, AccessToken, Claims, Jwk, KeyRing, MasterKey, TOKEN_LIFETIME};
