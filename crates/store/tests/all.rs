//! The store on SQLite, port by port.

#![expect(clippy::unwrap_used, reason = "a test may stop where its world breaks")]

mod authz;
mod orchestration;
mod products;
mod tenancy;
