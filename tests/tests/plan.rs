//! How each operation of the API is called, with everything in its place. `$name` stands for an id of the world.

mod artifacts;
mod board;
pub mod callers;
mod packages;
mod people;
pub mod request;
mod rest;
mod templates;
mod work;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The workspace's admin.
    Admin,
    /// The product's service account.
    Back,
    /// The platform's admin, on the base domain.
    Platform,
    /// The platform's admin, in the System space.
    System,
    /// Somebody who is not signed in.
    Visitor,
}

/// One way to call an operation.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// Method and path template.
    pub operation: &'static str,
    /// Who calls.
    pub by: By,
    /// The path with its query.
    pub path: &'static str,
    /// The body: JSON, a table where it begins with the name of a column, or an archive.
    pub body: &'static str,
    /// Whether it is refused even with everything in its place.
    pub refused: bool,
}

const fn call(operation: &'static str, path: &'static str, body: &'static str) -> Call {
    Call { operation, by: By::Admin, path, body, refused: false }
}

/// Stands for the body of a package that is uploaded.
pub const ARCHIVE: &str = "archive";

/// A table, where a body is one.
const TABLE: &str = "level,name,parent\nCLIENT,Imported,\n";

const fn on_platform(operation: &'static str, path: &'static str, body: &'static str) -> Call {
    Call { operation, by: By::Platform, path, body, refused: false }
}

/// Every operation, at least once; in an order in which each succeeds.
pub fn calls() -> impl Iterator<Item = &'static Call> {
    let calls = people::CALLS
        .iter()
        .chain(work::CALLS)
        .chain(board::CALLS)
        .chain(templates::CALLS)
        .chain(artifacts::CALLS)
        .chain(packages::CALLS);
    calls.chain(rest::CALLS)
}
