//! Two who write at the same moment.

use std::sync::Arc;

use guildhall_testkit::Stack;
use serde_json::json;
use tokio::sync::Barrier;

use super::{
    on_both,
    stage::{Stage, at, get, preset, put, tag},
};

/// How often they meet.
const ROUNDS: usize = 20;

on_both!(of_two_first_customizations_at_once_one_wins);

async fn of_two_first_customizations_at_once_one_wins(stack: Stack) {
    let stage = Stage::new(stack).await;
    for round in 0..ROUNDS {
        let path = format!("race/{round}");
        put(&stage.system, &path, preset("Board", &[])).await;
        let client = stage.here.with("if-match", &tag(&get(&stage.here, &path).await));
        let gate = Arc::new(Barrier::new(2));
        let writers = ["one", "other"].map(|name| {
            let (gate, client, path) = (gate.clone(), client.clone(), at(&path));
            tokio::spawn(async move {
                gate.wait().await;
                client.put(&path, json!({"content": preset(name, &[])})).await.unwrap()
            })
        });
        let [one, other] = writers;
        let answers = [one.await.unwrap(), other.await.unwrap()];

        let mut statuses = answers.each_ref().map(|answer| answer.status.as_u16());
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "round {round}: {} {}", answers[0].text, answers[1].text);
        let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
        assert_eq!(get(&stage.here, &path).await.json["version_id"], winner.json["version_id"]);
    }
}
