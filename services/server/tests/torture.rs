//! A process that is killed under load loses nothing that it has acknowledged, and does nothing twice: clients write what they ask for,
//! and what they were told, into a journal outside of the database, and ask again with the same idempotency key.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, OpenOptions},
    io::Write as _,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_testkit::{
    Answer, Client, Dice, Kept,
    Stack::{self, Postgres, Sqlite},
    TestServer, Walls, open_database,
};
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::node::Node;

/// How many clients write at once.
const CLIENTS: usize = 8;

/// How often the process is killed: as usual, or as GUILDHALL_ROUNDS says (`just torture`).
#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn rounds() -> usize {
    std::env::var("GUILDHALL_ROUNDS").map_or(4, |count| count.parse().unwrap())
}

/// What one client asks for and is told, line by line, in a file of its own.
struct Journal(File);

impl Journal {
    fn open(folder: &Path, client: usize) -> Self {
        let file = folder.join(format!("journal-{client}"));
        Self(OpenOptions::new().create(true).append(true).open(file).unwrap())
    }

    /// Notes that a thing of that name is asked for (`asked`), or is there by what was answered (`done`).
    fn note(&mut self, what: &str, name: &str) {
        self.0.write_all(format!("{what} {name}\n").as_bytes()).unwrap();
        self.0.sync_data().unwrap();
    }
}

/// The names that the journals in a folder have after a word.
fn noted(folder: &Path, what: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let journals = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("journal-"));
    let text: String = journals.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let names = text.lines().filter_map(|line| line.strip_prefix(what)?.strip_prefix(' '));
    names.map(str::to_owned).collect()
}

/// The cards that a write makes: every fourth two at once, the others one.
fn made_by(write: &str) -> Vec<String> {
    let number: usize = write.rsplit_once('-').unwrap().1.parse().unwrap();
    match number.is_multiple_of(4) {
        true => ["a", "b"].map(|half| format!("{write}-{half}")).to_vec(),
        false => vec![write.to_owned()],
    }
}

/// Asks for things, one after the other, until nobody answers.
struct Writer {
    client: Client,
    journal: Journal,
    number: usize,
    asked: usize,
    /// The board, the phase that its items stand in, and the item that its tasks belong to.
    at: String,
    phase: String,
    item: String,
    /// What it does not know of whether it is done.
    pending: Option<String>,
    /// How often a thing was there already when it asked again.
    replays: usize,
    /// How much all of them have been told is done.
    done: Arc<AtomicUsize>,
}

impl Writer {
    /// Writes until the process is gone.
    async fn write(mut self) -> Self {
        loop {
            let name = self.pending.take().unwrap_or_else(|| self.next());
            let Ok(answer) = self.ask(&name, &name).await else {
                self.pending = Some(name);
                return self;
            };
            self.take(&name, &answer);
        }
    }

    fn next(&mut self) -> String {
        self.asked += 1;
        let name = format!("card-{}-{}", self.number, self.asked);
        for card in made_by(&name) {
            self.journal.note("asked", &card);
        }
        name
    }

    /// Items and tasks by turns, and every fourth time two tasks, of which both or none are made.
    async fn ask(&self, name: &str, key: &str) -> anyhow::Result<Answer> {
        let client = self.client.with("idempotency-key", key);
        let cards = made_by(name);
        if cards.len() > 1 {
            let create =
                |card: &String| json!({ "create_task": { "item_id": self.item, "task": { "title": card } } });
            let changes: Vec<Value> = cards.iter().map(create).collect();
            return client.post(&format!("{}/changes", self.at), json!({ "changes": changes })).await;
        }
        if name.ends_with(['0', '2', '4', '6', '8']) {
            let path = format!("{}/items/{}/tasks", self.at, self.item);
            return client.post(&path, json!({ "title": name })).await;
        }
        let path = format!("{}/phases/{}/items", self.at, self.phase);
        client.post(&path, json!({ "kind": "ACTIVITY", "name": name })).await
    }

    fn take(&mut self, name: &str, answer: &Answer) {
        let cards = made_by(name);
        let status: u16 = if cards.len() > 1 { 200 } else { 201 };
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
        self.replays += usize::from(answer.headers.contains_key("idempotency-replayed"));
        for card in &cards {
            self.journal.note("done", card);
        }
        self.done.fetch_add(1, SeqCst);
    }
}

