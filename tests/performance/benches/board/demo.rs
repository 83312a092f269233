//! The program with a large board, and what is asked of it.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::client::{Connection, request};

const HOST: &str = "wpp.localhost";
const PHASES: usize = 50;
const ITEMS_OF_A_PHASE: usize = 100;

/// A process that serves a demo, and ends with the value.
pub struct Demo {
    process: Child,
    pub folder: PathBuf,
    pub address: SocketAddr,
    pub project: String,
    token: String,
    /// The items of the first phase, in order.
    items: Vec<String>,
    phase: String,
}

impl Demo {
    pub fn start() -> Self {
        let binary = env::var("GUILDHALL_BINARY").unwrap_or_else(|_| "../../target/dist/guildhall".to_owned());
        let address = free_address();
        let folder = env::temp_dir().join(format!("guildhall-board-{}", std::process::id()));
        let process = Command::new(&binary)
            .args(["demo", "--listen", &address.to_string(), "--log", "error", "--data"])
            .arg(&folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{binary}: {error}; build it with `cargo build --profile dist`"));
        while TcpStream::connect(address).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        let (mut connection, form) = (Connection::to(address), "grant_type=password&username=internal@wpp.test&password=guildhall-demo");
        let headers = [("host", HOST), ("content-type", "application/x-www-form-urlencoded")];
        let token: Value = serde_json::from_str(&connection.ask(&request("POST", "/oauth/token", &headers, form))).unwrap();
        let token = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let mut demo = Self {
            process,
            folder,
            address,
            project: String::new(),
            token,
            items: Vec::new(),
            phase: String::new(),
        };
        demo.fill(&mut connection);
        demo
    }

    /// A project with 50 phases, 5,000 items with a day, words and a task each, and every fifth item with somebody on it.
    fn fill(&mut self, connection: &mut Connection) {
        let mut post = |path: &str, body: Value| -> Value {
            serde_json::from_str(&connection.ask(&self.asking("POST", path, &body))).unwrap()
        };
        let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
        let project = id(&post("projects", json!({"name": "Measured"})));
        let owner = id(&serde_json::from_str::<Value>(&Connection::to(self.address).ask(&self.asking("GET", "me", &Value::Null))).unwrap());
        let (mut first, mut items) = (None, Vec::new());
        for number in 0..PHASES {
            let phase = id(&post(
                &format!("projects/{project}/phases"),
                json!({"name": format!("Phase {number}"), "objective": "Know where we stand"}),
            ));
            for number in 0..ITEMS_OF_A_PHASE {
                let assignees = if number % 5 == 0 { vec![owner.clone()] } else { Vec::new() };
                let item = id(&post(
                    &format!("projects/{project}/phases/{phase}/items"),
                    json!({"kind": "ACTIVITY", "name": format!("Write the storyline {number}"),
                           "description": "What is asked, by whom, and how it will be decided.",
                           "due_date": "2026-12-24", "assignee_ids": assignees}),
                ));
                post(&format!("projects/{project}/items/{item}/tasks"), json!({"title": "Agree on the direction"}));
                if first.is_none() {
                    items.push(item);
                }
            }
            first.get_or_insert(phase);
        }
        (self.project, self.items, self.phase) = (project, items, first.unwrap());
    }

    fn asking(&self, method: &str, path: &str, body: &Value) -> Vec<u8> {
        let headers = [("host", HOST), ("content-type", "application/json"), ("authorization", &self.token)];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        request(method, &format!("/api/v1/{path}"), &headers, &body)
    }

    pub fn canvas(&self) -> Vec<u8> {
        self.asking("GET", &format!("projects/{}/canvas", self.project), &Value::Null)
    }

    /// Another status than the time before for one of a hundred items.
    pub fn change_status(&self, turn: usize) -> Vec<u8> {
        let item = &self.items[turn % self.items.len()];
        let status = if turn / self.items.len() % 2 == 0 { "IN_PROGRESS" } else { "TO_DO" };
        self.asking("PATCH", &format!("projects/{}/items/{item}", self.project), &json!({"status": status}))
    }

    /// The first of a hundred items goes to their end.
    pub fn reorder(&self, turn: usize) -> Vec<u8> {
        let item = &self.items[turn % self.items.len()];
        let path = format!("projects/{}/items/{item}/move", self.project);
        self.asking("POST", &path, &json!({"phase_id": self.phase}))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
