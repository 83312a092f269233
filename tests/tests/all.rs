//! Tests of the whole.
// Said although cargo says it too: only so do the lints let helpers outside `#[test]` functions unwrap.
#![cfg(test)]

mod architecture;
mod artifacts;
mod auto_roles;
mod board_at_once;
mod catalogue;
mod credentials;
mod document;
mod document_snapshot;
mod feed;
mod followed;
mod fresh;
mod hang_up;
mod isolation;
mod mail;
mod main_job;
mod plan;
mod purge;
mod races;
mod refusals;
mod rights;
mod rounds;
mod search;
mod streams;
mod templates;
mod tree_races;
mod world;
