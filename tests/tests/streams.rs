//! Streams of events over HTTP: nothing lost, nothing doubled, nothing that its reader may not read.

use std::{sync::Arc, time::Duration};

use guildhall_testkit::{
    Client, Listening,
    Stack::{self, Postgres, Sqlite},
    TestServer,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::world;

/// Who writes while somebody listens, and how much.
const WRITERS: usize = 6;
const EACH: usize = 20;

async fn admin_of(server: &TestServer, prefix: &str) -> Client {
    server.sign_in(prefix, &format!("workspace-admin@{prefix}.test")).await.unwrap()
}

async fn make_project(by: &Client) -> String {
    let made = by.post("/api/v1/projects", json!({"name": "Heard"})).await.unwrap();
    made.expect(201).unwrap().text_at("/id").unwrap()
}

async fn add_phase(by: &Client, project: &str) -> u16 {
    let path = format!("/api/v1/projects/{project}/phases");
    by.post(&path, json!({"name": "Phase"})).await.unwrap().status.as_u16()
}

async fn heard(stream: &mut Listening, count: usize) -> Vec<i64> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        let message = stream.next().await.unwrap().expect("the stream has ended");
        assert_eq!(message.data["seq"].as_i64().map(|seq| seq.to_string()), Some(message.id));
        numbers.push(message.data["seq"].as_i64().unwrap());
    }
    numbers
}

/// The numbers of the project's events, by the activity feed, oldest first.
async fn in_the_log(by: &Client, project: &str) -> Vec<i64> {
    let feed = by.get(&format!("/api/v1/projects/{project}/activity?limit=200")).await.unwrap();
    let mut all: Vec<_> = feed.expect(200).unwrap().json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["seq"].as_i64().unwrap())
        .collect();
    all.reverse();
    all
}

