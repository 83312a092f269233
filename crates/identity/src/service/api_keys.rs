//! Keys by which programs act for a user.

use guildhall_core::{ApiKeyId, Secret, UserId};

use super::Identity;
use crate::{ApiKey, IdentityError, NewApiKey};

impl Identity<'_> {
    /// Makes a key, and answers its secret, which is shown this once.
    ///
    /// # Errors
    /// [`IdentityError::ExpiryPassed`]; [`IdentityError::TooManyKeys`].
    pub async fn create_api_key(&self, command: NewApiKey) -> Result<(ApiKey, Secret), IdentityError> {
        let (secret, now) = (self.ids.secret(), self.clock.now());
        let key = ApiKey {
            id: ApiKeyId::new(self.ids.uuid()),
            user_id: command.user_id,
            name: command.name,
            read_only: command.read_only,
            secret_hash: secret.hash(),
            created_at: now,
            expires_at: command.expires_at,
        };
        if !key.is_live(now) {
            return Err(IdentityError::ExpiryPassed);
        }
        if self.store.api_keys().list_by_user(key.user_id).await?.len() >= ApiKey::MAX {
            return Err(IdentityError::TooManyKeys(ApiKey::MAX));
        }
        self.store.api_keys().insert(&key).await?;
        Ok((key, secret))
    }

    /// Replaces a key's secret, and answers the new one, which is shown this once.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn rotate_api_key(&self, id: ApiKeyId) -> Result<Secret, IdentityError> {
        let secret = self.ids.secret();
        self.store.api_keys().update_secret(id, &secret.hash()).await?;
        Ok(secret)
    }

    /// Ends all of a user's keys in the workspace, and answers them.
    ///
    /// # Errors
    /// [`IdentityError::Store`] where it can't be stored.
    pub async fn end_api_keys(&self, user: UserId) -> Result<Vec<ApiKey>, IdentityError> {
        let keys = self.store.api_keys().list_by_user(user).await?;
        for key in &keys {
            self.store.api_keys().delete(key.id).await?;
        }
        Ok(keys)
    }
}