/// A database with the demo's content and a board in it, and a folder with the journals.
struct Site {
    server: TestServer,
    url: String,
    folder: TempDir,
    admin: Client,
    at: String,
    phase: String,
    items: Vec<String>,
}

impl Site {
    async fn new(on: Stack) -> Self {
        let (database, kept) = open_database(on, Walls::Both).await.unwrap();
        let url = match &kept {
            Kept::Folder(folder) => format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display()),
            Kept::Postgres(made) => made.service_url.clone(),
        };
        let server = TestServer::start_on(database, Some(kept)).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), STANDARD.encode([7; 32])).unwrap();
        let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
        let made = async |path: &str, body: Value| {
            admin.post(path, body).await.unwrap().expect(201).unwrap().text_at("/id").unwrap()
        };
        let project = made("/api/v1/projects", json!({ "name": "Tortured" })).await;
        let at = format!("/api/v1/projects/{project}");
        let phase = made(&format!("{at}/phases"), json!({ "name": "Phase" })).await;
        let mut items = Vec::new();
        for number in 0..CLIENTS {
            let body = json!({ "kind": "ACTIVITY", "name": format!("base-{number}") });
            items.push(made(&format!("{at}/phases/{phase}/items"), body).await);
        }
        Self { server, url, folder, admin, at, phase, items }
    }

    fn serve(&self) -> Node {
        Node::serve(&self.url, &self.folder.path().join("secret")).unwrap()
    }

    fn writers(&self) -> Vec<Writer> {
        let done = Arc::<AtomicUsize>::default();
        let writer = |(number, item): (usize, &String)| Writer {
            client: self.admin.clone(),
            journal: Journal::open(self.folder.path(), number),
            number,
            asked: 0,
            at: self.at.clone(),
            phase: self.phase.clone(),
            item: item.clone(),
            pending: None,
            replays: 0,
            done: done.clone(),
        };
        self.items.iter().enumerate().map(writer).collect()
    }

    /// Lets the writers write to a process, which is killed when it has acknowledged so many more, and a little later.
    async fn kill_under(&self, writers: Vec<Writer>, more: usize, later: Duration) -> Vec<Writer> {
        let node = self.serve();
        let done = writers.first().unwrap().done.clone();
        let (address, enough) = (node.address, done.load(SeqCst) + more);
        let begin = |writer: Writer| {
            let client = writer.client.on(address);
            tokio::spawn(Writer { client, ..writer }.write())
        };
        let writing: Vec<_> = writers.into_iter().map(begin).collect();
        while done.load(SeqCst) < enough {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(later).await;
        drop(node); // kill -9
        let mut left = Vec::new();
        for one in writing {
            left.push(one.await.unwrap());
        }
        left
    }

    /// Asks again for everything that is open, of a process that lives.
    async fn settle(&self, writers: Vec<Writer>) -> usize {
        let node = self.serve();
        let mut replays = 0;
        for mut writer in writers {
            writer.client = writer.client.on(node.address);
            if let Some(name) = writer.pending.take() {
                let answer = writer.ask(&name, &name).await.unwrap();
                writer.take(&name, &answer);
            }
            replays += writer.replays;
        }
        node.end().unwrap();
        replays
    }

    /// How often each name is on the board, and how often the log says that it was made.
    async fn found(&self) -> [BTreeMap<String, usize>; 2] {
        let canvas = self.admin.get(&format!("{}/canvas", self.at)).await.unwrap().expect(200).unwrap();
        let items: Vec<Value> = canvas.json["phases"][0]["items"].as_array().unwrap().clone();
        let tasks = items.iter().flat_map(|item| item["tasks"].as_array().unwrap());
        let names = items.iter().map(|item| &item["name"]).chain(tasks.map(|task| &task["title"]));
        let board = count(names.map(|name| name.as_str().unwrap().to_owned()));
        let (mut made, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("{}/activity?limit=200{cursor}", self.at);
            let page = self.admin.get(&path).await.unwrap().expect(200).unwrap().json;
            for event in page["items"].as_array().unwrap() {
                if ["item.created", "task.created"].contains(&event["kind"].as_str().unwrap()) {
                    made.push(event["subject"]["name"].as_str().unwrap().to_owned());
                }
            }
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        [board, count(made.into_iter())].map(|mut names| {
            names.retain(|name, _| name.starts_with("card-"));
            names
        })
    }

    /// What is wrong with what is there, by the journals.
    async fn faults(&self) -> Faults {
        let (asked, done) = (noted(self.folder.path(), "asked"), noted(self.folder.path(), "done"));
        let [board, log] = self.found().await;
        Faults {
            lost: done.iter().filter(|name| !board.contains_key(*name) || !log.contains_key(*name)).count(),
            doubled: board.values().chain(log.values()).filter(|count| **count > 1).count(),
            ghosts: board.keys().chain(log.keys()).filter(|name| !asked.contains(*name)).count(),
            torn: torn(&asked, &board) + torn(&asked, &log),
        }
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Faults {
    lost: usize,
    doubled: usize,
    ghosts: usize,
    torn: usize,
}

/// How many of the pairs that were asked for are there by half.
fn torn(asked: &BTreeSet<String>, there: &BTreeMap<String, usize>) -> usize {
    let pairs = asked.iter().filter_map(|name| name.strip_suffix("-a"));
    let has = |pair: &str, half: &str| there.contains_key(&format!("{pair}-{half}"));
    pairs.filter(|pair| has(pair, "a") != has(pair, "b")).count()
}

fn count(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_is_there_once_after_any_number_of_kills(#[values(Sqlite, Postgres)] on: Stack) {
    let site = Site::new(on).await;
    let (mut writers, mut dice, mut open) = (site.writers(), Dice(11), 0);

    for _ in 0..rounds() {
        let later = Duration::from_micros(u64::try_from(dice.below(5_000)).unwrap());
        writers = site.kill_under(writers, 10 + dice.below(100), later).await;
        open += writers.iter().filter(|writer| writer.pending.is_some()).count();
    }
    // Before anybody asks again: what was cut off by the last kill is there as a whole or not at all.
    assert_eq!(site.faults().await, Faults::default());
    let replays = site.settle(writers).await;

    assert_eq!(site.faults().await, Faults::default());
    let done = noted(site.folder.path(), "done");
    let pairs = done.iter().filter(|name| name.ends_with("-a")).count();
    let done = done.len();
    println!(
        "{on:?}: {done} cards acknowledged, {pairs} pairs among them, {open} writes open when the process was killed, \
         {replays} of them done"
    );
    assert!(pairs > 0, "no two tasks were made at once");
    assert!(
        done > CLIENTS && open > 0,
        "{done} done, {open} open: the kills came when nothing was under way"
    );
    drop(site.server);
}

/// What the test above looks for, made on purpose: an answer that is thrown away and asked for with another key, one that was never
/// given, one that nobody asked for, and half of what was asked for as a whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lost_doubled_or_made_up_is_found() {
    let site = Site::new(Sqlite).await;
    let mut writer = site.writers().remove(0);

    let twice = writer.next();
    writer.ask(&twice, "key-1").await.unwrap().expect(201).unwrap();
    writer.ask(&twice, "key-2").await.unwrap().expect(201).unwrap();
    let lost = writer.next();
    writer.journal.note("done", &lost);
    writer.ask("card-9-1", "key-3").await.unwrap().expect(201).unwrap();
    writer.asked = 3; // The fourth is a pair, and so is the eighth.
    let torn = writer.next();
    let tasks = format!("{}/items/{}/tasks", writer.at, writer.item);
    writer.client.post(&tasks, json!({ "title": format!("{torn}-a") })).await.unwrap().expect(201).unwrap();
    writer.asked = 7;
    let whole = writer.next();
    let answer = writer.ask(&whole, "key-4").await.unwrap();
    writer.take(&whole, &answer);

    // Each is found on the board and in the log; what is lost is one thing. The whole pair is no fault.
    assert_eq!(site.faults().await, Faults { lost: 1, doubled: 2, ghosts: 2, torn: 2 });
}
