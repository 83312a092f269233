//! Passwords for tests, which sign in thousands of times.

use async_trait::async_trait;
use guildhall_core::StoreError;
use guildhall_identity::{Password, PasswordHash, PasswordHasher};

/// Keeps passwords as they are. For tests alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainHasher;

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, StoreError> {
        Ok(PasswordHash::new(password.expose()))
    }

    async fn verify(&self, password: &Password, hash: Option<PasswordHash>) -> Result<bool, StoreError> {
        Ok(hash.is_some_and(|hash| hash.expose() == password.expose()))
    }
}
