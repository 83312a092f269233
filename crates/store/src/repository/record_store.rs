//! The kernel's own store.

use guildhall_kernel::{
    BoardReader, Directory, EventRepository, IdempotencyKeyRepository, OutboxRepository, RecordStore,
    SearchIndex,
};

use crate::SeaUnitOfWork;

impl RecordStore for SeaUnitOfWork {
    fn events(&self) -> &dyn EventRepository {
        self
    }

    fn idempotency_keys(&self) -> &dyn IdempotencyKeyRepository {
        self
    }

    fn outbox(&self) -> &dyn OutboxRepository {
        self
    }

    fn directory(&self) -> &dyn Directory {
        self
    }

    fn search_index(&self) -> &dyn SearchIndex {
        self
    }

    fn boards(&self) -> &dyn BoardReader {
        self
    }
}
