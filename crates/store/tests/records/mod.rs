//! What the kernel itself keeps: the log, idempotency keys, and the directory.

mod directory;
mod events;
mod idempotency_keys;
mod outbox;
