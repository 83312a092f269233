//! Tests of the program itself: several processes on one database.
// Said although cargo says it too: only so do the lints let helpers outside `#[test]` functions unwrap.
#![cfg(test)]

mod command_line;
mod interrupted;
mod migrate;
mod node;
mod package;
mod revocation;
mod streams;
mod torture;
