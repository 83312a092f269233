use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::TimeDelta;
use guildhall_core::{Clock as _, MailId};
use guildhall_kernel::{EventFilter, Mail, MailError, MailKind, MailState, Mailer, OutgoingMail};

use super::{GUEST, Recorder, invite};
use crate::support::World;

fn temporary() -> MailError {
    MailError::Temporary("the mail server answers 451".to_owned())
}

/// The only letter that is in the outbox.
async fn letter(world: &World) -> OutgoingMail {
    let far = world.clock().now() + TimeDelta::days(365);
    let mut waiting = world.unit().await.outbox().list_due(far, 10).await.unwrap();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    waiting.remove(0)
}

async fn find(world: &World, id: MailId) -> OutgoingMail {
    world.unit().await.outbox().find(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_letter_that_was_taken_loses_its_content() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let written = letter(&world).await;

    let attempts = kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!((attempts, mailer.recipients()), (1, vec![GUEST.to_owned()]));
    let sent = find(&world, written.id).await;
    assert_eq!((sent.state, sent.sealed, sent.attempts), (MailState::Sent, None, 1));
    assert_eq!(kernel.deliver_due_mail(&mailer).await.unwrap(), 0, "nothing is sent twice");
}

#[tokio::test]
async fn a_letter_does_not_lie_open_in_the_database() {
    let world = World::new().await;
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();

    let sealed = letter(&world).await.sealed.unwrap();

    assert!(!String::from_utf8_lossy(&sealed).contains("token"));
}

#[tokio::test]
async fn a_letter_is_there_when_what_it_tells_of_is_there() {
    let world = World::new().await;
    let kernel = world.mailing();

    let refused = kernel.invite_member(&world.ask(&world.external), invite(GUEST)).await;

    assert!(refused.is_err());
    assert_eq!(world.unit().await.outbox().list_due(world.clock().now(), 10).await.unwrap(), []);
}

#[tokio::test]
async fn a_letter_that_was_not_taken_yet_is_tried_again_after_growing_pauses() {
    let (world, mailer) = (World::new().await, Recorder::refusing([temporary(), temporary()]));
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();

    let mut attempts = Vec::new();
    for pause in [0, 59, 1, 119, 1] {
        world.clock().advance(TimeDelta::seconds(pause));
        attempts.push(kernel.deliver_due_mail(&mailer).await.unwrap());
    }

    assert_eq!(attempts, [1, 0, 1, 0, 1]);
    assert_eq!(mailer.recipients(), [GUEST]);
}

#[tokio::test]
async fn a_letter_is_tried_for_three_days_and_then_given_up() {
    let mailer = Recorder::refusing(std::iter::repeat_n(temporary(), 100));
    let world = World::new().await;
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let written = letter(&world).await;

    let mut days = 0;
    while find(&world, written.id).await.state == MailState::Waiting {
        kernel.deliver_due_mail(&mailer).await.unwrap();
        world.clock().advance(TimeDelta::hours(4));
        days = (world.clock().now() - written.created_at).num_days();
        assert!(days < 10);
    }

    assert_eq!(days, 3);
    let failed = find(&world, written.id).await;
    assert_eq!((failed.state, failed.sealed), (MailState::Failed, None));
    assert_eq!(failed.fault.as_deref(), Some("the mail server answers 451"));
}

#[tokio::test]
async fn a_letter_that_waited_for_more_than_three_days_is_not_sent_any_more() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let asked = letter(&world).await;
    let notice = OutgoingMail {
        id: MailId::new(world.id()),
        kind: MailKind::Notice,
        secret_hash: None,
        ..asked.clone()
    };
    let unit = world.unit().await;
    unit.outbox().insert(&notice).await.unwrap();
    unit.commit().await.unwrap();

    world.clock().advance(TimeDelta::days(3) + TimeDelta::seconds(1));
    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert!(mailer.recipients().is_empty());
    let failed = find(&world, asked.id).await;
    assert_eq!((failed.state, failed.sealed), (MailState::Failed, None));
    assert_eq!(failed.fault.as_deref(), Some("nobody sent it within 3 days"));
    assert_eq!(find(&world, notice.id).await.state, MailState::Dropped);
}

#[tokio::test]
async fn a_letter_that_does_not_open_is_given_up() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let written = letter(&world).await;
    // What is sealed with another secret opens as little as what has been tampered with.
    let sealed = written.sealed.clone().map(|sealed| sealed.into_iter().map(|byte| !byte).collect());
    let unit = world.unit().await;
    unit.outbox().update(&OutgoingMail { sealed, ..written.clone() }).await.unwrap();
    unit.commit().await.unwrap();

    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert!(mailer.recipients().is_empty());
    let failed = find(&world, written.id).await;
    assert_eq!((failed.state, failed.sealed), (MailState::Failed, None));
    assert!(failed.fault.unwrap().contains("secret_file"));
}

