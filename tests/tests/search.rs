//! Searching finds the same on both databases, finds what a look through everything would, and nothing that its reader may not
//! read.

use std::collections::BTreeSet;

use guildhall_core::{has_words, words};
use guildhall_testkit::{
    Client, Dice, Kept,
    Stack::{self, Postgres, Sqlite},
    TestServer, Walls, open_database,
};
use rstest::rstest;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

/// What is asked for, and the titles that are found, in their order.
const CASES: &[(&str, &[&str])] = &[
    ("kampagne", &["Übergrößen-Kampagne"]),
    ("ubergrossen", &["Übergrößen-Kampagne"]),
    ("ÜBERGRÖSSEN KAMP", &["Übergrößen-Kampagne"]),
    ("u\u{308}bergro\u{308}ßen", &["Übergrößen-Kampagne"]),
    ("grössen", &[]),
    ("kamp übergrößen", &[]),
    ("lodz", &["Shoot in Łódź"]),
    ("ćwiczenie", &["Ćwiczenie"]),
    ("москва", &["МОСКВА 2027"]),
    ("2027", &["МОСКВА 2027"]),
    ("計画", &["計画"]),
    ("budget", &["Budget", "Shoot in Łódź"]),
    ("bud", &["Budget", "Shoot in Łódź"]),
    ("hotel lodz", &["Shoot in Łódź"]),
    ("lodz hotel", &["Shoot in Łódź"]),
    ("\"budget\"", &["Budget", "Shoot in Łódź"]),
    ("budget OR kampagne", &[]),
    ("NOT budget", &[]),
    ("budget -shoot", &["Shoot in Łódź"]),
    ("title_words : budget", &[]),
    ("budget*", &["Budget", "Shoot in Łódź"]),
    ("'; drop table search_entry; --", &[]),
    ("{budget} ^ NEAR(", &[]),
    ("%", &[]),
    ("\\ ' \" : & | ! ( ) <-> *", &[]),
    ("0x1f 1e5 -7", &["0x1f 1e5 -7"]),
];

async fn made(by: &Client, path: &str, body: Value) -> String {
    by.post(path, body).await.unwrap().expect(201).unwrap().text_at("/id").unwrap()
}

async fn admin_of(server: &TestServer, prefix: &str) -> Client {
    server.sign_in(prefix, &format!("workspace-admin@{prefix}.test")).await.unwrap()
}

async fn find(by: &Client, q: &str, more: &str) -> Vec<Value> {
    let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let answer = by.get(&format!("/api/v1/search?q={q}{more}")).await.unwrap().expect(200).unwrap();
    answer.json["items"].as_array().unwrap().clone()
}

fn titles(found: &[Value]) -> Vec<&str> {
    found.iter().map(|one| one["title"].as_str().unwrap()).collect()
}

/// A project with a phase, and its ids.
async fn board(by: &Client, name: &str) -> (String, String) {
    let project = made(by, "/api/v1/projects", json!({ "name": name })).await;
    let phase = made(by, &format!("/api/v1/projects/{project}/phases"), json!({"name": "Zzz"})).await;
    (project, phase)
}

async fn add_item(
    by: &Client,
    (project, phase): &(String, String),
    name: &str,
    text: Option<&str>,
) -> String {
    let body = json!({"kind": "ACTIVITY", "name": name, "description": text});
    made(by, &format!("/api/v1/projects/{project}/phases/{phase}/items"), body).await
}

#[rstest]
#[tokio::test]
async fn both_databases_find_the_same_whatever_is_asked(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let admin = admin_of(&server, "choreograph").await;
    let board = board(&admin, "Zzz").await;
    add_item(&admin, &board, "Shoot in Łódź", Some("Hotel, budget and travel")).await;
    for name in ["Übergrößen-Kampagne", "Ćwiczenie", "МОСКВА 2027", "計画", "Budget", "0x1f 1e5 -7"]
    {
        add_item(&admin, &board, name, None).await;
    }

    for (q, expected) in CASES {
        let found = find(&admin, q, "&type=ITEM").await;
        assert_eq!(titles(&found), *expected, "{q}");
    }
}

