use guildhall_core::Email;
use guildhall_kernel::{ChangePassword, KernelError};

use super::{Recorder, deliver_soon};
use crate::support::{World, parsed};

const ADMIN: &str = "admin@first.test";

#[tokio::test]
async fn a_lost_password_is_set_anew_by_a_mailed_link() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();

    kernel.ask_password_reset(parsed(ADMIN), None).unwrap();
    assert_eq!(deliver_soon(&kernel, &mailer).await, 1);
    let token = mailer.token_for(ADMIN);
    kernel.complete_password_reset(&token, &parsed("a password of mine")).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert!(world.signs_in(ADMIN, "a password of mine").await);
    assert_eq!(mailer.taken().last().unwrap().subject, "Your password was changed");
}

#[tokio::test]
async fn an_address_without_an_account_gets_no_letter_and_the_same_answer() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();

    kernel.ask_password_reset(parsed("nobody@elsewhere.test"), None).unwrap();
    kernel.ask_password_reset(parsed(ADMIN), None).unwrap();
    deliver_soon(&kernel, &mailer).await;

    assert_eq!(mailer.recipients(), [ADMIN]);
}

#[tokio::test]
async fn an_address_is_not_flooded_and_has_an_account_or_not() {
    let world = World::new().await;
    let kernel = world.mailing();

    for email in ["nobody@elsewhere.test", ADMIN] {
        let email: Email = parsed(email);
        for _ in 0..3 {
            kernel.ask_password_reset(email.clone(), None).unwrap();
        }
        let refused = kernel.ask_password_reset(email, None);
        assert!(matches!(refused, Err(KernelError::TooManyAttempts { .. })));
    }
}

#[tokio::test]
async fn without_mail_the_operator_is_named() {
    let world = World::new().await;

    let refused = world.kernel.ask_password_reset(parsed(ADMIN), None);

    let Err(KernelError::Refused { code: "mail_off", detail }) = refused else { panic!("{refused:?}") };
    assert!(detail.contains("guildhall admin reset"), "{detail}");
}

#[tokio::test]
async fn whose_password_was_changed_is_told() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let change = ChangePassword {
        current: parsed("a password for tests"),
        new: parsed("a password of mine"),
        address: None,
    };

    kernel.change_password(&ask, change).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    kernel.reset_by_operator(&parsed(ADMIN), &parsed("a password of theirs")).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(mailer.recipients(), [ADMIN, ADMIN]);
}

#[tokio::test]
async fn a_link_that_a_new_password_has_ended_is_not_mailed() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    kernel.ask_password_reset(parsed(ADMIN), None).unwrap();
    let far = guildhall_core::Clock::now(world.clock());
    while world.unit().await.outbox().list_due(far, 1).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }

    world.with_password(&world.admin, "a password of mine").await;
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(mailer.recipients(), Vec::<String>::new());
}
