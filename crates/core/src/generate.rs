//! Ids and secrets, injected.

use uuid::Uuid;

use crate::Secret;

/// Makes what must be unique or unguessable.
pub trait IdGenerator: Send + Sync {
    /// A new UUID of version 7 (RFC 9562, 5.7). Wrap it: `ProjectId::new(ids.uuid())`.
    fn uuid(&self) -> Uuid;

    /// A new secret of 256 random bits.
    fn secret(&self) -> Secret;
}

/// Ids from the machine's clock and the operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdGenerator for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(clippy::expect_used, reason = "a machine without randomness can't serve anything safely")]
    fn secret(&self) -> Secret {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Secret::new(bytes)
    }
}
