//! The use cases on SQLite in memory, and where it matters on both databases: who may, what comes of it, and that a refusal
//! writes nothing.
// Said although cargo says it too: only so do the lints let helpers outside `#[test]` functions unwrap.
#![cfg(test)]

mod access;
mod artifacts;
mod artifacts_at_once;
mod artifacts_model;
mod board;
mod catalogue;
mod followed;
mod launches;
mod mail;
mod people;
mod platform;
mod sign_in;
mod streams;
mod support;
mod templates;
mod views;
