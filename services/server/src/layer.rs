//! What happens around every request, from the outside in: an id, a place that it keeps to its end, its body, its workspace and caller.

pub mod admit;
pub mod conditional;
pub mod consistency;
pub mod detach;
pub mod proxy;
pub mod request_id;
pub mod slashes;
