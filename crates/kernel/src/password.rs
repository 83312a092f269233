//! Passwords hashed with Argon2id, away from the asynchronous threads and two at a time.

use std::sync::{Arc, OnceLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _},
};
use async_trait::async_trait;
use guildhall_core::StoreError;
use guildhall_identity::{Password, PasswordHash, PasswordHasher};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Memory for one hash, in KiB: 19 MiB (OWASP Password Storage Cheat Sheet, Argon2id).
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Hashes at a time; each holds its memory and one core.
const AT_A_TIME: usize = 2;

/// Argon2id (RFC 9106) with 19 MiB and two passes.
#[derive(Clone)]
pub struct Argon2Hasher {
    places: Arc<Semaphore>,
}

impl Default for Argon2Hasher {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_A_TIME)) }
    }
}

impl Argon2Hasher {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let place = self.places.clone().acquire_owned().await.map_err(|closed| backend(&closed))?;
        let done = spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        });
        done.await.map_err(|died| backend(&died))?
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, StoreError> {
        let password = password.clone();
        self.run(move || hash(password.expose())).await
    }

    async fn verify(&self, password: &Password, stored: Option<PasswordHash>) -> Result<bool, StoreError> {
        let password = password.clone();
        self.run(move || {
            let known = stored.is_some();
            let hash = stored.map_or_else(nobodys_hash, Ok)?;
            Ok(argon2()?.verify_password(password.expose().as_bytes(), hash.expose()).is_ok() && known)
        })
        .await
    }
}

fn argon2() -> Result<Argon2<'static>, StoreError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|wrong| backend(&wrong))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<PasswordHash, StoreError> {
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(|wrong| backend(&wrong))?;
    Ok(PasswordHash::new(hash.to_string()))
}

/// What an unknown address is checked against, so that it takes as long as a known one.
fn nobodys_hash() -> Result<PasswordHash, StoreError> {
    static HASH: OnceLock<PasswordHash> = OnceLock::new();
    if let Some(hash) = HASH.get() {
        return Ok(hash.clone());
    }
    let made = hash("the password of nobody")?;
    Ok(HASH.get_or_init(|| made).clone())
}

fn backend(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Backend(format!("a password could not be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_hash_alone() {
        let hasher = Argon2Hasher::default();
        let right: Password = "guildhall-demo".parse().unwrap();
        let wrong: Password = "guildhall-dem0".parse().unwrap();

        let hash = hasher.hash(&right).await.unwrap();

        assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.expose());
        assert_eq!(hasher.verify(&right, Some(hash.clone())).await, Ok(true));
        assert_eq!(hasher.verify(&wrong, Some(hash)).await, Ok(false));
        assert_eq!(hasher.verify(&right, None).await, Ok(false));
    }
}
