//! Sixteen people on one board at once, over HTTP: they move, edit, complete, put away, bring back, copy and make cards. At the
//! end nothing is lost or doubled, everybody sees one order, and nobody has moved a card but by moving it.

mod check;
mod person;

use std::time::{Duration, Instant};

use guildhall_testkit::{Client, Stack, TestServer};
use serde_json::{Value, json};

use check::{History, faults};
use person::Person;

/// How many work at once.
const PEOPLE: u64 = 16;
/// For how long they do, unless GUILDHALL_SECONDS says otherwise (`just board`).
const SECONDS: u64 = 5;

#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn duration() -> Duration {
    Duration::from_secs(std::env::var("GUILDHALL_SECONDS").map_or(SECONDS, |count| count.parse().unwrap()))
}

/// A project with three phases of eight items, each with two tasks; answers where it is.
async fn board(owner: &Client) -> anyhow::Result<String> {
    let made = owner.post("/api/v1/projects", json!({"name": "Together"})).await?.expect(201)?;
    let project = format!("/api/v1/projects/{}", made.text_at("/id")?);
    for phase in ["One", "Two", "Three"] {
        let made = owner.post(&format!("{project}/phases"), json!({"name": phase})).await?.expect(201)?;
        let items = format!("{project}/phases/{}/items", made.text_at("/id")?);
        for number in 1..=8 {
            let item = json!({"kind": "ACTIVITY", "name": format!("{phase} {number}")});
            let made = owner.post(&items, item).await?.expect(201)?;
            let tasks = format!("{project}/items/{}/tasks", made.text_at("/id")?);
            for title in ["First", "Second"] {
                owner.post(&tasks, json!({"title": title})).await?.expect(201)?;
            }
        }
    }
    Ok(project)
}

/// Everything that the log says of the project, oldest first.
async fn log(owner: &Client, project: &str) -> anyhow::Result<Vec<Value>> {
    let mut events = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = owner.get(&format!("{project}/activity?limit=200{cursor}")).await?.expect(200)?;
        events.extend(page.json["items"].as_array().cloned().unwrap_or_default());
        match page.json["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    events.reverse();
    Ok(events)
}

/// Lets them work, and answers what they did and what is left of it.
async fn play(stack: Stack, lasting: Duration) -> anyhow::Result<History> {
    let server = TestServer::start(stack).await?;
    let owner = server.sign_in("wpp", "workspace-admin@wpp.test").await?;
    let project = board(&owner).await?;
    let before = log(&owner, &project).await?.len();
    let until = Instant::now() + lasting;
    let people = (1..=PEOPLE).map(|seed| {
        let person = Person::new(owner.clone(), project.clone(), seed);
        tokio::spawn(person.work(until))
    });
    let mut history = History::default();
    for person in people.collect::<Vec<_>>() {
        let mut did = person.await??;
        history.acknowledged += did.acknowledged;
        history.shed += did.shed;
        history.made.append(&mut did.made);
        history.failures.append(&mut did.failures);
        for (status, count) in did.statuses {
            *history.statuses.entry(status).or_default() += count;
        }
    }
    for _ in 0..PEOPLE {
        let canvas = owner.get(&format!("{project}/canvas")).await?.expect(200)?;
        history.seen.push(canvas.json);
    }
    let events = log(&owner, &project).await?;
    history.written = events.len() - before;
    history.events = events;
    Ok(history)
}

async fn together(stack: Stack) {
    let history = play(stack, duration()).await.unwrap();

    println!(
        "{stack:?}: {} acknowledged changes, statuses {:?}, {} cards made",
        history.acknowledged,
        history.statuses,
        history.made.len()
    );
    assert_eq!(faults(&history), Vec::<String>::new());
    assert!(history.acknowledged > 16, "too little happened to show anything");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_people_work_on_one_board_on_sqlite() {
    together(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_people_work_on_one_board_on_postgres() {
    together(Stack::Postgres).await;
}

/// What lies together: the items of each phase, or the tasks of each item.
#[derive(Clone, Copy)]
enum Lists {
    Items,
    Tasks,
}

impl Lists {
    fn of(self, canvas: &mut Value) -> Vec<&mut Vec<Value>> {
        let phases = canvas["phases"].as_array_mut().unwrap().iter_mut();
        let items = phases.filter_map(|phase| phase["items"].as_array_mut());
        match self {
            Self::Items => items.collect(),
            Self::Tasks => items.flatten().filter_map(|item| item["tasks"].as_array_mut()).collect(),
        }
    }

    /// Swaps the first two in the first list that has two.
    fn swapped(self, mut canvas: Value) -> Value {
        self.of(&mut canvas).into_iter().find(|list| list.len() > 1).unwrap().swap(0, 1);
        canvas
    }

    /// Takes away, or shows twice, the first in the first list that has one.
    fn miscounted(self, mut canvas: Value, twice: bool) -> Value {
        let list = self.of(&mut canvas).into_iter().find(|list| !list.is_empty()).unwrap();
        let first = list.remove(0);
        if twice {
            list.splice(0..0, [first.clone(), first]);
        }
        canvas
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_should_not_happen_would_be_noticed() {
    let history = play(Stack::Sqlite, Duration::from_millis(500)).await.unwrap();
    assert_eq!(faults(&history), Vec::<String>::new());
    let last = history.seen.last().cloned().unwrap();
    let everybody = |canvas: Value| History { seen: vec![canvas; 2], ..history.clone() };
    let seen = |canvas: Value| History { seen: vec![last.clone(), canvas], ..history.clone() };

    let wrong = [
        ("a third card was moved", everybody(Lists::Items.swapped(last.clone()))),
        ("a card was lost", everybody(Lists::Items.miscounted(last.clone(), false))),
        ("a card was doubled", everybody(Lists::Items.miscounted(last.clone(), true))),
        ("two saw two orders", seen(Lists::Items.swapped(last.clone()))),
        ("a third task was moved", everybody(Lists::Tasks.swapped(last.clone()))),
        ("a task was lost", everybody(Lists::Tasks.miscounted(last.clone(), false))),
        ("a task was doubled", everybody(Lists::Tasks.miscounted(last.clone(), true))),
        ("two saw two orders of tasks", seen(Lists::Tasks.swapped(last.clone()))),
        ("a change was lost", History { acknowledged: history.acknowledged + 1, ..history.clone() }),
        ("a change was doubled", History { written: history.written + 1, ..history.clone() }),
        ("most was shed", History { shed: history.acknowledged, ..history.clone() }),
        ("something failed", History { failures: vec!["500".to_owned()], ..history.clone() }),
    ];

    for (what, history) in wrong {
        assert!(!faults(&history).is_empty(), "{what}, and nobody has noticed");
    }
}
