//! What handlers take out of a request. Whatever is wrong is a problem with all its faults.

mod archive;
mod asked;
mod csv;
mod json;
mod nul;
mod path;
mod query;
mod schema;
mod seen;

pub use archive::Archive;
pub use asked::{Asked, Conditional, Visitor};
pub use csv::Csv;
pub use json::Json;
pub use path::Path;
pub use query::Query;
pub use seen::HasSeen;