/// A number is given under a lock just before its commit, so that none appears behind one that was seen: else a reader who
/// goes on from the last number would miss it.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_many_write_at_once_each_event_is_heard_once_and_in_order(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let server = Arc::new(TestServer::start(on).await.unwrap());
    let admin = admin_of(&server, "wpp").await;
    let (project, elsewhere) = (make_project(&admin).await, make_project(&admin).await);
    let path = format!("/api/v1/events?project_id={project}");
    let mut stream = admin.listen(&path).await.unwrap();
    let writers = (0..WRITERS).map(|number| {
        let (admin, here) = (admin.clone(), if number % 3 == 0 { &elsewhere } else { &project }.clone());
        tokio::spawn(async move {
            for _ in 0..EACH {
                add_phase(&admin, &here).await;
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let early = heard(&mut stream, EACH).await;
    drop(stream);
    let last = early.last().unwrap().to_string();
    let mut stream = admin.with("last-event-id", &last).listen(&path).await.unwrap();
    for writer in writers {
        writer.await.unwrap();
    }

    let all = in_the_log(&admin, &project).await;
    let expected = &all[1..]; // but for the making of the project
    let late = heard(&mut stream, expected.len() - early.len()).await;

    assert!(expected.len() > WRITERS * EACH / 3, "only {} were written", expected.len());
    assert_eq!([early, late].concat(), expected);
    assert!(stream.is_silent_for(Duration::from_millis(300)).await);
}

#[rstest]
#[tokio::test]
async fn who_was_away_hears_what_he_missed_and_who_was_away_too_long_begins_again(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let server = TestServer::start(on).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let project = make_project(&admin).await;
    let path = format!("/api/v1/events?project_id={project}");
    for _ in 0..3 {
        add_phase(&admin, &project).await;
    }
    let all = in_the_log(&admin, &project).await;

    let mut all_of_it = admin.with("last-event-id", &all[0].to_string()).listen(&path).await.unwrap();
    let mut too_far = admin.with("last-event-id", "999999").listen(&path).await.unwrap();
    let mut garbled = admin.with("last-event-id", "x").listen(&path).await.unwrap();

    assert_eq!(heard(&mut all_of_it, 3).await, all[1..]);
    for stream in [&mut too_far, &mut garbled] {
        let reset = stream.next().await.unwrap().unwrap();
        assert_eq!((reset.event.as_deref(), &reset.data["seq"]), (Some("reset"), &json!(all[3])));
    }
}

#[rstest]
#[tokio::test]
async fn nobody_hears_of_other_projects_or_other_workspaces(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let (admin, theirs) = (admin_of(&server, "wpp").await, admin_of(&server, "choreograph").await);
    let (project, their_project) = (make_project(&admin).await, make_project(&theirs).await);
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let mut hears_guest = guest.listen("/api/v1/events").await.unwrap();
    let mut hears_admin = admin.listen("/api/v1/events").await.unwrap();

    add_phase(&theirs, &their_project).await;
    add_phase(&admin, &project).await;

    let message = hears_admin.next().await.unwrap().unwrap();
    assert_eq!(message.data["project_id"], json!(project));
    let mut fields: Vec<_> = message.data.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["at", "id", "kind", "project_id", "seq", "subject"]);
    assert!(hears_guest.is_silent_for(Duration::from_millis(300)).await);
    assert!(hears_admin.is_silent_for(Duration::from_millis(300)).await);
    for id in [&their_project, &project] {
        let refused = guest.get(&format!("/api/v1/events?project_id={id}")).await.unwrap();
        assert_eq!(refused.status, 404);
    }
}

#[rstest]
#[tokio::test]
async fn a_stream_ends_with_the_right_to_it_and_with_the_session(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let project = make_project(&admin).await;
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let guest_id = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let members = format!("/api/v1/projects/{project}/members");
    let body = json!({"user_id": guest_id, "role": "VIEWER"});
    admin.post(&members, body).await.unwrap().expect(201).unwrap();
    let mut of_project = guest.listen(&format!("/api/v1/events?project_id={project}")).await.unwrap();
    let mut of_all = guest.listen("/api/v1/events").await.unwrap();

    admin.delete(&format!("{members}/{guest_id}")).await.unwrap().expect(204).unwrap();
    add_phase(&admin, &project).await;

    assert_eq!(of_project.next().await.unwrap(), None);
    assert!(of_all.is_silent_for(Duration::from_millis(300)).await);
    guest.delete("/api/v1/sessions/current").await.unwrap().expect(204).unwrap();
    assert_eq!(of_all.next().await.unwrap(), None);
    assert_eq!(server.kernel.open_streams(), 0);
}

#[tokio::test]
async fn cookies_and_api_keys_listen_too_and_a_key_that_ends_hears_no_more() {
    let server = TestServer::start(Sqlite).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let project = make_project(&admin).await;
    let visitor = server.visitor("wpp");
    let body = json!({"email": "workspace-admin@wpp.test", "password": "guildhall-demo"});
    let session = visitor.post("/api/v1/sessions", body).await.unwrap().expect(201).unwrap();
    let cookie = session.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let key = admin.post("/api/v1/api-keys", json!({"name": "Reader", "read_only": true})).await.unwrap();
    let key = key.expect(201).unwrap();
    let bearer = format!("Bearer {}", key.text_at("/key").unwrap());
    let path = format!("/api/v1/events?project_id={project}");
    let mut by_cookie = visitor.with("cookie", &cookie).listen(&path).await.unwrap();
    let mut by_key = visitor.with("authorization", &bearer).listen(&path).await.unwrap();

    add_phase(&admin, &project).await;

    assert_eq!(by_cookie.kinds(1).await.unwrap(), ["phase.created"]);
    assert_eq!(by_key.kinds(1).await.unwrap(), ["phase.created"]);
    let id = key.text_at("/id").unwrap();
    admin.delete(&format!("/api/v1/api-keys/{id}")).await.unwrap().expect(204).unwrap();
    assert_eq!(by_key.next().await.unwrap(), None);
}

#[tokio::test]
async fn who_hangs_up_leaves_nothing_behind_and_who_takes_too_many_is_told() {
    let server = TestServer::start(Sqlite).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(admin.listen("/api/v1/events").await.unwrap());
    }

    let one_more = admin.get("/api/v1/events").await.unwrap();

    assert_eq!((one_more.status.as_u16(), &one_more.json["code"]), (429, &json!("too_many_streams")));
    assert!(one_more.headers.contains_key("retry-after"));
    assert_eq!(server.kernel.open_streams(), 20);
    drop(streams);
    for _ in 0..200 {
        if server.kernel.open_streams() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.kernel.open_streams(), 0);
}

/// A stream holds no place among the requests that are worked on: the others are answered as before.
#[tokio::test]
async fn whoever_listens_keeps_nobody_from_being_answered() {
    let server = TestServer::start(Postgres).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let mut streams = Vec::new();
    let listens = format!("/api/v1/events?project_id={}", ids.of("project"));
    for email in ["workspace-admin@wpp.test", "external@wpp.test"] {
        let client = server.sign_in("wpp", email).await.unwrap();
        for _ in 0..20 {
            streams.push(client.listen(&listens).await.unwrap());
        }
    }

    let path = format!("/api/v1/projects/{}", ids.of("project"));
    for number in 0..50 {
        let renamed = admin.patch(&path, json!({"name": format!("Name {number}")})).await.unwrap();
        assert_eq!(renamed.status, 200, "{}", renamed.text);
    }

    for stream in &mut streams {
        let changed = stream.next().await.unwrap().unwrap();
        assert_eq!(changed.data["kind"], Value::from("project.changed"));
    }
}
