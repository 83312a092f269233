use guildhall_artifacts::{ArtifactsError, pack};
use guildhall_identity::User;
use guildhall_kernel::{AskEmailChange, KernelError, Mail};
use serde_json::{Value, json};

use super::{key, refused_at};
use crate::{
    mail::{GUEST, Recorder, deliver_soon, invite},
    support::{World, parsed},
};

fn letter(letter: &str, subject: &str, text: &str) -> Value {
    json!({ "name": "A letter", "letter": letter, "language": "en", "subject": subject, "text": text })
}

fn invitation(greeting: &str) -> Value {
    letter("INVITATION", "{{workspace}} awaits", &format!("{greeting} {{{{inviter}}}} asks.\n{{{{link}}}}"))
}

/// The letters with an invitation to the first workspace and to the second.
async fn invitations(world: &World) -> [Mail; 2] {
    let (kernel, mailer) = (world.mailing(), Recorder::default());
    kernel.invite_member(&world.ask(&world.admin), invite(GUEST)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    kernel.invite_member(&world.ask_in_other().await, invite(GUEST)).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();
    mailer.taken().clone().try_into().unwrap()
}

#[tokio::test]
async fn an_invitation_has_the_words_that_system_ships_or_the_workspace_has_itself() {
    let world = World::new().await;
    world.ship("notification_template", "invitation", invitation("Good day.")).await;
    world.customize("notification_template", "invitation", invitation("Hello!")).await;

    let [first, second] = invitations(&world).await;

    assert_eq!((first.subject.as_str(), second.subject.as_str()), ("first awaits", "second awaits"));
    assert!(
        first
            .text
            .starts_with("Hello! Test Person asks.\nhttp://first.localhost:8080/invitations/accept#token=")
    );
    assert!(second.text.starts_with("Good day. Test Person asks.\nhttp://second.localhost:8080/"));
    assert!(second.text.ends_with('\n'));
}

#[tokio::test]
async fn a_workspaces_own_words_reach_nobody_else() {
    let world = World::new().await;
    let [before, _] = invitations(&world).await;
    world.customize("notification_template", "invitation", invitation("Hello!")).await;

    let [first, second] = invitations(&world).await;

    assert!(first.text.starts_with("Hello!"));
    assert_eq!(second.subject, before.subject.replace("first", "second"));
    assert!(second.text.contains("invites you to the workspace \"second\""));
}

#[tokio::test]
async fn a_disabled_template_leaves_the_built_in_words() {
    let world = World::new().await;
    let mut disabled = invitation("Hello!");
    disabled["enabled"] = json!(false);
    world.ship("notification_template", "invitation", disabled).await;

    let [first, _] = invitations(&world).await;

    assert!(first.text.contains("invites you to the workspace \"first\""));
}

#[tokio::test]
async fn letters_about_the_platform_have_systems_words_alone() {
    let (world, mailer) = (World::new().await, Recorder::default());
    let kernel = world.mailing();
    let reset = letter("PASSWORD_RESET", "Start afresh", "For {{address}}, {{minutes}} minutes: {{link}}");
    world.ship("notification_template", "password_reset", reset).await;
    world
        .ship("notification_template", "confirm_address", letter("CONFIRM_ADDRESS", "Is it you?", "{{link}}"))
        .await;
    let own = letter("CONFIRM_ADDRESS", "Ours", "Ours: {{link}}");
    world.customize("notification_template", "confirm_address", own).await;
    let User { email, .. } = &world.admin;

    kernel.ask_password_reset(email.clone(), None).unwrap();
    deliver_soon(&kernel, &mailer).await;
    let (ask, _) = world.ask_from_session(&world.admin).await;
    let (new, password) = (parsed("new@elsewhere.test"), parsed("a password for tests"));
    kernel.ask_email_change(&ask, AskEmailChange { email: new, password, address: None }).await.unwrap();
    kernel.deliver_due_mail(&mailer).await.unwrap();

    let taken = mailer.taken();
    assert!(taken[0].text.starts_with("For admin@first.test, "), "{}", taken[0].text);
    let subjects: Vec<_> = taken.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(subjects, ["Start afresh", "Is it you?", "Your address is about to be changed"]);
}

#[tokio::test]
async fn a_template_that_a_letter_can_not_fill_is_refused_where_it_is_written() {
    let world = World::new().await;
    let refused = async |name: &str, content: Value| {
        refused_at(world.put(&world.ask_in_system(), key("notification_template", name), content).await)
    };

    let without_link = refused("invitation", letter("INVITATION", "Come", "Come in.")).await;
    let unknown = refused("invitation", letter("INVITATION", "Come", "{{link}} {{secret}}")).await;
    let unfilled = refused("password_reset", letter("PASSWORD_RESET", "New", "{{link}} {{inviter}}")).await;
    let in_subject = refused("invitation", letter("INVITATION", "{{link}}", "{{link}}")).await;
    let misplaced = refused("invitation", letter("PASSWORD_CHANGED", "Changed", "It was changed.")).await;

    assert_eq!(without_link, ["/text"]);
    assert_eq!(unknown, ["/text"]);
    assert_eq!(unfilled, ["/text"]);
    assert_eq!(in_subject, ["/subject"]);
    assert_eq!(misplaced, ["/letter"]);
}

#[tokio::test]
async fn a_draft_is_held_to_the_same_rules() {
    use guildhall_artifacts::{DraftAct, Seen};
    let world = World::new().await;
    let (ask, key) = (world.ask(&world.admin), key("notification_template", "invitation"));
    let content = letter("PASSWORD_CHANGED", "Changed", "It was changed.");
    let act = DraftAct::Publish;
    world.kernel.save_artifact_draft(&ask, key.clone(), act, Some(content), Seen::Nothing).await.unwrap();

    let faults = world.kernel.check_artifact_drafts(&ask, [key].into()).await.unwrap();

    assert_eq!(faults[0].pointer, "notification_template/invitation#/letter");
}

#[tokio::test]
async fn a_package_is_held_to_the_same_rules_and_told_of_each_place() {
    let world = World::new().await;
    let manifest = json!({
        "id": "test.letters", "version": "1.0.0", "name": "Letters", "deployable_in": ["SYSTEM"],
    });
    let artifact = json!({ "content": letter("INVITATION", "{{link}}", "{{link}} {{minutes}}") });
    let files = vec![
        ("manifest.json".to_owned(), manifest.to_string().into_bytes()),
        ("artifacts/notification_template/invitation.json".to_owned(), artifact.to_string().into_bytes()),
    ];
    let packed = pack(files, &world.kernel.settings().kinds).unwrap();

    let refused = world.kernel.upload_package(&world.ask_in_system(), packed.bytes).await.unwrap_err();

    let KernelError::Artifacts(ArtifactsError::InvalidPackage { faults }) = refused else {
        panic!("not refused for its contents: {refused:?}")
    };
    let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    let file = "artifacts/notification_template/invitation.json";
    assert_eq!(places, [format!("{file}#/content/subject"), format!("{file}#/content/text")]);
}
