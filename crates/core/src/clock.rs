//! Time, injected.

use chrono::{DateTime, SubsecRound, Utc};

/// The time of day, as the platform sees it.
pub trait Clock: Send + Sync {
    /// Now, in UTC, cut to whole microseconds, so that a value equals itself after a round trip through a database.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_has_no_fraction_of_a_microsecond() {
        let now = SystemClock.now();

        assert_eq!(now.timestamp_subsec_nanos() % 1_000, 0);
    }
}
