//! How often somebody may try to sign in. Counted on each node, in memory, by account and by address.

use std::{
    collections::VecDeque,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_core::Email;
use moka::sync::Cache;

use crate::KernelError;

/// How many accounts, and how many addresses, are counted at a time; beyond that the quietest are forgotten.
const COUNTED: u64 = 50_000;

/// How often somebody may try to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInLimits {
    /// Failures for one account within the window.
    pub per_account: usize,
    /// Failures from one address within the window.
    pub per_address: usize,
    /// For how long a failure counts.
    pub window: TimeDelta,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self { per_account: 10, per_address: 100, window: TimeDelta::minutes(15) }
    }
}

type Tries = Arc<Mutex<VecDeque<DateTime<Utc>>>>;

/// Who has tried how often. A try counts as failed from its beginning, so that many at once count as many.
pub(crate) struct Guard {
    limits: SignInLimits,
    accounts: Cache<Email, Tries>,
    addresses: Cache<IpAddr, Tries>,
}

/// A try that counts until it is forgiven.
#[derive(Debug)]
pub(crate) struct Attempt {
    tries: Vec<Tries>,
    at: DateTime<Utc>,
}

impl Guard {
    pub(crate) fn new(limits: SignInLimits) -> Self {
        Self { limits, accounts: counted(limits), addresses: counted(limits) }
    }

    /// Counts a try, or refuses it where there were too many. A refused try is not counted: whoever waits gets in.
    pub(crate) fn attempt(
        &self,
        account: &Email,
        address: Option<IpAddr>,
        now: DateTime<Utc>,
    ) -> Result<Attempt, KernelError> {
        let mut places = vec![(of(&self.accounts, account.clone()), self.limits.per_account)];
        places.extend(address.map(|address| (of(&self.addresses, address), self.limits.per_address)));
        for (tries, most) in &places {
            if let Some(until) = self.full(tries, *most, now) {
                let seconds = (until - now).num_seconds().clamp(0, 86_400);
                return Err(KernelError::TooManyAttempts { retry_after: seconds.unsigned_abs() + 1 });
            }
        }
        let tries: Vec<Tries> = places.into_iter().map(|(tries, _)| tries).collect();
        for place in &tries {
            place.lock().unwrap_or_else(PoisonError::into_inner).push_back(now);
        }
        Ok(Attempt { tries, at: now })
    }

    /// Until when the place is full.
    fn full(&self, tries: &Tries, most: usize, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut tries = tries.lock().unwrap_or_else(PoisonError::into_inner);
        while tries.front().is_some_and(|at| *at + self.limits.window <= now) {
            tries.pop_front();
        }
        tries.front().filter(|_| tries.len() >= most).map(|oldest| *oldest + self.limits.window)
    }
}

impl Attempt {
    /// It was right, so it does not count.
    pub(crate) fn forgive(self) {
        for place in &self.tries {
            let mut tries = place.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(own) = tries.iter().position(|at| *at == self.at) {
                tries.remove(own);
            }
        }
    }
}

fn counted<K: Hash + Eq + Send + Sync + 'static>(limits: SignInLimits) -> Cache<K, Tries> {
    let idle = limits.window.to_std().unwrap_or_default();
    Cache::builder().max_capacity(COUNTED).time_to_idle(idle).build()
}

fn of<K: Hash + Eq + Send + Sync + 'static>(counted: &Cache<K, Tries>, key: K) -> Tries {
    counted.get_with(key, Tries::default)
}

#[cfg(test)]
mod tests {
    use guildhall_core::{Clock as _, testing::FixedClock};

    use super::*;

    const LIMITS: SignInLimits =
        SignInLimits { per_account: 2, per_address: 3, window: TimeDelta::minutes(15) };

    fn email(text: &str) -> Email {
        text.parse().unwrap()
    }

    #[expect(clippy::needless_pass_by_value, reason = "a result is made to be asserted, and nothing else")]
    fn retry_after(end: Result<Attempt, KernelError>) -> Option<u64> {
        match end {
            Err(KernelError::TooManyAttempts { retry_after }) => Some(retry_after),
            _ => None,
        }
    }

    #[test]
    fn an_account_is_locked_after_its_failures_until_the_oldest_has_passed() {
        let (guard, clock, ada) = (Guard::new(LIMITS), FixedClock::default(), email("ada@example.test"));
        guard.attempt(&ada, None, clock.now()).unwrap();
        clock.advance(TimeDelta::minutes(5));
        guard.attempt(&ada, None, clock.now()).unwrap();

        assert_eq!(retry_after(guard.attempt(&ada, None, clock.now())), Some(601));
        assert!(guard.attempt(&email("bob@example.test"), None, clock.now()).is_ok());
        clock.advance(TimeDelta::minutes(10));
        assert!(guard.attempt(&ada, None, clock.now()).is_ok());
    }

    #[test]
    fn an_address_is_locked_whatever_accounts_it_tries() {
        let (guard, clock) = (Guard::new(LIMITS), FixedClock::default());
        let address = Some("192.0.2.1".parse().unwrap());
        for number in 0..3 {
            guard.attempt(&email(&format!("{number}@example.test")), address, clock.now()).unwrap();
        }

        let refused = guard.attempt(&email("4@example.test"), address, clock.now());

        assert!(retry_after(refused).is_some());
        let other = Some("192.0.2.2".parse().unwrap());
        assert!(guard.attempt(&email("4@example.test"), other, clock.now()).is_ok());
    }

    #[test]
    fn what_was_right_does_not_count() {
        let (guard, clock, ada) = (Guard::new(LIMITS), FixedClock::default(), email("ada@example.test"));

        for _ in 0..5 {
            guard.attempt(&ada, None, clock.now()).unwrap().forgive();
        }

        assert!(guard.attempt(&ada, None, clock.now()).is_ok());
    }
}
