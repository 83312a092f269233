//! Whether what is left is what was done. The log says where each card was put and by which change; nothing else may have moved
//! it, so that the log's positions give the order that everybody must see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What happened on a board.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// How many changes people were told had been made.
    pub acknowledged: usize,
    /// How many changes the log has of that time.
    pub written: usize,
    /// The items that people were told had been made.
    pub made: Vec<String>,
    /// How often anybody got which status.
    pub statuses: BTreeMap<u16, usize>,
    /// How often a busy server did nothing and said when to come again.
    pub shed: usize,
    /// Answers that nobody should get.
    pub failures: Vec<String>,
    /// The Canvas, as each of them sees it at the end.
    pub seen: Vec<Value>,
    /// The project's log, oldest first.
    pub events: Vec<Value>,
}

/// A card as the log tells it.
#[derive(Debug, Clone, Default)]
struct Card {
    parent: String,
    position: String,
    archived: bool,
}

/// All that is wrong.
pub fn faults(history: &History) -> Vec<String> {
    let mut faults = history.failures.clone();
    // Whoever waits for a connection for two seconds is sent away. A machine that does something else besides may come to
    // that; what was shed was not done, or the next comparison would tell.
    let answers: usize = history.statuses.values().sum();
    if history.shed * 20 > answers {
        faults.push(format!("{} of {answers} requests were shed", history.shed));
    }
    if history.acknowledged != history.written {
        let History { acknowledged, written, .. } = history;
        faults.push(format!("{acknowledged} changes were acknowledged and {written} were made"));
    }
    let Some(canvas) = history.seen.first() else { return vec!["nobody has looked".to_owned()] };
    if history.seen.iter().any(|other| order(other) != order(canvas)) {
        faults.push("not everybody sees the same order".to_owned());
    }
    let (phases, items) = (cards(history, "phase", "project_id"), cards(history, "item", "phase_id"));
    for made in history.made.iter().filter(|made| !items.contains_key(*made)) {
        faults.push(format!("{made} was made and is not in the log"));
    }
    faults.extend(doubled(&items));
    let expected = expected(&phases, &items);
    for (shown, told) in order(canvas).iter().zip(&expected) {
        if shown != told {
            faults.push(format!("shown is {shown:?} and the log tells {told:?}"));
        }
    }
    if order(canvas).len() != expected.len() {
        faults.push("there are not as many phases as the log tells".to_owned());
    }
    faults
}

/// The phases in order, each with its items in order.
fn order(canvas: &Value) -> Vec<(String, Vec<String>)> {
    let ids = |things: &Value| -> Vec<String> {
        things.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str().map(Into::into)).collect()
    };
    let phases = canvas["phases"].as_array().into_iter().flatten();
    phases.map(|phase| (phase["id"].as_str().unwrap_or_default().to_owned(), ids(&phase["items"]))).collect()
}

/// Replays what the log says of the cards of a kind.
fn cards(history: &History, kind: &str, parent: &str) -> BTreeMap<String, Card> {
    let mut cards: BTreeMap<String, Card> = BTreeMap::new();
    for event in &history.events {
        if event["subject"]["type"] != kind {
            continue;
        }
        let id = event["subject"]["id"].as_str().unwrap_or_default().to_owned();
        let card = cards.entry(id).or_default();
        for change in event["changes"].as_array().into_iter().flatten() {
            let after = change["after"].as_str().unwrap_or_default().to_owned();
            match change["field"].as_str().unwrap_or_default() {
                "position" => card.position = after,
                "status" => card.archived = after == "ARCHIVED",
                field if field == parent => card.parent = after,
                _ => {}
            }
        }
    }
    cards
}

/// Two cards in one place.
fn doubled(items: &BTreeMap<String, Card>) -> Vec<String> {
    let mut places = BTreeSet::new();
    let taken = items.iter().filter(|(_, card)| !places.insert((&card.parent, &card.position)));
    taken.map(|(id, _)| format!("{id} stands where another card stands")).collect()
}

fn expected(phases: &BTreeMap<String, Card>, items: &BTreeMap<String, Card>) -> Vec<(String, Vec<String>)> {
    let mut in_order: Vec<(&String, &Card)> = phases.iter().collect();
    in_order.sort_by_key(|(_, card)| &card.position);
    let of = |phase: &String| {
        let mut here: Vec<(&String, &Card)> =
            items.iter().filter(|(_, card)| card.parent == *phase && !card.archived).collect();
        here.sort_by_key(|(_, card)| &card.position);
        here.into_iter().map(|(id, _)| id.clone()).collect()
    };
    in_order.into_iter().map(|(id, _)| (id.clone(), of(id))).collect()
}
