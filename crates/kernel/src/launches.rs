//! Launching products, and what their back ends do with a launch.

mod context;
mod create;
mod navigation;
mod place;
mod redeem;
mod token;

pub use create::{LaunchProduct, Launched};
pub use redeem::Redeemed;
