//! Access tokens: RS256 JWTs of at most 15 minutes (RFC 9068 names their type `at+jwt`).

mod claims;
mod key_ring;
mod wrap;

pub(crate) use claims::Subject;
pub use claims::{AccessToken, Claims};
pub use key_ring::{Jwk, KeyRing};
pub use wrap::MasterKey;

use chrono::TimeDelta;

/// How long an access token lives.
pub const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// The audience of tokens for the whole API.
pub const API_AUDIENCE: &str = "guildhall";
