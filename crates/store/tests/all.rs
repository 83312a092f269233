//! The store on SQLite and on PostgreSQL, port by port: the names of the tests end in their database.

#![expect(clippy::unwrap_used, reason = "a test may stop where its world breaks")]

mod artifacts;
mod authz;
mod dropped;
mod identity;
mod orchestration;
mod products;
mod records;
mod support;
mod tenancy;
