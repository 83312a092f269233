//! Trying too often.

use chrono::TimeDelta;
use guildhall_core::PageRequest;
use guildhall_kernel::{EventFilter, KernelError, SignInLimits, Unauthenticated};

use super::{PASSWORD, sign_in};
use crate::support::{World, parsed};

const LIMITS: SignInLimits = SignInLimits { per_account: 2, per_address: 5, window: TimeDelta::minutes(15) };

#[tokio::test]
async fn during_a_lock_the_right_password_is_refused_like_a_wrong_one() {
    let world = World::with_limits(LIMITS).await;
    for _ in 0..2 {
        let wrong = world.kernel.sign_in(sign_in("admin@first.test", "not the password", None)).await;
        assert!(matches!(wrong, Err(KernelError::Unauthenticated(Unauthenticated::WrongCredentials))));
    }

    for password in [PASSWORD, "not the password"] {
        let locked = world.kernel.sign_in(sign_in("admin@first.test", password, None)).await;
        assert!(matches!(locked, Err(KernelError::TooManyAttempts { retry_after: 901 })));
    }

    world.clock().advance(TimeDelta::minutes(15));
    assert!(world.kernel.sign_in(sign_in("admin@first.test", PASSWORD, None)).await.is_ok());
}

#[tokio::test]
async fn an_address_without_an_account_is_locked_alike() {
    let world = World::with_limits(LIMITS).await;
    for _ in 0..2 {
        world.kernel.sign_in(sign_in("nobody@first.test", PASSWORD, None)).await.unwrap_err();
    }

    let locked = world.kernel.sign_in(sign_in("nobody@first.test", PASSWORD, None)).await;

    assert!(matches!(locked, Err(KernelError::TooManyAttempts { .. })));
}

#[tokio::test]
async fn who_is_right_is_never_locked() {
    let world = World::with_limits(LIMITS).await;

    for _ in 0..5 {
        assert!(world.kernel.sign_in(sign_in("admin@first.test", PASSWORD, None)).await.is_ok());
    }
}

#[tokio::test]
async fn a_refusal_of_an_unknown_address_is_in_systems_log_without_it() {
    let world = World::new().await;
    world.kernel.sign_in(sign_in("nobody@first.test", PASSWORD, None)).await.unwrap_err();
    let refused = EventFilter { kind: Some(parsed("session.refused")), ..EventFilter::default() };

    let mut found = Vec::new();
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let page = PageRequest::default();
        found = world.kernel.list_events(&world.ask_in_system(), &refused, &page).await.unwrap().items;
        if !found.is_empty() {
            break;
        }
    }

    let [event] = found.as_slice() else { panic!("{found:?}") };
    assert!(!format!("{event:?}").contains("nobody"));
}
