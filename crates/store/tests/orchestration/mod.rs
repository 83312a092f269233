//! Projects, their members, and what lies on their boards.

mod boards;
mod cards;
mod isolation;
mod members;
mod projects;
mod search;
mod templates;
mod world;
