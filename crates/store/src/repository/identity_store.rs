//! Identity's store.

use guildhall_identity::{
    ApiKeyRepository, ClientDirectory, CredentialRepository, IdentityStore, PlatformAdminRepository,
    ServiceAccountRepository, SessionRepository, SigningKeyRepository, UserRepository, UserTokenRepository,
};

use crate::SeaUnitOfWork;

impl IdentityStore for SeaUnitOfWork {
    fn users(&self) -> &dyn UserRepository {
        self
    }

    fn credentials(&self) -> &dyn CredentialRepository {
        self
    }

    fn sessions(&self) -> &dyn SessionRepository {
        self
    }

    fn user_tokens(&self) -> &dyn UserTokenRepository {
        self
    }

    fn service_accounts(&self) -> &dyn ServiceAccountRepository {
        self
    }

    fn api_keys(&self) -> &dyn ApiKeyRepository {
        self
    }

    fn client_directory(&self) -> &dyn ClientDirectory {
        self
    }

    fn platform_admins(&self) -> &dyn PlatformAdminRepository {
        self
    }

    fn signing_keys(&self) -> &dyn SigningKeyRepository {
        self
    }
}
