//! Users and what they sign in with, service accounts, and the platform's keys and administrators.

mod api_keys;
mod platform;
mod service_accounts;
mod sessions;
mod user_tokens;
mod users;