#[tokio::test]
async fn a_letter_that_nobody_will_take_is_given_up_and_its_workspace_is_told() {
    let refusal = MailError::Permanent("the mail server answers 550 5.1.1".to_owned());
    let (world, mailer) = (World::new().await, Recorder::refusing([refusal]));
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let written = letter(&world).await;

    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(find(&world, written.id).await.state, MailState::Failed);
    let filter = EventFilter { kind: Some("mail.failed".parse().unwrap()), ..EventFilter::default() };
    let page = guildhall_core::PageRequest { limit: 10, after: None };
    let told = world.unit().await.events().list(&filter, &page).await.unwrap();
    assert_eq!(told.items.len(), 1);
    assert_eq!(told.items[0].subject.name.as_deref(), Some(GUEST));
}

#[tokio::test]
async fn a_node_that_died_with_a_letter_in_its_hands_is_not_waited_for() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let (written, until) = (letter(&world).await, world.clock().now() + TimeDelta::minutes(5));
    let unit = world.unit().await;
    assert!(unit.outbox().update_claimed(&written, until).await.unwrap());
    unit.commit().await.unwrap();

    let meanwhile = kernel.deliver_due_mail(&mailer).await.unwrap();
    world.clock().advance(TimeDelta::minutes(5));
    let later = kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!((meanwhile, later), (0, 1));
}

#[tokio::test]
async fn an_invitation_that_opens_nothing_any_more_is_not_mailed() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let (kernel, ask) = (world.mailing(), world.ask(&world.admin));
    let revoked = kernel.invite_member(&ask, invite("revoked@elsewhere.test")).await.unwrap();
    kernel.revoke_invitation(&ask, revoked.invitation.id).await.unwrap();
    kernel.invite_member(&ask, invite(GUEST)).await.unwrap();
    kernel.invite_member(&ask, invite(GUEST)).await.unwrap();

    kernel.deliver_due_mail(&mailer).await.unwrap();

    assert_eq!(mailer.recipients(), [GUEST], "the newest link alone");
}

#[tokio::test]
async fn the_loop_ends_when_it_is_told_to() {
    let (world, mailer) = (World::new().await, Arc::new(Recorder::default()));
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async move { drop(stopped.await) };

    let delivering = tokio::spawn(kernel.deliver_mail(mailer.clone(), stopped));
    while mailer.recipients().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(stop);

    tokio::time::timeout(Duration::from_secs(5), delivering).await.unwrap().unwrap();
}

/// Dies at each letter but those to one address.
struct Mortal {
    spares: &'static str,
    recorder: Recorder,
}

#[async_trait]
impl Mailer for Mortal {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        assert_eq!(mail.to.as_str(), self.spares);
        self.recorder.send(mail).await
    }
}

#[tokio::test]
async fn the_loop_goes_on_after_a_mailer_that_dies() {
    let world = World::new().await;
    let kernel = world.mailing();
    for email in ["unlucky@elsewhere.test", GUEST] {
        kernel.invite_member(&world.ask(&world.admin), invite(email)).await.unwrap();
    }
    let mailer = Arc::new(Mortal { spares: GUEST, recorder: Recorder::default() });

    let delivering = tokio::spawn(kernel.deliver_mail(mailer.clone(), std::future::pending()));
    let arrived = async {
        while mailer.recorder.recipients().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };

    tokio::time::timeout(Duration::from_secs(20), arrived).await.unwrap();
    delivering.abort();
}

#[tokio::test]
async fn the_loop_forgets_letters_that_ended_more_than_thirty_days_ago() {
    let (world, mailer) = (World::new().await, Arc::new(Recorder::default()));
    let kernel = world.mailing();
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    let written = letter(&world).await;
    kernel.deliver_due_mail(&*mailer).await.unwrap();

    world.clock().advance(TimeDelta::days(30));
    kernel.clone().deliver_mail(mailer.clone(), std::future::ready(())).await;
    let kept = find(&world, written.id).await;
    world.clock().advance(TimeDelta::seconds(1));
    kernel.deliver_mail(mailer, std::future::ready(())).await;

    assert_eq!(kept.state, MailState::Sent);
    assert_eq!(world.unit().await.outbox().find(written.id).await.unwrap(), None);
}
