//! What the benches share: a world of any size, the bare walk, and the clock.

#![allow(dead_code, reason = "each bench is a crate of its own and uses a part")]

pub mod bare_walk;
pub mod clock;
pub mod world;
