//! Moves, archives and restores of one tree at once: whatever they meet, the tree stays a tree, and nothing in use ever stands
//! below what is put away.

use std::sync::Arc;

use guildhall_testkit::{Client, Dice, Stack, TestServer};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::rounds::rounds;

/// How many nodes there are, how many people change them at once, and how often.
const NODES: usize = 6;
const MOVERS: usize = 4;
const ROUNDS: usize = 120;

/// The workspace's admin, and nodes that may stand under each other in any order.
async fn prepare(server: &TestServer) -> anyhow::Result<(Client, Vec<String>)> {
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await?;
    let read = admin.get("/api/v1/workspace").await?.expect(200)?;
    let tag = read.headers["etag"].to_str()?.to_owned();
    let mut levels = read.json["settings"]["levels"].as_array().cloned().unwrap_or_default();
    levels.push(json!({"level": "Line", "under": ["TENANT", "Line"]}));
    let settings = json!({"settings": {"levels": levels}});
    admin.with("if-match", &tag).patch("/api/v1/workspace", settings).await?.expect(200)?;
    let mut nodes = Vec::new();
    for number in 0..NODES {
        let body = json!({"type": "CUSTOM", "custom_type_name": "Line", "name": format!("Line {number}")});
        nodes.push(admin.post("/api/v1/hierarchy/nodes", body).await?.expect(201)?.text_at("/id")?);
    }
    Ok((admin, nodes))
}

/// One change of the tree by chance, and the status that came of it.
async fn change(admin: Client, nodes: Arc<Vec<String>>, mut chance: Dice, barrier: Arc<Barrier>) -> u16 {
    let (node, target) = (&nodes[chance.below(NODES)], chance.below(NODES + 1));
    let path = format!("/api/v1/hierarchy/nodes/{node}");
    let act = chance.below(10);
    barrier.wait().await;
    let answer = match act {
        0 => admin.delete(&path).await,
        1 | 2 => admin.post(&format!("{path}/restore"), json!({})).await,
        _ => {
            let body = json!({"parent_id": nodes.get(target)});
            admin.send(Method::POST, &format!("{path}/move"), Some(body)).await
        }
    };
    answer.unwrap().status.as_u16()
}

/// How many of these nodes hang in the tree; a circle would hang nowhere.
fn count(branches: &Value, nodes: &[String], below_archived: bool) -> usize {
    let branches = branches.as_array().unwrap();
    branches
        .iter()
        .map(|branch| {
            let archived = branch["state"] == "ARCHIVED";
            assert!(archived || !below_archived, "in use below what is put away: {branch}");
            let own = usize::from(nodes.iter().any(|node| branch["id"] == node.as_str()));
            own + count(&branch["children"], nodes, archived)
        })
        .sum()
}

async fn race(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let (admin, nodes) = prepare(&server).await.unwrap();
    let nodes = Arc::new(nodes);
    let mut done = 0;
    for round in 0..rounds(ROUNDS) {
        let barrier = Arc::new(Barrier::new(MOVERS));
        let movers: Vec<_> = (0..MOVERS)
            .map(|mover| {
                let seed = u64::try_from(round * MOVERS + mover).unwrap();
                tokio::spawn(change(admin.clone(), nodes.clone(), Dice(seed), barrier.clone()))
            })
            .collect();
        for mover in movers {
            let status = mover.await.unwrap();
            assert!(matches!(status, 200 | 204 | 409 | 422), "{status}");
            done += usize::from(status < 300);
        }
        let tree = admin.get("/api/v1/hierarchy?include_archived=true").await.unwrap();
        assert_eq!(count(&tree.json["items"], &nodes, false), NODES, "round {round}: {}", tree.text);
    }
    assert!(done * 2 > rounds(ROUNDS), "only {done} changes happened");
}

#[tokio::test]
async fn the_tree_stays_a_tree_under_races_on_sqlite() {
    race(Stack::Sqlite).await;
}

#[tokio::test]
async fn the_tree_stays_a_tree_under_races_on_postgres() {
    race(Stack::Postgres).await;
}
