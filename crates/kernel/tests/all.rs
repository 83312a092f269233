//! The use cases on SQLite in memory: who may, what comes of it, and that a refusal writes nothing.

#![expect(clippy::unwrap_used, reason = "a test may stop where its world breaks")]

mod access;
mod board;
mod catalogue;
mod launches;
mod people;
mod platform;
mod sign_in;
mod support;
