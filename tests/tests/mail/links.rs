use guildhall_testkit::{SmtpSink, Stack, TestServer};
use serde_json::json;

const GUEST: &str = "guest@elsewhere.test";

async fn start() -> (TestServer, SmtpSink) {
    let sink = SmtpSink::start().await.unwrap();
    (TestServer::start_mailing(Stack::Sqlite, &sink).await.unwrap(), sink)
}

#[tokio::test]
async fn somebody_is_invited_by_mail_and_comes_in() {
    let (server, sink) = start().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let body = json!({"email": GUEST, "role": "INTERNAL", "firstname": "New", "lastname": "Guest"});

    let invited = admin.post("/api/v1/members", body).await.unwrap().expect(201).unwrap();

    assert!(invited.json["invitation"]["accept_url"].is_null(), "{}", invited.text);
    let letter = sink.wait_for(GUEST, "Invitation to the workspace").await.unwrap();
    assert!(letter.text.contains("http://wpp.localhost:8080/invitations/accept#token="), "{}", letter.text);
    let body = json!({"token": letter.token().unwrap(), "password": "a password of mine"});
    let visitor = server.visitor("wpp");
    visitor.post("/api/v1/invitations/accept", body).await.unwrap().expect(200).unwrap();
    assert!(visitor.password_token(GUEST, "a password of mine").await.is_ok());
}

#[tokio::test]
async fn somebody_is_invited_to_a_project_by_mail_and_again() {
    let (server, sink) = start().await;
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let project = admin.post("/api/v1/projects", json!({"name": "P"})).await.unwrap().expect(201).unwrap();
    let members = format!("/api/v1/projects/{}/members", project.text_at("/id").unwrap());

    let added = admin.post(&members, json!({"email": GUEST, "role": "VIEWER"})).await.unwrap();

    let added = added.expect(201).unwrap();
    assert!(!added.text.contains("accept#token"), "{}", added.text);
    let first = sink.wait_for(GUEST, "Invitation").await.unwrap();
    let listed = admin.get("/api/v1/invitations").await.unwrap().expect(200).unwrap();
    let found = listed.json["items"].as_array().unwrap().iter().find(|one| one["email"] == GUEST).unwrap();
    let again = format!("/api/v1/invitations/{}/resend", found["id"].as_str().unwrap());
    admin.post(&again, json!({})).await.unwrap().expect(200).unwrap();
    while sink.letters().len() < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let second = sink.wait_for(GUEST, "Invitation").await.unwrap();
    let take = |token: String| json!({"token": token, "password": "a password of mine", "firstname": "N", "lastname": "G"});
    let visitor = server.visitor("");
    let old = visitor.post("/api/v1/invitations/accept", take(first.token().unwrap())).await.unwrap();
    assert_eq!(old.expect(422).unwrap().text_at("/code").unwrap(), "invitation_invalid");
    let new = visitor.post("/api/v1/invitations/accept", take(second.token().unwrap())).await.unwrap();
    new.expect(200).unwrap();
}

#[tokio::test]
async fn a_lost_password_is_set_anew_by_mail() {
    let (server, sink) = start().await;
    let (known, unknown) = ("both@demo.test", "nobody@elsewhere.test");
    let before = server.sign_in("wpp", known).await.unwrap();
    let visitor = server.visitor("wpp");

    let mut answers = Vec::new();
    for email in [unknown, known] {
        let answer = visitor.post("/api/v1/password-resets", json!({"email": email})).await.unwrap();
        answers.push(answer.expect(202).unwrap().text);
    }

    assert_eq!(answers, ["", ""]);
    let letter = sink.wait_for(known, "A new password").await.unwrap();
    let body = json!({"token": letter.token().unwrap(), "password": "a password of mine"});
    visitor.post("/api/v1/password-resets/complete", body).await.unwrap().expect(204).unwrap();
    before.get("/api/v1/me").await.unwrap().expect(401).unwrap();
    assert!(visitor.password_token(known, "a password of mine").await.is_ok());
    sink.wait_for(known, "Your password was changed").await.unwrap();
    assert!(sink.letters().iter().all(|letter| letter.to != unknown));
}

#[tokio::test]
async fn nobody_is_flooded_with_links() {
    let (server, _sink) = start().await;
    let visitor = server.visitor("");
    let body = json!({"email": "nobody@elsewhere.test"});
    for _ in 0..3 {
        visitor.post("/api/v1/password-resets", body.clone()).await.unwrap().expect(202).unwrap();
    }

    let refused = visitor.post("/api/v1/password-resets", body).await.unwrap().expect(429).unwrap();

    assert!(refused.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn an_address_is_changed_by_mail() {
    let (server, sink) = start().await;
    let (old, new) = ("internal@wpp.test", "new@elsewhere.test");
    let user = server.sign_in("wpp", old).await.unwrap();
    let elsewhere = server.sign_in("wpp", old).await.unwrap();

    let wish = json!({"email": new, "password": "guildhall-demo"});
    user.put("/api/v1/me/email", wish).await.unwrap().expect(202).unwrap();
    let letter = sink.wait_for(new, "Confirm your new address").await.unwrap();
    assert!(letter.text.contains("http://wpp.localhost:8080/me/email/complete#token="), "{}", letter.text);
    sink.wait_for(old, "Your address is about to be changed").await.unwrap();
    let body = json!({"token": letter.token().unwrap()});
    server.visitor("wpp").post("/api/v1/me/email/complete", body.clone()).await.unwrap().expect(401).unwrap();
    user.post("/api/v1/me/email/complete", body).await.unwrap().expect(204).unwrap();

    let me = user.get("/api/v1/me").await.unwrap().expect(200).unwrap();
    assert_eq!(me.text_at("/email").unwrap(), new);
    elsewhere.get("/api/v1/me").await.unwrap().expect(401).unwrap();
    assert!(server.visitor("wpp").password_token(new, "guildhall-demo").await.is_ok());
    assert!(server.visitor("wpp").password_token(old, "guildhall-demo").await.is_err());
    sink.wait_for(old, "Your address was changed").await.unwrap();
}