#[rstest]
#[tokio::test]
async fn what_is_found_says_what_it_is_and_where_and_comes_in_pages(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let board = board(&admin, "Quokka").await;
    let item = add_item(&admin, &board, "Quokka item", None).await;
    let hidden = add_item(&admin, &board, "Other", Some("about quokkas")).await;
    let tasks = format!("/api/v1/projects/{}/items/{item}/tasks", board.0);
    let task = made(&admin, &tasks, json!({"title": "Quokka task"})).await;

    let all = find(&admin, "quokka", "").await;
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = admin.get(&format!("/api/v1/search?q=quokka&limit=1{cursor}")).await.unwrap();
        paged.extend(page.json["items"].as_array().unwrap().clone());
        let Some(next) = page.json["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }

    let project = json!({"id": board.0, "name": "Quokka"});
    assert_eq!(
        all,
        [
            json!({"type": "TASK", "id": task, "title": "Quokka task", "project": project, "item_id": item}),
            json!({"type": "ITEM", "id": item, "title": "Quokka item", "project": project, "item_id": null}),
            json!({"type": "PROJECT", "id": board.0, "title": "Quokka", "project": project, "item_id": null}),
            json!({"type": "ITEM", "id": hidden, "title": "Other", "project": project, "item_id": null}),
        ]
    );
    assert_eq!(paged, all);
    assert_eq!(titles(&find(&admin, "quokka", "&type=TASK").await), ["Quokka task"]);
}

#[rstest]
#[tokio::test]
async fn nobody_finds_what_he_may_not_read(#[values(Sqlite, Postgres)] on: Stack) {
    let server = TestServer::start(on).await.unwrap();
    let (admin, theirs) = (admin_of(&server, "wpp").await, admin_of(&server, "choreograph").await);
    let (seen, unseen) = (board(&admin, "Wombat one").await, board(&admin, "Wombat two").await);
    board(&theirs, "Wombat theirs").await;
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();
    let id = guest.get("/api/v1/me").await.unwrap().text_at("/id").unwrap();
    let members = format!("/api/v1/projects/{}/members", seen.0);
    admin.post(&members, json!({"user_id": id, "role": "VIEWER"})).await.unwrap().expect(201).unwrap();
    add_item(&admin, &unseen, "Wombat item", None).await;

    assert_eq!(titles(&find(&guest, "wombat", "").await), ["Wombat one"]);
    assert_eq!(titles(&find(&admin, "wombat", "").await), ["Wombat item", "Wombat two", "Wombat one"]);
    assert_eq!(titles(&find(&theirs, "wombat", "").await), ["Wombat theirs"]);
    admin.delete(&format!("{members}/{id}")).await.unwrap().expect(204).unwrap();
    assert_eq!(find(&guest, "wombat", "").await, Vec::<Value>::new());
}

#[tokio::test]
async fn templates_are_found_by_those_who_read_them() {
    let server = TestServer::start(Sqlite).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let guest = server.sign_in("wpp", "external@wpp.test").await.unwrap();

    let found = find(&admin, "campaign", "&type=TEMPLATE").await;

    assert!(!found.is_empty() && found.iter().all(|one| one["type"] == "TEMPLATE"), "{found:?}");
    assert_eq!(find(&guest, "campaign", "&type=TEMPLATE").await, Vec::<Value>::new());
}

/// What a look through a whole board finds.
async fn scanned(by: &Client, project: &str, wanted: &[String], archived: bool) -> BTreeSet<String> {
    let canvas = by.get(&format!("/api/v1/projects/{project}/canvas")).await.unwrap().expect(200).unwrap();
    let has = |one: &Value, fields: &[&str]| {
        let texts: Vec<_> = fields.iter().filter_map(|field| one[*field].as_str()).collect();
        has_words(&texts.join(" "), wanted)
    };
    let is_away = |one: &Value| one["status"] == "ARCHIVED";
    let mut found = BTreeSet::new();
    let mut keep = |one: &Value| _ = found.insert(one["id"].as_str().unwrap().to_owned());
    for phase in canvas.json["phases"].as_array().unwrap() {
        if has(phase, &["name", "objective", "deliverables"]) {
            keep(phase);
        }
        for item in phase["items"].as_array().unwrap() {
            if has(item, &["name", "description", "link"]) && (archived || !is_away(item)) {
                keep(item);
            }
            for task in item["tasks"].as_array().unwrap() {
                let away = is_away(item) || is_away(task);
                if has(task, &["title", "description"]) && (archived || !away) {
                    keep(task);
                }
            }
        }
    }
    found
}

const SPOKEN: &[&str] = &["alpha", "Beta", "gämma", "delta-4", "été", "z"];

fn text(dice: &mut Dice) -> String {
    (0..1 + dice.below(3)).map(|_| dice.of(SPOKEN)).collect::<Vec<_>>().join(" ")
}

/// One change of the board, whatever comes of it.
async fn change(by: &Client, dice: &mut Dice, at: &str) {
    let canvas = by.get(&format!("{at}/canvas")).await.unwrap().expect(200).unwrap().json;
    let phases = canvas["phases"].as_array().unwrap();
    let ids = |all: &[Value]| -> Vec<String> {
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let items: Vec<Value> = phases.iter().flat_map(|one| one["items"].as_array().unwrap().clone()).collect();
    let tasks: Vec<Value> = items.iter().flat_map(|one| one["tasks"].as_array().unwrap().clone()).collect();
    let (phases, items, tasks) = (ids(phases), ids(&items), ids(&tasks));
    let one = |dice: &mut Dice, all: &[String]| match all.len() {
        0 => "none".to_owned(),
        some => all[dice.below(some)].clone(),
    };
    let (phase, item, task) = (one(dice, &phases), one(dice, &items), one(dice, &tasks));
    let (name, more) = (text(dice), text(dice));
    let sent = match dice.below(16) {
        0 => by.post(&format!("{at}/phases"), json!({"name": name, "objective": more})).await,
        1 => by.patch(&format!("{at}/phases/{phase}"), json!({"deliverables": more})).await,
        2 => by.delete(&format!("{at}/phases/{phase}")).await,
        3..=5 => {
            let body = json!({"kind": "ACTIVITY", "name": name, "description": more});
            by.post(&format!("{at}/phases/{phase}/items"), body).await
        }
        6 => by.patch(&format!("{at}/items/{item}"), json!({"name": name})).await,
        7 => by.post(&format!("{at}/items/{item}/move"), json!({"phase_id": phase})).await,
        8 => by.post(&format!("{at}/items/{item}/archive"), json!({})).await,
        9 => by.post(&format!("{at}/items/{item}/restore"), json!({})).await,
        10 => by.delete(&format!("{at}/items/{item}")).await,
        11 | 12 => by.post(&format!("{at}/items/{item}/tasks"), json!({"title": name})).await,
        13 => by.patch(&format!("{at}/tasks/{task}"), json!({"description": more})).await,
        14 => by.post(&format!("{at}/tasks/{task}/move"), json!({"item_id": item})).await,
        _ => by.post(&format!("{at}/tasks/{task}/archive"), json!({})).await,
    };
    assert!(!sent.unwrap().status.is_server_error());
}

#[rstest]
#[tokio::test]
async fn the_index_says_what_a_look_through_everything_says_after_any_changes(
    #[values(Sqlite, Postgres)] on: Stack,
) {
    let server = TestServer::start(on).await.unwrap();
    let admin = admin_of(&server, "wavemaker").await;
    let (project, _) = board(&admin, "Quiet").await;
    let at = format!("/api/v1/projects/{project}");
    let (mut dice, mut most) = (Dice(11), 0);

    for _ in 0..10 {
        for _ in 0..15 {
            change(&admin, &mut dice, &at).await;
        }
        for q in SPOKEN.iter().chain(&["alpha be", "GAMMA", "ete del", "4"]) {
            for archived in [false, true] {
                let found = find(&admin, q, &format!("&archived={archived}&limit=200")).await;
                let found: BTreeSet<_> = found
                    .iter()
                    .filter(|one| one["type"] != "TEMPLATE" && one["project"]["id"] == json!(project))
                    .map(|one| one["id"].as_str().unwrap().to_owned())
                    .collect();
                most = most.max(found.len());
                let seen = scanned(&admin, &project, &words(q), archived).await;
                // The Canvas shows nothing that is archived.
                assert!(found.is_superset(&seen), "{q} {archived}: {found:?} without {seen:?}");
                assert!(archived || found == seen, "{q}: {found:?} is not {seen:?}");
            }
        }
    }

    assert!(most > 5, "at most {most} things were found at once");
    admin.post(&format!("{at}/archive"), json!({})).await.unwrap().expect(200).unwrap();
    let of_project =
        |found: Vec<Value>| found.iter().filter(|one| one["project"]["id"] == json!(project)).count();
    assert_eq!(of_project(find(&admin, "alpha", "").await), 0);
    assert!(of_project(find(&admin, "z", "&archived=true").await) > 0);
}

/// The migration fills the index as the writes would have.
#[rstest]
#[tokio::test]
async fn what_was_there_before_the_index_is_in_it(#[values(Sqlite, Postgres)] on: Stack) {
    let (database, kept) = open_database(on, Walls::Both).await.unwrap();
    let (url, role) = match &kept {
        Kept::Folder(folder) => (format!("sqlite://{}", folder.path().join("test.db").display()), None),
        Kept::Postgres(made) => (made.owner_url.clone(), Some(guildhall_testkit::postgres::SERVICE_ROLE)),
    };
    let server = TestServer::start_on(database, Some(kept)).await.unwrap();
    let owner = sea_orm::Database::connect(&url).await.unwrap();
    let admin = admin_of(&server, "wpp").await;
    let before = [find(&admin, "a", "&archived=true").await, find(&admin, "c", "").await];

    for gone in [
        "drop table search_entry",
        "drop table if exists search_word",
        "delete from seaql_migrations where version = 'm0017_search'",
    ] {
        owner.execute_unprepared(gone).await.unwrap();
    }
    guildhall_store::migrate(&url, role).await.unwrap();

    assert!(before.iter().all(|found| found.len() > 3), "{before:?}");
    assert_eq!([find(&admin, "a", "&archived=true").await, find(&admin, "c", "").await], before);
}
