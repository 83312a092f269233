//! The limits: routes that read the same rows and write them as JSON, that answer bytes from memory, that change one row. Nobody is
//! asked who he is.

use std::{
    collections::HashMap,
    env,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command},
    sync::{Arc, RwLock},
    thread,
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, State},
    http::header,
    response::IntoResponse,
    routing::{get, post, put},
};
use sea_orm::sqlx::{
    Row as _, SqlitePool, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    client::{Connection, request},
    demo::free_address,
};

/// The process that serves the routes; it ends with the value.
pub struct Bare {
    process: Child,
    pub address: SocketAddr,
}

impl Bare {
    pub fn start(folder: &Path, project: &str) -> Self {
        let address = free_address();
        let process = Command::new(env::current_exe().unwrap())
            .args(["bare", &address.to_string()])
            .arg(folder)
            .arg(project)
            .spawn()
            .unwrap();
        while TcpStream::connect(address).is_err() {
            thread::sleep(Duration::from_millis(50));
        }
        Self { process, address }
    }

    /// Gives it the bytes that it is to answer.
    pub fn keep(&self, connection: &mut Connection, body: &str) {
        connection.ask(&request("PUT", "/kept", &HEADERS, body));
    }

    pub fn read(&self) -> Vec<u8> {
        request("GET", "/board", &HEADERS, "")
    }

    pub fn kept(&self) -> Vec<u8> {
        request("GET", "/kept", &HEADERS, "")
    }

    pub fn write(&self, turn: usize) -> Vec<u8> {
        request("POST", "/status", &HEADERS, if turn % 2 == 0 { "TO_DO" } else { "IN_PROGRESS" })
    }
}

const HEADERS: [(&str, &str); 1] = [("host", "localhost")];

impl Drop for Bare {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[derive(Clone)]
struct Board {
    pool: SqlitePool,
    writer: SqlitePool,
    project: Uuid,
    /// An item of it.
    item: Uuid,
    kept: Arc<RwLock<Bytes>>,
}

/// Serves until the process is killed, from a copy of the database.
#[tokio::main]
pub async fn serve() {
    let mut arguments = env::args().skip(2);
    let address: SocketAddr = arguments.next().unwrap().parse().unwrap();
    let folder = arguments.next().unwrap();
    let project: Uuid = arguments.next().unwrap().parse().unwrap();
    let (original, copy) = (format!("{folder}/demo.db"), format!("{folder}/bare.db"));
    let reading = connect(&original, 1).await;
    query("vacuum into ?").bind(&copy).execute(&reading).await.unwrap();
    let (pool, writer) = (connect(&copy, 4).await, connect(&copy, 1).await);
    let item = query("select id from item where project_id = ? limit 1").bind(project).fetch_one(&pool);
    let item = id(&item.await.unwrap(), 0);
    let board = Board { pool, writer, project, item, kept: Arc::default() };
    let service = Router::new()
        .route("/board", get(read))
        .route("/kept", put(keep).get(kept))
        .route("/status", post(write))
        .layer(DefaultBodyLimit::disable())
        .with_state(board);
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, service).await.unwrap();
}

async fn connect(file: &str, connections: u32) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    SqlitePoolOptions::new().max_connections(connections).connect_with(options).await.unwrap()
}

#[derive(Serialize)]
struct Phase {
    id: Uuid,
    name: String,
    objective: Option<String>,
    deliverables: Option<String>,
    start_date: Option<String>,
    due_date: Option<String>,
    assignees: Vec<Person>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    kind: String,
    name: String,
    description: Option<String>,
    link: Option<String>,
    status: String,
    due_date: Option<String>,
    assignees: Vec<Person>,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    id: Uuid,
    title: String,
    description: Option<String>,
    status: String,
    due_date: Option<String>,
    assignees: Vec<Person>,
}

#[derive(Serialize, Clone)]
struct Person {
    id: Uuid,
    firstname: String,
    lastname: String,
    email: String,
}

