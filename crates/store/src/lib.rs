#![doc = include_str!("../README.md")]

mod built;
mod connect;
mod database;
mod demo_mark;
mod entity;
mod error;
pub mod gate;
mod listen;
mod migration;
mod pages;
mod repository;
mod rows;
mod tables;
mod unit;

pub use connect::ConnectError;
pub use database::SeaDatabase;
pub use demo_mark::{is_demo, is_empty, mark_as_demo};
pub use migration::{MigrateError, migrate, pending};
pub use tables::{PLATFORM_TABLES, SHARED_TABLES, WORKSPACE_TABLES};
pub use unit::SeaUnitOfWork;
