//! The platform's users.

use guildhall_core::{PageRequest, UserId};
use guildhall_identity::IdentityError;
use guildhall_kernel::{Bearer, KernelError, NewAdmin, SignIn, Unauthenticated, code};
use guildhall_tenancy::Requested;

use crate::support::{World, parsed};

fn sign_in(email: &str) -> SignIn {
    SignIn {
        email: parsed(email),
        password: parsed("a password for tests"),
        workspace: None,
        address: None,
        request_id: parsed("01900000-0000-7000-8000-0000000000aa"),
    }
}

#[tokio::test]
async fn users_are_found_by_name_and_by_address() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);
    let page = PageRequest::default();

    let found = world.kernel.list_users(&ask, Some(&parsed("INTERNAL@")), &page).await.unwrap();
    let wild = world.kernel.list_users(&ask, Some(&parsed("%")), &page).await.unwrap();

    let emails: Vec<_> = found.items.iter().map(|shown| shown.user.email.as_str()).collect();
    assert_eq!(emails, ["internal@first.test"]);
    assert_eq!(wild.items, []);
}

#[tokio::test]
async fn nobody_else_sees_the_platforms_users() {
    let world = World::new().await;
    let absent = UserId::new(parsed("01900000-0000-7000-8000-00000000ffff"));

    for user in [&world.admin, &world.internal, &world.external] {
        let ask = world.ask_platform(user);
        for id in [world.admin.id, absent] {
            let end = world.kernel.find_user(&ask, id).await;
            assert!(matches!(end, Err(KernelError::Forbidden(lacking)) if lacking == code::PLATFORM_MANAGE));
        }
    }
}

#[tokio::test]
async fn in_a_workspace_there_are_no_users_of_the_platform() {
    let world = World::new().await;

    let end = world.kernel.find_user(&world.ask(&world.platform_admin), world.admin.id).await;

    assert!(matches!(end, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn a_disabled_users_tokens_open_nothing_from_then_on() {
    let world = World::new().await;
    world.kernel.prepare().await.unwrap();
    let token = world.kernel.password_token(sign_in("admin@first.test")).await.unwrap();
    let ask = world.ask_platform(&world.platform_admin);

    world.kernel.update_user(&ask, world.admin.id, false).await.unwrap();
    let disabled = world.kernel.enter(&Requested::Platform, Some(Bearer::Token(&token.text))).await.unwrap();
    let again = world.kernel.password_token(sign_in("admin@first.test")).await;
    world.kernel.update_user(&ask, world.admin.id, true).await.unwrap();
    let enabled = world.kernel.enter(&Requested::Platform, Some(Bearer::Token(&token.text))).await.unwrap();

    assert_eq!(disabled.caller, Err(Unauthenticated::Invalid));
    assert!(matches!(again, Err(KernelError::Unauthenticated(Unauthenticated::WrongCredentials))));
    assert_eq!(enabled.caller, Err(Unauthenticated::Invalid));
}

#[tokio::test]
async fn the_last_platform_admin_stays() {
    let world = World::new().await;
    let ask = world.ask_platform(&world.platform_admin);

    let refused = world.kernel.update_user(&ask, world.platform_admin.id, false).await;

    assert!(matches!(refused, Err(KernelError::Identity(IdentityError::LastPlatformAdmin))));
}

#[tokio::test]
async fn a_disabled_admin_does_not_count_as_another_one() {
    let world = World::new().await;
    let other = NewAdmin {
        email: parsed("other@demo.test"),
        firstname: parsed("Test"),
        lastname: parsed("Person"),
        password: parsed("a password for tests"),
    };
    let other = world.kernel.create_platform_admin(other).await.unwrap();
    let ask = world.ask_platform(&world.platform_admin);

    world.kernel.update_user(&ask, other.id, false).await.unwrap();
    let refused = world.kernel.update_user(&ask, world.platform_admin.id, false).await;

    assert!(matches!(refused, Err(KernelError::Identity(IdentityError::LastPlatformAdmin))));
}
