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

/// How many of a hundred requests may be shed: none. Whoever waits for a connection for two seconds is sent away, and sixteen
/// people alone must not bring a server to that: one that sheds what it could do would pass. A machine that does much else
/// besides may come to it; whoever knows that he has such a one sets GUILDHALL_BUSY, and five are let pass.
#[expect(clippy::disallowed_methods, reason = "that the machine is busy is said from outside")]
fn sheddable() -> usize {
    std::env::var("GUILDHALL_BUSY").map_or(0, |_| 5)
}

/// All that is wrong.
pub fn faults(history: &History) -> Vec<String> {
    let mut faults = history.failures.clone();
    // What was shed was not done, or the next comparison would tell.
    let answers: usize = history.statuses.values().sum();
    if history.shed * 100 > answers * sheddable() {
        faults.push(format!("{} of {answers} requests were shed", history.shed));
    }
    if history.acknowledged != history.written {
        let History { acknowledged, written, .. } = history;
        faults.push(format!("{acknowledged} changes were acknowledged and {written} were made"));
    }
    let Some(canvas) = history.seen.first() else { return vec!["nobody has looked".to_owned()] };
    let (shown_order, shown_tasks) = (order(canvas), tasks_of(canvas));
    if history.seen.iter().any(|other| order(other) != shown_order || tasks_of(other) != shown_tasks) {
        faults.push("not everybody sees the same order".to_owned());
    }
    let (phases, items) = (cards(history, "phase", "project_id"), cards(history, "item", "phase_id"));
    let tasks = cards(history, "task", "item_id");
    for made in history.made.iter().filter(|made| !items.contains_key(*made)) {
        faults.push(format!("{made} was made and is not in the log"));
    }
    faults.extend(doubled(&items));
    faults.extend(doubled(&tasks));
    let expected = expected(&phases, &items);
    for (shown, told) in shown_order.iter().zip(&expected) {
        if shown != told {
            faults.push(format!("shown is {shown:?} and the log tells {told:?}"));
        }
    }
    if shown_order.len() != expected.len() {
        faults.push("there are not as many phases as the log tells".to_owned());
    }
    for (item, _) in items.iter().filter(|(_, card)| !card.archived) {
        let (shown, told) = (shown_tasks.get(item), lying(&tasks, item));
        if shown != Some(&told) {
            faults.push(format!("{item} is shown with the tasks {shown:?} and the log tells {told:?}"));
        }
    }
    faults
}

/// The phases in order, each with its items in order.
fn order(canvas: &Value) -> Vec<(String, Vec<String>)> {
    each(&canvas["phases"]).map(|phase| (id(phase), each(&phase["items"]).map(id).collect())).collect()
}

/// The items, each with its tasks in order.
fn tasks_of(canvas: &Value) -> BTreeMap<String, Vec<String>> {
    let items = each(&canvas["phases"]).flat_map(|phase| each(&phase["items"]));
    items.map(|item| (id(item), each(&item["tasks"]).map(id).collect())).collect()
}

fn each(things: &Value) -> impl Iterator<Item = &Value> {
    things.as_array().into_iter().flatten()
}

fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap_or_default().to_owned()
}

/// Replays what the log says of the cards of a kind.
fn cards(history: &History, kind: &str, parent: &str) -> BTreeMap<String, Card> {
    let mut cards: BTreeMap<String, Card> = BTreeMap::new();
    for event in &history.events {
        if kind == "task" && event["kind"] == "item.duplicated" {
            copy_tasks(&mut cards, event);
        }
        if event["subject"]["type"] != kind {
            continue;
        }
        let card = cards.entry(id(&event["subject"])).or_default();
        for change in each(&event["changes"]) {
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

/// The event of a copied item names its tasks in order, and not where they stand: each stands in the copy as its original, where
/// that is not archived, stands in the item that was copied. Where the event names too few, what is missing is expected under a
/// name that nobody shows.
fn copy_tasks(tasks: &mut BTreeMap<String, Card>, event: &Value) {
    let after = |field: &str| {
        let change = each(&event["changes"]).find(|change| change["field"] == field);
        change.map(|change| &change["after"])
    };
    let (item, original) = (id(&event["subject"]), after("copy_of").and_then(Value::as_str));
    let named = after("tasks").into_iter().flat_map(each);
    let mut copies = named.filter_map(|task| task.as_str().map(ToOwned::to_owned));
    for task in lying(tasks, original.unwrap_or_default()) {
        let card = Card { parent: item.clone(), ..tasks.get(&task).cloned().unwrap_or_default() };
        tasks.insert(copies.next().unwrap_or_else(|| format!("the copy of {task}")), card);
    }
    tasks.extend(copies.map(|copy| (copy, Card { parent: item.clone(), ..Card::default() })));
}

/// Two cards in one place.
fn doubled(cards: &BTreeMap<String, Card>) -> Vec<String> {
    let mut places = BTreeSet::new();
    let taken = cards.iter().filter(|(_, card)| !places.insert((&card.parent, &card.position)));
    taken.map(|(id, _)| format!("{id} stands where another card stands")).collect()
}

fn expected(phases: &BTreeMap<String, Card>, items: &BTreeMap<String, Card>) -> Vec<(String, Vec<String>)> {
    let mut in_order: Vec<(&String, &Card)> = phases.iter().collect();
    in_order.sort_by_key(|(_, card)| &card.position);
    in_order.into_iter().map(|(id, _)| (id.clone(), lying(items, id))).collect()
}

/// The cards under a parent that are not archived, in order.
fn lying(cards: &BTreeMap<String, Card>, parent: &str) -> Vec<String> {
    let mut here: Vec<(&String, &Card)> =
        cards.iter().filter(|(_, card)| card.parent == parent && !card.archived).collect();
    here.sort_by_key(|(_, card)| &card.position);
    here.into_iter().map(|(id, _)| id.clone()).collect()
}
