//! Keys that sign access tokens.

use chrono::{DateTime, Utc};
use guildhall_core::SigningKeyId;

/// A key pair; the private half is wrapped and opens with the operator's secret file alone.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// The key's id, the `kid` of its tokens.
    pub id: SigningKeyId,
    /// The private key, encrypted.
    pub wrapped_private_key: Vec<u8>,
    /// The modulus of the public key, big-endian (RFC 7518, 6.3.1.1).
    pub modulus: Vec<u8>,
    /// The exponent of the public key, big-endian (RFC 7518, 6.3.1.2).
    pub exponent: Vec<u8>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it signs nothing new; it stays public until its last token has ended.
    pub retired_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}
