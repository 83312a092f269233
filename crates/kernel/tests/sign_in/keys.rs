//! New signing keys.

use chrono::TimeDelta;
use guildhall_kernel::{Bearer, TOKEN_LIFETIME};
use guildhall_tenancy::Requested;

use super::{PASSWORD, sign_in};
use crate::support::World;

#[tokio::test]
async fn tokens_of_an_old_key_are_good_until_they_end_and_then_it_is_gone() {
    let world = World::new().await;
    world.kernel.prepare().await.unwrap();
    let old = world.kernel.password_token(sign_in("admin@first.test", PASSWORD, None)).await.unwrap();

    world.kernel.rotate_keys().await.unwrap();
    let new = world.kernel.password_token(sign_in("admin@first.test", PASSWORD, None)).await.unwrap();

    assert_eq!(world.kernel.public_keys().len(), 2);
    let kid = |token: &str| token.split('.').next().unwrap().to_owned();
    assert_ne!(kid(&old.text), kid(&new.text));
    for token in [&old, &new] {
        let entry = world.kernel.enter(&Requested::Platform, Some(Bearer::Token(&token.text))).await;
        assert!(entry.unwrap().caller.is_ok());
    }

    world.clock().advance(TOKEN_LIFETIME + TimeDelta::minutes(3));
    world.kernel.refresh_keys().await.unwrap();
    assert_eq!(world.kernel.public_keys().len(), 1);
}
