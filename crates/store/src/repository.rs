//! The ports, one file for each repository: statements, and mappers that name every field.

mod client_directory;
mod credentials;
mod directory;
mod events;
mod idempotency_keys;
mod identity_store;
mod platform_admins;
mod record_store;
mod service_accounts;
mod sessions;
mod signing_keys;
mod users;
