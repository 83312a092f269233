//! Private keys, and letters that hold secrets, encrypted with what the operator's secret file holds.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hmac,
};
use uuid::Uuid;

use crate::KernelError;

/// Bytes of an AES-GCM nonce, which stand before the ciphertext.
const NONCE: usize = 12;

/// 256 bits that open the signing keys; they come from `secret_file` and are never stored beside them.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// Wraps the bytes of a secret file.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Encrypts, with AES-256-GCM under a random nonce. It opens with the same `purpose` alone.
    pub(crate) fn seal(&self, plain: &[u8], purpose: &[u8]) -> Result<Vec<u8>, KernelError> {
        let mut text = plain.to_vec();
        let nonce = self
            .cipher()?
            .seal_in_place_append_tag(Aad::from(purpose), &mut text)
            .map_err(|_| failed("wrapped"))?;
        Ok([nonce.as_ref().as_slice(), &text].concat())
    }

    /// Decrypts what [`Self::seal`] made.
    pub(crate) fn open(&self, sealed: &[u8], purpose: &[u8]) -> Result<Vec<u8>, KernelError> {
        let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(|| failed("unwrapped"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| failed("unwrapped"))?;
        let mut text = text.to_vec();
        let plain = self.cipher()?.open_in_place(nonce, Aad::from(purpose), &mut text).map_err(|_| {
            KernelError::Internal(
                "what was sealed does not open: `secret_file` is not the one that the signing keys were made with".into(),
            )
        })?;
        Ok(plain.to_vec())
    }

    /// A name for something that nobody can read back or try out without the key (HMAC-SHA-256, its first 16 bytes).
    pub(crate) fn fingerprint(&self, of: &[u8]) -> Uuid {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&key, of);
        let bytes = tag.as_ref().first_chunk::<16>().copied().unwrap_or_default();
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    fn cipher(&self) -> Result<RandomizedNonceKey, KernelError> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| failed("wrapped"))
    }
}

fn failed(what: &str) -> KernelError {
    KernelError::Internal(format!("a signing key could not be {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_key_seals_no_other_opens() {
        let key = MasterKey::new([1; 32]);
        let sealed = key.seal(b"private", b"a key").unwrap();

        assert_eq!(key.open(&sealed, b"a key").unwrap(), b"private");
        assert!(key.open(&sealed, b"a cursor").is_err());
        assert!(MasterKey::new([2; 32]).open(&sealed, b"a key").is_err());
        assert!(key.open(&sealed[..5], b"a key").is_err());
    }
}
