//! The last admin and the last owner stay, whoever acts at the same moment.

use std::sync::Arc;

use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::{rounds::rounds, world};

/// How often each pair meets.
const ROUNDS: usize = 25;

/// What somebody does at the same moment as somebody else.
struct Act(Client, String, Option<Value>);

impl Act {
    /// Changes something; `None` takes it away.
    fn new(client: &Client, path: &str, change: Option<Value>) -> Self {
        Self(client.clone(), path.to_owned(), change)
    }

    async fn run(self) -> u16 {
        let Self(client, path, change) = self;
        let answer = match change {
            Some(change) if path.ends_with("/transfer") => client.post(&path, change).await,
            Some(change) => client.patch(&path, change).await,
            None => client.delete(&path).await,
        };
        answer.unwrap().status.as_u16()
    }
}

/// Two acts, each from a task of its own, let go at once; and what came of them, in order.
async fn meet(one: Act, other: Act) -> [u16; 2] {
    let gate = Arc::new(Barrier::new(2));
    let [one, other] = [one, other].map(|act| {
        let gate = gate.clone();
        tokio::spawn(async move {
            gate.wait().await;
            act.run().await
        })
    });
    let mut statuses = [one.await.unwrap(), other.await.unwrap()];
    statuses.sort_unstable();
    statuses
}

async fn sign_in(server: &TestServer, local: &str) -> (Client, String) {
    let client = server.sign_in("wpp", &format!("{local}@wpp.test")).await.unwrap();
    let id = client.get("/api/v1/me").await.unwrap().expect(200).unwrap().text_at("/id").unwrap();
    (client, id)
}

async fn make(client: &Client, path: &str, body: Value) {
    let answer = client.patch(path, body).await.unwrap();
    assert!(answer.status.is_success(), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_step_down_at_once_one_stays_on_sqlite() {
    admins(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_step_down_at_once_one_stays_on_postgres() {
    admins(Stack::Postgres).await;
}

async fn admins(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let ((one, one_id), (other, other_id)) =
        (sign_in(&server, "workspace-admin").await, sign_in(&server, "internal").await);
    let (at_one, at_other) = (format!("/api/v1/members/{one_id}"), format!("/api/v1/members/{other_id}"));
    make(&one, &at_other, json!({"role": "WORKSPACE_ADMIN"})).await;
    let down = || Some(json!({"role": "INTERNAL"}));

    for round in 0..rounds(ROUNDS) {
        let themselves = round % 2 == 0;
        let (first, second) = if themselves { (&at_one, &at_other) } else { (&at_other, &at_one) };
        let met = meet(Act::new(&one, first, down()), Act::new(&other, second, down())).await;

        // Who was put down first may not put down the other.
        assert_eq!(met, if themselves { [200, 409] } else { [200, 403] }, "round {round}");
        let admins = [(&one, &at_other), (&other, &at_one)];
        let mut restored = 0;
        for (admin, colleague) in admins {
            let answer = admin.patch(colleague, json!({"role": "WORKSPACE_ADMIN"})).await.unwrap();
            restored += usize::from(answer.status.is_success());
        }
        assert!(restored > 0, "round {round}: nobody is left who could");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_step_down_at_once_one_stays_on_sqlite() {
    owners(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_step_down_at_once_one_stays_on_postgres() {
    owners(Stack::Postgres).await;
}

async fn owners(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let ((one, one_id), (other, other_id)) =
        (sign_in(&server, "workspace-admin").await, sign_in(&server, "internal").await);
    let members = format!("/api/v1/projects/{}/members", ids.of("project"));
    let at = [format!("{members}/{one_id}"), format!("{members}/{other_id}")];
    one.post(&members, json!({"user_id": other_id, "role": "OWNER"})).await.unwrap().expect(201).unwrap();

    for round in 0..rounds(ROUNDS) {
        let down = (round % 2 == 0).then(|| json!({"role": "VIEWER"}));
        let met = meet(Act::new(&one, &at[0], down.clone()), Act::new(&other, &at[1], down)).await;

        assert_eq!(met, if round % 2 == 0 { [200, 409] } else { [204, 409] }, "round {round}");
        let listed = one.get(&members).await.unwrap().expect(200).unwrap();
        let people = listed.json["items"].as_array().unwrap().clone();
        let owners = people.iter().filter(|member| member["role"] == "OWNER").count();
        assert_eq!(owners, 1, "round {round}");
        for (id, place) in [&one_id, &other_id].into_iter().zip(&at) {
            let there = people.iter().any(|member| member["user"]["id"] == json!(id));
            if there {
                make(&one, place, json!({"role": "OWNER"})).await;
            } else {
                let body = json!({"user_id": id, "role": "OWNER"});
                one.post(&members, body).await.unwrap().expect(201).unwrap();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_project_that_is_handed_to_somebody_who_is_removed_keeps_an_owner_on_sqlite() {
    handed_over(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_project_that_is_handed_to_somebody_who_is_removed_keeps_an_owner_on_postgres() {
    handed_over(Stack::Postgres).await;
}

async fn handed_over(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let ids = world::build(&server, "wpp").await.unwrap();
    let ((admin, admin_id), (_, heir_id)) =
        (sign_in(&server, "workspace-admin").await, sign_in(&server, "internal").await);
    let project = format!("/api/v1/projects/{}", ids.of("project"));
    let (members, transfer) = (format!("{project}/members"), format!("{project}/transfer"));
    let heir = format!("{members}/{heir_id}");

    for round in 0..rounds(ROUNDS) {
        let body = json!({"user_id": heir_id, "role": "CONTRIBUTOR"});
        admin.post(&members, body).await.unwrap().expect(201).unwrap();

        let to = Some(json!({ "user_id": heir_id }));
        let met = meet(Act::new(&admin, &transfer, to), Act::new(&admin, &heir, None)).await;

        // Either he owns it and stays, or he is gone before it could be his.
        assert!(matches!(met, [200, 409] | [204, 422]), "round {round}: {met:?}");
        let listed = admin.get(&members).await.unwrap().expect(200).unwrap();
        let owns = |member: &&Value| member["role"] == "OWNER";
        let owners = listed.json["items"].as_array().unwrap().iter().filter(owns).count();
        assert_eq!(owners, 1, "round {round}");
        if met == [200, 409] {
            make(&admin, &format!("{members}/{admin_id}"), json!({"role": "OWNER"})).await;
            admin.delete(&heir).await.unwrap().expect(204).unwrap();
        }
    }
}
