//! The kernel's own store.

use guildhall_kernel::{Directory, EventRepository, IdempotencyKeyRepository, RecordStore};

use crate::SeaUnitOfWork;

impl RecordStore for SeaUnitOfWork {
    fn events(&self) -> &dyn EventRepository {
        self
    }

    fn idempotency_keys(&self) -> &dyn IdempotencyKeyRepository {
        self
    }

    fn directory(&self) -> &dyn Directory {
        self
    }
}
