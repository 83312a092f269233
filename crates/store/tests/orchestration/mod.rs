//! Projects, their members, and what lies on their boards.

mod boards;
mod cards;
mod current;
mod isolation;
mod members;
mod order;
mod projects;
mod search;
mod templates;
mod whole;
mod work;
mod world;
