//! The program, filled with the demo's content, and a query of its that answers something.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use super::client::{Asked, answer};

const HOST: &str = "wpp.localhost";

/// A process that serves a demo, and ends with the value.
pub struct Demo {
    process: Child,
    folder: PathBuf,
    /// The query that is measured.
    pub asked: Asked,
    /// The account that it asks about.
    pub account: String,
    /// Its body.
    pub body: String,
}

impl Demo {
    pub fn start() -> Self {
        let binary = env::var("GUILDHALL_BINARY").unwrap_or_else(|_| "../../target/dist/guildhall".to_owned());
        let address = free_address();
        let folder = env::temp_dir().join(format!("guildhall-bench-{}", std::process::id()));
        let process = Command::new(&binary)
            .args(["demo", "--listen", &address.to_string(), "--log", "error", "--data"])
            .arg(&folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{binary}: {error}; build it with `cargo build --profile dist`"));
        while TcpStream::connect(address).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        let (account, token) = project_with_a_reviewer(address);
        let body = json!({"filters": {"account_id": account}}).to_string();
        let headers = [("host", HOST), ("content-type", "application/json"), ("authorization", &token)];
        let asked = Asked::new(address, "POST", "/api/v20/users/permissions/query", &headers, &body);
        let found: Value = serde_json::from_str(&answer(&asked)).unwrap();
        assert_eq!(found["data"][0]["permissions"], json!(["ADD_REVIEW"]));
        Self { process, folder, asked, account, body }
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

/// A project whose owner reviews by a product's role: its account, and his `Authorization`.
fn project_with_a_reviewer(address: SocketAddr) -> (String, String) {
    let form = "grant_type=password&username=workspace-admin@wpp.test&password=guildhall-demo";
    let headers = [("host", HOST), ("content-type", "application/x-www-form-urlencoded")];
    let token: Value =
        serde_json::from_str(&answer(&Asked::new(address, "POST", "/oauth/token", &headers, form))).unwrap();
    let token = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let post = |path: &str, body: Value| -> Value {
        let headers = [("host", HOST), ("content-type", "application/json"), ("authorization", &token)];
        let asked = Asked::new(address, "POST", &format!("/api/v1/{path}"), &headers, &body.to_string());
        serde_json::from_str(&answer(&asked)).unwrap()
    };
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let product = id(&post("products", json!({"name": "Review"})));
    let version = id(&post(
        &format!("products/{product}/versions"),
        json!({
            "name": "1", "kind": "EMBEDDED", "entry_url": "https://review.example.test/app", "slug": "bench",
            "required_context": [], "uses_open_authorization": true,
            "roles": [{"code": "REVIEWER", "name": "Reviewer", "permissions": ["ADD_REVIEW"],
                       "meta_roles": ["PROJECT_OWNER"]}]
        }),
    ));
    post(&format!("products/{product}/versions/{version}/publish"), json!({}));
    let project = post("projects", json!({"name": "Measured"}));
    let phases = format!("projects/{}/phases", id(&project));
    let phase = id(&post(&phases, json!({"name": "Phase"})));
    let item = json!({"kind": "APPLICATION", "name": "Review", "product_version_id": version});
    post(&format!("{phases}/{phase}/items"), item);
    (project["az_id"].as_str().unwrap().to_owned(), token)
}
