//! Launching a product, redeeming the launch, and asking what the user may do there.

mod create;
mod main_job;
mod permissions;
mod redeem;
pub mod stage;
mod token;
