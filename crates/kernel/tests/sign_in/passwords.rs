//! New passwords, with the old one and without.

use chrono::TimeDelta;
use guildhall_core::{Caller, Credential, PageRequest, Principal, ServiceAccountId};
use guildhall_identity::IdentityError;
use guildhall_kernel::{ChangePassword, KernelError, Request};

use super::{PASSWORD, forged, from, secret_of, sign_in, signed_in};
use crate::support::{World, parsed};

const NEW: &str = "another password";

fn change(current: &str) -> ChangePassword {
    ChangePassword { current: parsed(current), new: parsed(NEW), address: None }
}

#[expect(clippy::needless_pass_by_value, reason = "a result is made to be asserted, and nothing else")]
fn opens_nothing<T>(end: Result<T, KernelError>) -> bool {
    matches!(end, Err(KernelError::Identity(IdentityError::TokenInvalid)))
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let world = World::new().await;
    let (here, there) = (signed_in(&world).await, signed_in(&world).await);
    let ask = from(&world, &world.admin, &here);

    world.kernel.change_password(&ask, change(PASSWORD)).await.unwrap();

    let live = world.kernel.list_my_sessions(&ask, &PageRequest::default()).await.unwrap().items;
    assert_eq!(live.iter().map(|session| session.id).collect::<Vec<_>>(), [here.session.id]);
    assert_ne!(there.session.id, here.session.id);
    assert!(world.kernel.sign_in(sign_in("admin@first.test", PASSWORD, None)).await.is_err());
    assert!(world.kernel.sign_in(sign_in("admin@first.test", NEW, None)).await.is_ok());
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it() {
    let world = World::new().await;
    let ask = from(&world, &world.admin, &signed_in(&world).await);

    let refused = world.kernel.change_password(&ask, change("not the password")).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "wrong_password", .. })));
    assert!(world.kernel.sign_in(sign_in("admin@first.test", PASSWORD, None)).await.is_ok());
}

#[tokio::test]
async fn machines_have_no_say_about_passwords() {
    let world = World::new().await;
    let machine = Principal::ServiceAccount(ServiceAccountId::OPERATOR);
    let credential = Credential::ClientCredentials { product: None };
    let caller = Caller::trusted(machine, credential, Some(world.workspace.id));
    let ask = Request { caller, ..world.ask(&world.admin) };

    let refused = world.kernel.change_password(&ask, change(PASSWORD)).await;

    assert!(matches!(refused, Err(KernelError::TokenAudience)));
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_ends_all_sessions() {
    let world = World::new().await;
    let before = signed_in(&world).await;
    let link = world.kernel.reset_link_by_operator(&parsed("admin@first.test")).await.unwrap();
    let token = secret_of(&link);

    world.kernel.complete_password_reset(&token, &parsed(NEW)).await.unwrap();
    let again = world.kernel.complete_password_reset(&token, &parsed(PASSWORD)).await;

    assert!(opens_nothing(again));
    let ask = from(&world, &world.admin, &before);
    assert_eq!(world.kernel.list_my_sessions(&ask, &PageRequest::default()).await.unwrap().items, []);
    assert!(world.kernel.sign_in(sign_in("admin@first.test", NEW, None)).await.is_ok());
}

#[tokio::test]
async fn a_link_that_is_old_or_forged_or_for_something_else_sets_nothing() {
    let world = World::new().await;
    let session = signed_in(&world).await;
    let ask = from(&world, &world.admin, &session);
    let link = world.kernel.reset_link_by_operator(&parsed("admin@first.test")).await.unwrap();
    let switch = world.kernel.switch_workspace(&ask, world.workspace.id).await.unwrap();

    for token in [forged(), "nonsense".to_owned(), secret_of(&switch)] {
        assert!(opens_nothing(world.kernel.complete_password_reset(&token, &parsed(NEW)).await));
    }
    world.clock().advance(TimeDelta::hours(1));
    assert!(opens_nothing(world.kernel.complete_password_reset(&secret_of(&link), &parsed(NEW)).await));

    assert!(world.kernel.sign_in(sign_in("admin@first.test", PASSWORD, None)).await.is_ok());
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let world = World::new().await;
    let session = signed_in(&world).await;

    let refused = world.kernel.end_my_session(&world.ask(&world.internal), session.session.id).await;

    assert!(matches!(refused, Err(KernelError::NotFound)));
}
