//! Rows, one file for each table. They never leave this crate.

pub(crate) mod account_directory;
pub(crate) mod app_user;
pub(crate) mod authz_change;
pub(crate) mod client_directory;
pub(crate) mod credential;
pub(crate) mod epoch;
pub(crate) mod event;
pub(crate) mod event_counter;
pub(crate) mod event_name;
pub(crate) mod idempotency_key;
pub(crate) mod invitation_directory;
pub(crate) mod launch_directory;
pub(crate) mod member_directory;
pub(crate) mod platform_admin;
pub(crate) mod service_account;
pub(crate) mod session;
pub(crate) mod signing_key;
