//! What System ships is followed in every workspace at once, and what one has otherwise, there alone: over HTTP and SMTP.

use guildhall_testkit::{Client, SmtpSink, Stack, TestServer};
use serde_json::{Value, json};

/// A server that mails, with the platform's admin in System, and admins of two workspaces.
struct Stage {
    sink: SmtpSink,
    system: Client,
    here: Client,
    there: Client,
    _server: TestServer,
}

impl Stage {
    async fn new(stack: Stack) -> Self {
        let sink = SmtpSink::start().await.unwrap();
        let server = TestServer::start_mailing(stack, &sink).await.unwrap();
        let platform = server.sign_in("", "platform-admin@demo.test").await.unwrap();
        Self {
            sink,
            system: platform.with("guildhall-workspace", "system"),
            here: server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap(),
            there: server.sign_in("choreograph", "workspace-admin@choreograph.test").await.unwrap(),
            _server: server,
        }
    }

    /// A product of System's that needs nothing where it is launched, and its version.
    async fn product(&self) -> (String, String) {
        let system = &self.system;
        let body = json!({"name": "Reviews", "category": "Quality"});
        let product = system.post("/api/v1/products", body).await.unwrap().expect(201).unwrap();
        let path = format!("/api/v1/products/{}", product.text_at("/id").unwrap());
        let version = json!({"name": "1.0", "kind": "EMBEDDED", "entry_url": "https://reviews.test/app",
            "slug": "reviews", "required_context": [], "roles": [], "uses_open_authorization": false, "config": {"rounds": 2},
            "config_schema": {"properties": {"rounds": {"type": "integer", "maximum": 9}}}});
        let version = system.post(&format!("{path}/versions"), version).await.unwrap().expect(201).unwrap();
        let version = version.text_at("/id").unwrap();
        let publish = format!("{path}/versions/{version}/publish");
        system.post(&publish, json!({})).await.unwrap().expect(200).unwrap();
        let offer = json!({"offer": "ALL"});
        system.put(&format!("{path}/availability"), offer).await.unwrap().expect(200).unwrap();
        (product.text_at("/id").unwrap(), version)
    }

    /// The letter of an invitation that somebody sends to an address.
    async fn invited(&self, who: &Client, email: &str) -> (String, String) {
        let body = json!({"email": email, "role": "EXTERNAL"});
        who.post("/api/v1/members", body).await.unwrap().expect(201).unwrap();
        let letter = self.sink.wait_for(email, "").await.unwrap();
        (letter.subject, letter.text)
    }
}

/// Writes an artifact in place of whatever is there.
async fn put(who: &Client, at: &str, content: Value) {
    let at = format!("/api/v1/artifacts/{at}");
    let found = who.get(&at).await.unwrap();
    let who = match found.headers.get("etag").filter(|_| found.status == 200) {
        Some(tag) => who.with("if-match", tag.to_str().unwrap()),
        None => who.clone(),
    };
    let answer = who.put(&at, json!({"content": content})).await.unwrap();
    assert!(answer.status.is_success(), "{}", answer.text);
}

/// What a launch of a version tells.
async fn context(who: &Client, version: &str) -> Value {
    let body = json!({"product_version_id": version});
    who.post("/api/v1/launches", body).await.unwrap().expect(201).unwrap().json["context"].clone()
}

fn theme(primary: &str) -> Value {
    json!({"name": "House", "content": {"light": {"primary": primary}, "dark": {}}})
}

fn letter(greeting: &str) -> Value {
    json!({"name": "Invitation", "letter": "INVITATION", "language": "en", "subject": "{{workspace}} awaits you",
        "text": format!("{greeting}\n{{{{link}}}}\nUntil {{{{until}}}}.")})
}

async fn what_system_ships_is_followed_everywhere_and_what_one_has_otherwise_there_alone(stack: Stack) {
    let stage = Stage::new(stack).await;
    let (product, version) = stage.product().await;
    let before = context(&stage.there, &version).await;
    put(&stage.system, "theme/default", theme("#112233")).await;
    put(&stage.system, "notification_template/invitation", letter("Good day.")).await;

    put(&stage.here, "theme/default", theme("#445566")).await;
    put(&stage.here, "notification_template/invitation", letter("Hello!")).await;
    let overlay = json!({"labels": {"name": "Proofing"}, "config": {version.as_str(): {"rounds": 5}}});
    put(&stage.here, &format!("product/{product}"), overlay).await;

    let (here, there) = (context(&stage.here, &version).await, context(&stage.there, &version).await);
    assert_eq!(here["theme"]["content"]["light"]["primary"], "#445566");
    assert_eq!(there["theme"]["content"]["light"]["primary"], "#112233");
    assert_eq!(there["theme"]["content"]["dark"], before["theme"]["content"]["dark"]);
    assert_eq!(
        (&here["appInstance"]["productName"], &here["customConfig"]),
        (&json!("Proofing"), &json!({"rounds": 5}))
    );
    assert_eq!(there["appInstance"], before["appInstance"]);
    assert_eq!(there["customConfig"], json!({"rounds": 2}));
    let (subject, text) = stage.invited(&stage.here, "one@elsewhere.test").await;
    assert!(subject.ends_with("awaits you") && text.starts_with("Hello!"), "{subject}: {text}");
    assert!(text.contains("http://wpp.localhost:8080/invitations/accept#token="), "{text}");
    let (_, text) = stage.invited(&stage.there, "two@elsewhere.test").await;
    assert!(text.starts_with("Good day.") && text.contains("http://choreograph.localhost:8080/"), "{text}");
}

async fn what_can_not_be_followed_is_refused_with_the_place(stack: Stack) {
    let stage = Stage::new(stack).await;
    let (product, version) = stage.product().await;
    let refused = async |who: &Client, at: String, content: Value| {
        let (who, at) = (who.with("if-match", "*"), format!("/api/v1/artifacts/{at}"));
        let answer = who.put(&at, json!({"content": content})).await.unwrap().expect(422).unwrap();
        (answer.text_at("/code").unwrap(), answer.json["errors"][0]["pointer"].clone())
    };
    let mut without_link = letter("Hello!");
    without_link["text"] = json!("Come in.");
    put(&stage.system, "notification_template/invitation", letter("Good day.")).await;
    put(&stage.system, "setting/invitations.lifetime_days", json!({"name": "Days", "value": 14})).await;

    let link = refused(&stage.here, "notification_template/invitation".to_owned(), without_link).await;
    let days = json!({"name": "Days", "value": 31});
    let days = refused(&stage.here, "setting/invitations.lifetime_days".to_owned(), days).await;
    let overlay = json!({"config": {version.as_str(): {"rounds": 10}}});
    let rounds = refused(&stage.here, format!("product/{product}"), overlay).await;

    let invalid = |place: &str| ("artifact_invalid".to_owned(), json!(place));
    assert_eq!(link, invalid("/content/text"));
    assert_eq!(days, invalid("/content/value"));
    assert_eq!(rounds, invalid(&format!("/content/config/{version}/rounds")));
}

macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(guildhall_testkit::Stack::Sqlite).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(guildhall_testkit::Stack::Postgres).await;
            })+
        }
    };
}

on_both!(
    what_system_ships_is_followed_everywhere_and_what_one_has_otherwise_there_alone,
    what_can_not_be_followed_is_refused_with_the_place,
);
