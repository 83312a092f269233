use guildhall_core::Caller;
use guildhall_identity::IdentityError;
use guildhall_kernel::{AskEmailChange, KernelError, Request};

use super::{Recorder, deliver_soon};
use crate::support::{World, parsed};

const OLD: &str = "admin@first.test";
const NEW: &str = "new@elsewhere.test";

fn wish(email: &str) -> AskEmailChange {
    AskEmailChange { email: parsed(email), password: parsed("a password for tests"), address: None }
}

#[tokio::test]
async fn an_address_is_confirmed_at_the_new_one_and_told_to_the_old() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let (_, elsewhere) = world.ask_from_session(&world.admin).await;

    kernel.ask_email_change(&ask, wish(NEW)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    assert_eq!(mailer.recipients(), [NEW, OLD]);
    assert!(world.signs_in(OLD, "a password for tests").await, "nothing is changed yet");
    kernel.complete_email_change(&ask, &mailer.token_for(NEW)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(mailer.recipients(), [NEW, OLD, OLD]);
    assert!(world.signs_in(NEW, "a password for tests").await);
    assert!(!world.signs_in(OLD, "a password for tests").await);
    assert!(world.find_user(world.admin.id).await.verified);
    let elsewhere = world.unit().await.sessions().find(elsewhere).await.unwrap().unwrap();
    assert!(elsewhere.ended_at.is_some());
    assert!(kernel.find_session(&ask).await.unwrap().ended_at.is_none());
}

#[tokio::test]
async fn a_link_to_the_old_address_opens_nothing_any_more() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    kernel.ask_password_reset(parsed(OLD), None).unwrap();
    deliver_soon(&kernel, &mailer).await;
    kernel.ask_email_change(&ask, wish(NEW)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    kernel.complete_email_change(&ask, &mailer.token_for(NEW)).await.unwrap();

    let refused = kernel.complete_password_reset(&mailer.token_for(OLD), &parsed("a password of mine")).await;

    assert!(matches!(refused, Err(KernelError::Identity(IdentityError::TokenInvalid))));
}

#[tokio::test]
async fn the_password_is_asked() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let wrong = AskEmailChange { password: parsed("not the password"), ..wish(NEW) };

    let refused = kernel.ask_email_change(&ask, wrong).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "wrong_password", .. })));
    kernel.deliver_due_mail(&mailer).await.unwrap();
    assert_eq!(mailer.recipients(), Vec::<String>::new());
}

#[tokio::test]
async fn whether_an_address_has_an_account_is_told_there_alone() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let taken = "internal@first.test";

    kernel.ask_email_change(&ask, wish(taken)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(mailer.recipients(), [taken, OLD]);
    assert!(!mailer.taken()[0].text.contains("token"));
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_is_not_given_twice() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    kernel.ask_email_change(&ask, wish(NEW)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    world.add_member(NEW, guildhall_tenancy::WorkspaceRole::External).await;

    let refused = kernel.complete_email_change(&ask, &mailer.token_for(NEW)).await;

    assert!(matches!(refused, Err(KernelError::Identity(IdentityError::EmailTaken(_)))));
}

#[tokio::test]
async fn a_link_opens_nothing_for_anybody_else_and_stays_good() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let (other, _) = world.ask_from_session(&world.internal).await;
    kernel.ask_email_change(&ask, wish(NEW)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    let token = mailer.token_for(NEW);

    let refused = kernel.complete_email_change(&other, &token).await;

    assert!(matches!(refused, Err(KernelError::Identity(IdentityError::TokenInvalid))));
    assert!(kernel.complete_email_change(&ask, &token).await.is_ok());
    let again = kernel.complete_email_change(&ask, &token).await;
    assert!(matches!(again, Err(KernelError::Identity(IdentityError::TokenInvalid))));
}

#[tokio::test]
async fn what_is_no_change_and_what_comes_without_a_session_is_refused() {
    let world = World::new().await;
    let kernel = world.mailing();
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let credential = guildhall_core::Credential::Password;
    let caller = Caller::trusted(ask.caller.principal(), credential, ask.caller.workspace());
    let no_session = Request { caller, ..ask.clone() };

    let same = kernel.ask_email_change(&ask, wish(OLD)).await;
    let without = kernel.ask_email_change(&no_session, wish(NEW)).await;
    let off = world.kernel.ask_email_change(&ask, wish(NEW)).await;

    assert!(matches!(same, Err(KernelError::Refused { code: "same_address", .. })));
    assert!(matches!(without, Err(KernelError::TokenAudience)));
    assert!(matches!(off, Err(KernelError::Refused { code: "mail_off", .. })));
}
