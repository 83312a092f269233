#![doc = include_str!("../README.md")]

mod hasher;
pub mod postgres;
mod server;
mod world;

pub use hasher::PlainHasher;
pub use server::{Answer, Client, Stack, TestServer};
pub use world::{Walls, open_database};
