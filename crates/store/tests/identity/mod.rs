//! Users and what they sign in with, service accounts, and the platform's keys and administrators.

mod platform;
mod service_accounts;
mod sessions;
mod users;
