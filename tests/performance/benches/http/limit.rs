//! The limit: a bare axum route that reads the same body and answers from a hash map, without anybody being asked who he is.

use std::{
    collections::HashMap,
    env,
    net::TcpStream,
    process::{Child, Command},
    sync::Arc,
    thread,
    time::Duration,
};

use axum::{Json, Router, extract::State, routing::post};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    agree,
    client::Asked,
    demo::{Demo, free_address},
};

const PATH: &str = "/query";

/// The process that serves the route; it ends with the value.
pub struct Limit {
    process: Child,
    pub asked: Asked,
}

impl Limit {
    pub fn start(demo: &Demo) -> Self {
        let address = free_address();
        let process = Command::new(env::current_exe().unwrap())
            .args(["limit", &address.to_string(), &demo.account])
            .spawn()
            .unwrap();
        while TcpStream::connect(address).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        let headers = [("host", "localhost"), ("content-type", "application/json")];
        let asked = Asked::new(address, "POST", PATH, &headers, &demo.body);
        agree(&demo.asked, &asked);
        Self { process, asked }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[derive(Deserialize)]
struct Query {
    filters: Filters,
}

#[derive(Deserialize)]
struct Filters {
    account_id: Uuid,
}

#[derive(Serialize)]
struct Answer {
    total_count: usize,
    data: Vec<Held>,
    limit: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Held {
    account_id: Uuid,
    permissions: Vec<String>,
}

type Answers = Arc<HashMap<Uuid, Vec<String>>>;

/// Serves until the process is killed.
#[tokio::main]
pub async fn serve() {
    let mut arguments = env::args().skip(2);
    let address = arguments.next().unwrap();
    let account: Uuid = arguments.next().unwrap().parse().unwrap();
    let mut answers: HashMap<_, _> = (0..10_000_u128).map(|other| (Uuid::from_u128(other), Vec::new())).collect();
    answers.insert(account, vec!["ADD_REVIEW".to_owned()]);
    let service = Router::new().route(PATH, post(find)).with_state(Arc::new(answers));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, service).await.unwrap();
}

async fn find(State(answers): State<Answers>, Json(query): Json<Query>) -> Json<Answer> {
    let account_id = query.filters.account_id;
    let held = answers.get(&account_id).cloned().unwrap_or_default();
    let data = if held.is_empty() { Vec::new() } else { vec![Held { account_id, permissions: held }] };
    Json(Answer { total_count: data.len(), data, limit: 100, offset: 0 })
}
