//! Authorization's store.

use guildhall_authz::{AuthzStore, EpochRepository, GrantRepository};

use crate::SeaUnitOfWork;

impl AuthzStore for SeaUnitOfWork {
    fn grants(&self) -> &dyn GrantRepository {
        self
    }

    fn epochs(&self) -> &dyn EpochRepository {
        self
    }
}