const ASSIGNED: &str = "select a.{card}, u.id, u.firstname, u.lastname, u.email
    from {table} a join app_user u on u.id = a.user_id where a.project_id = ?";

async fn read(State(board): State<Board>) -> impl IntoResponse {
    let mut transaction = board.pool.begin().await.unwrap();
    let mut rows = async |sql: String| {
        query(sea_orm::sqlx::AssertSqlSafe(sql)).bind(board.project).fetch_all(&mut *transaction).await.unwrap()
    };
    let assigned = |table: &str, card: &str| ASSIGNED.replace("{table}", table).replace("{card}", card);
    let phases = rows("select id, name, objective, deliverables, start_date, due_date from phase where project_id = ? order by position".into()).await;
    let items = rows("select id, phase_id, kind, name, description, link, status, due_date from item where project_id = ? and status <> 'ARCHIVED' order by position".into()).await;
    let tasks = rows("select id, item_id, title, description, status, due_date from task where project_id = ? and status <> 'ARCHIVED' order by position".into()).await;
    let mut of_phases = people(rows(assigned("phase_assignee", "phase_id")).await);
    let mut of_items = people(rows(assigned("item_assignee", "item_id")).await);
    let mut of_tasks = people(rows(assigned("task_assignee", "task_id")).await);
    transaction.commit().await.unwrap();
    let mut tasks_of: HashMap<Uuid, Vec<Task>> = HashMap::new();
    for row in tasks {
        let id = id(&row, 0);
        let task = Task {
            id,
            title: row.get(2),
            description: row.get(3),
            status: row.get(4),
            due_date: row.get(5),
            assignees: of_tasks.remove(&id).unwrap_or_default(),
        };
        tasks_of.entry(self::id(&row, 1)).or_default().push(task);
    }
    let mut items_of: HashMap<Uuid, Vec<Item>> = HashMap::new();
    for row in items {
        let id = id(&row, 0);
        let item = Item {
            id,
            kind: row.get(2),
            name: row.get(3),
            description: row.get(4),
            link: row.get(5),
            status: row.get(6),
            due_date: row.get(7),
            assignees: of_items.remove(&id).unwrap_or_default(),
            tasks: tasks_of.remove(&id).unwrap_or_default(),
        };
        items_of.entry(self::id(&row, 1)).or_default().push(item);
    }
    let phases: Vec<Phase> = phases
        .into_iter()
        .map(|row| {
            let id = id(&row, 0);
            Phase {
                id,
                name: row.get(1),
                objective: row.get(2),
                deliverables: row.get(3),
                start_date: row.get(4),
                due_date: row.get(5),
                assignees: of_phases.remove(&id).unwrap_or_default(),
                items: items_of.remove(&id).unwrap_or_default(),
            }
        })
        .collect();
    ([(header::CONTENT_TYPE, "application/json")], serde_json::to_vec(&phases).unwrap())
}

fn id(row: &SqliteRow, column: usize) -> Uuid {
    row.get(column)
}

fn people(rows: Vec<SqliteRow>) -> HashMap<Uuid, Vec<Person>> {
    let mut people: HashMap<Uuid, Vec<Person>> = HashMap::new();
    for row in rows {
        let person = Person { id: id(&row, 1), firstname: row.get(2), lastname: row.get(3), email: row.get(4) };
        people.entry(id(&row, 0)).or_default().push(person);
    }
    people
}

async fn keep(State(board): State<Board>, body: Bytes) {
    *board.kept.write().unwrap() = body;
}

async fn kept(State(board): State<Board>) -> impl IntoResponse {
    let body = board.kept.read().unwrap().clone();
    ([(header::CONTENT_TYPE, "application/json")], Body::from(body))
}

async fn write(State(board): State<Board>, status: String) {
    let change = query("update item set status = ? where id = ?").bind(status).bind(board.item);
    change.execute(&board.writer).await.unwrap();
}
