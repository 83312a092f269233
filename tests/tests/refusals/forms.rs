//! Forms that the token endpoint refuses, as RFC 6749 (5.2) spells it.

use guildhall_testkit::Stack;
use reqwest::Method;

use super::{shape, world::Refuser};

const FORM: &str = "application/x-www-form-urlencoded";

/// A form with the refusal that it gets.
type Case = (&'static str, String, u16, &'static str);

fn cases(refuser: &Refuser) -> Vec<Case> {
    let form = |text: &str| text.to_owned();
    let password = "grant_type=password&username=internal@wpp.test&password=guildhall-demo";
    let client = refuser.ids.of("client_id");
    vec![
        ("application/json", form("{}"), 400, "invalid_request"),
        ("", form(password), 400, "invalid_request"),
        (FORM, form(""), 400, "invalid_request"),
        (FORM, form("grant_type=password"), 400, "invalid_request"),
        (FORM, form("grant_type=client_credentials"), 400, "invalid_request"),
        (FORM, format!("{password}&username=other@wpp.test"), 400, "invalid_request"),
        (FORM, form("grant_type=magic"), 400, "unsupported_grant_type"),
        (FORM, form("grant_type=%00"), 400, "unsupported_grant_type"),
        (
            FORM,
            form("grant_type=password&username=nobody@wpp.test&password=guildhall-demo"),
            400,
            "invalid_grant",
        ),
        (
            FORM,
            form("grant_type=password&username=internal@choreograph.test&password=guildhall-demo"),
            400,
            "invalid_grant",
        ),
        (
            FORM,
            form("grant_type=password&username=a%00b@wpp.test&password=guildhall-demo"),
            400,
            "invalid_grant",
        ),
        (FORM, form("grant_type=password&username=%ff%fe&password=%ff"), 400, "invalid_grant"),
        (
            FORM,
            format!("grant_type=password&username={}&password=x", "a".repeat(100_000)),
            400,
            "invalid_grant",
        ),
        (
            FORM,
            form("grant_type=client_credentials&client_id=nobody&client_secret=nothing"),
            401,
            "invalid_client",
        ),
        (
            FORM,
            format!("grant_type=client_credentials&client_id={client}&client_secret=%00"),
            401,
            "invalid_client",
        ),
        (
            FORM,
            format!("grant_type=client_credentials&client_id={client}&client_secret=wrong"),
            401,
            "invalid_client",
        ),
        (FORM, "a".repeat(1024 * 1024 + 1), 413, "invalid_request"),
    ]
}

/// Sends one form and looks at the answer.
async fn faults(refuser: &Refuser, (content_type, form, status, error): Case) -> Vec<String> {
    let visitor = &refuser.callers.visitor;
    let answer = visitor.send_raw(Method::POST, "/oauth/token", form.clone(), content_type).await.unwrap();
    let fault = shape::fault(&refuser.document, "POST /oauth/token", &answer, status);
    let wrong = (answer.json["error"] != error).then(|| format!("{} is not {error}", answer.text));
    let challenged = (status == 401) == answer.headers.contains_key("www-authenticate");
    let unchallenged = (!challenged).then(|| "a challenge goes with 401 and nothing else".to_owned());
    let faults = fault.into_iter().chain(wrong).chain(unchallenged);
    faults.map(|fault| format!("{form:.80} as {content_type:?}: {fault}")).collect()
}

async fn hold(stack: Stack) {
    let refuser = Refuser::start(stack).await.unwrap();
    let mut found = Vec::new();
    for case in cases(&refuser) {
        found.extend(faults(&refuser, case).await);
    }
    found.extend(refuser.changed().await.unwrap());

    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

/// What has changed once it is written, which happens beside the answer.
async fn recorded(refuser: &Refuser) -> Vec<String> {
    for _ in 0..100 {
        let mut changed: Vec<String> = refuser.changed().await.unwrap().collect();
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        if !changed.is_empty() {
            // The tables were read one after the other, some of them before it was written.
            changed.extend(refuser.changed().await.unwrap());
            changed.sort();
            changed.dedup();
            return changed;
        }
    }
    Vec::new()
}

/// The one refusal that leaves something: whoever guesses a member's password is in the log.
async fn record(stack: Stack) {
    let refuser = Refuser::start(stack).await.unwrap();
    let form = "grant_type=password&username=internal@wpp.test&password=wrong-password".to_owned();

    let found = faults(&refuser, (FORM, form, 400, "invalid_grant")).await;

    let changed = recorded(&refuser).await;
    let log = ["event_counter", "event_name", "event"].map(|table| format!("rows of `{table}` have changed"));
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(changed, log);
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_recorded_on_sqlite() {
    record(Stack::Sqlite).await;
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_recorded_on_postgres() {
    record(Stack::Postgres).await;
}

#[tokio::test]
async fn every_form_that_does_not_fit_is_refused_on_sqlite() {
    hold(Stack::Sqlite).await;
}

#[tokio::test]
async fn every_form_that_does_not_fit_is_refused_on_postgres() {
    hold(Stack::Postgres).await;
}
