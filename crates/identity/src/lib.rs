#![doc = include_str!("../README.md")]

mod api_key;
mod commands;
mod error;
mod password;
mod ports;
mod service;
mod service_account;
mod session;
mod signing_key;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod user;
mod user_token;

pub use api_key::ApiKey;
pub use commands::{NewApiKey, NewServiceAccount, NewUser, ProfilePatch};
pub use error::IdentityError;
pub use password::{Password, PasswordHash, PasswordHasher};
pub use ports::{
    ApiKeyRepository, ClientDirectory, CredentialRepository, IdentityStore, PlatformAdminRepository,
    ServiceAccountRepository, SessionRepository, SigningKeyRepository, UserRepository, UserTokenRepository,
};
pub use service::Identity;
pub use service_account::{ServiceAccount, ServiceAccountKind};
pub use session::Session;
pub use signing_key::SigningKey;
pub use user::{Profile, User, display_name};
pub use user_token::{TokenPurpose, UserToken};
