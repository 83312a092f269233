#![doc = include_str!("../README.md")]

mod dice;
mod hasher;
mod inspect;
mod listening;
pub mod postgres;
mod server;
mod smtp;
mod world;

pub use dice::Dice;
pub use hasher::PlainHasher;
pub use inspect::{Rows, rows_of};
pub use listening::{Listening, Message};
pub use server::{Answer, Client, Stack, TestServer};
pub use smtp::{Received, SmtpSink};
pub use world::{Kept, Walls, open_database};
