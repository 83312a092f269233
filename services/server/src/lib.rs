#![doc = include_str!("../README.md")]

mod answer;
pub mod app;
mod base;
pub mod command;
pub mod config;
mod cookie;
pub mod demo;
mod extract;
mod layer;
pub mod mail;
mod page;
mod patch;
mod problem;
pub mod routes;
