//! The ports, one file for each repository: statements, and mappers that name every field.

mod users;
