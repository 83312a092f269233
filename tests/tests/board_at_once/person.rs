//! Somebody who works on a board beside others: he looks, does something by chance, and looks again now and then.

use std::{collections::BTreeMap, time::Instant};

use guildhall_testkit::{Answer, Client, Dice};
use serde_json::{Value, json};

/// Somebody at work.
pub struct Person {
    client: Client,
    project: String,
    dice: Dice,
    archived: Vec<String>,
    did: Did,
}

/// What he has done.
#[derive(Debug, Default)]
pub struct Did {
    /// How many changes the server said it had made.
    pub acknowledged: usize,
    /// The items that he made.
    pub made: Vec<String>,
    /// How often he got which status.
    pub statuses: BTreeMap<u16, usize>,
    /// How often a busy server did nothing and said when to come again.
    pub shed: usize,
    /// Answers that nobody should get.
    pub failures: Vec<String>,
}

/// What lies on the board, as he has last seen it.
struct Seen {
    phases: Vec<String>,
    items: Vec<String>,
    tasks: Vec<String>,
    tag: String,
}

impl Person {
    pub fn new(client: Client, project: String, seed: u64) -> Self {
        Self { client, project, dice: Dice(seed), archived: Vec::new(), did: Did::default() }
    }

    /// Works until then.
    pub async fn work(mut self, until: Instant) -> anyhow::Result<Did> {
        let mut seen = self.look().await?;
        while Instant::now() < until {
            if self.dice.often(4) {
                seen = self.look().await?;
            }
            self.change(&seen).await?;
        }
        Ok(self.did)
    }

    async fn look(&mut self) -> anyhow::Result<Seen> {
        let canvas = self.client.get(&format!("{}/canvas", self.project)).await?.expect(200)?;
        let tag = canvas.headers.get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default().to_owned();
        let mut seen = Seen { phases: Vec::new(), items: Vec::new(), tasks: Vec::new(), tag };
        for phase in canvas.json["phases"].as_array().into_iter().flatten() {
            seen.phases.extend(id(phase));
            for item in phase["items"].as_array().into_iter().flatten() {
                seen.items.extend(id(item));
                seen.tasks.extend(item["tasks"].as_array().into_iter().flatten().filter_map(id));
            }
        }
        Ok(seen)
    }

    async fn change(&mut self, seen: &Seen) -> anyhow::Result<()> {
        let item = self.one_of(&seen.items);
        let task = self.one_of(&seen.tasks);
        match self.dice.below(16) {
            0..=4 => {
                let to = self.place(seen, &item);
                self.post(&format!("items/{item}/move"), to, 1).await?;
            }
            5 => {
                let other = self.one_of(&seen.items);
                let mut to = json!({ "item_id": other });
                if self.dice.often(2) {
                    to["after_id"] = json!(null);
                }
                self.post(&format!("tasks/{task}/move"), to, 1).await?;
            }
            6 | 7 => {
                let status = self.dice.of(&["TO_DO", "IN_PROGRESS", "COMPLETED"]);
                self.patch(&format!("items/{item}"), json!({ "status": status }), None).await?;
            }
            8 => self.patch(&format!("tasks/{task}"), json!({"status": "COMPLETED"}), None).await?,
            9 => {
                let name = format!("Named {}", self.dice.below(1_000));
                // Half of them only where nobody has changed anything since.
                let tag = self.dice.often(2).then(|| seen.tag.clone());
                self.patch(&format!("items/{item}"), json!({ "name": name }), tag).await?;
            }
            10 => {
                let answer = self.post(&format!("items/{item}/archive"), json!({}), 1).await?;
                if answer.status == 200 {
                    self.archived.push(item);
                }
            }
            11 if !self.archived.is_empty() => {
                let at = self.dice.below(self.archived.len());
                let item = self.archived.swap_remove(at);
                self.post(&format!("items/{item}/restore"), json!({}), 1).await?;
            }
            12 => {
                let answer = self.post(&format!("items/{item}/duplicate"), json!({}), 1).await?;
                self.did.made.extend(id(&answer.json).filter(|_| answer.status == 201));
            }
            13 => self.several(seen, &item, &task).await?,
            _ => {
                let phase = self.one_of(&seen.phases);
                let mut body = json!({"kind": "ACTIVITY", "name": "New"});
                if self.dice.often(2) {
                    body["after_id"] = json!(null);
                }
                let answer = self.post(&format!("phases/{phase}/items"), body, 1).await?;
                self.did.made.extend(id(&answer.json).filter(|_| answer.status == 201));
            }
        }
        Ok(())
    }

    /// Three changes at once, of which all or none are made.
    async fn several(&mut self, seen: &Seen, item: &str, task: &str) -> anyhow::Result<()> {
        let to = self.place(seen, item);
        let changes = json!([
            {"move_item": {"item_id": item, "to": to}},
            {"update_item": {"item_id": item, "patch": {"due_date": "2026-05-01"}}},
            {"update_task": {"task_id": task, "patch": {"status": "IN_PROGRESS"}}},
        ]);
        self.post("changes", json!({ "changes": changes }), 3).await.map(drop)
    }

    /// Some place in some phase: beside another card, which may have gone elsewhere since, or at an end.
    fn place(&mut self, seen: &Seen, item: &str) -> Value {
        let phase = self.one_of(&seen.phases);
        let neighbour = self.one_of(&seen.items);
        match self.dice.below(4) {
            0 => json!({ "phase_id": phase }),
            1 => json!({ "phase_id": phase, "after_id": null }),
            2 if neighbour != item => json!({ "phase_id": phase, "after_id": neighbour }),
            _ => json!({ "phase_id": phase, "before_id": neighbour }),
        }
    }

    async fn post(&mut self, path: &str, body: Value, changes: usize) -> anyhow::Result<Answer> {
        let answer = self.client.post(&format!("{}/{path}", self.project), body).await?;
        self.note(&answer, path, changes);
        Ok(answer)
    }

    async fn patch(&mut self, path: &str, body: Value, tag: Option<String>) -> anyhow::Result<()> {
        let client = tag.map_or_else(|| self.client.clone(), |tag| self.client.with("if-match", &tag));
        let answer = client.patch(&format!("{}/{path}", self.project), body).await?;
        self.note(&answer, path, 1);
        Ok(())
    }

    /// Where he names what has moved on, he is refused and looks again.
    fn note(&mut self, answer: &Answer, path: &str, changes: usize) {
        let status = answer.status.as_u16();
        *self.did.statuses.entry(status).or_default() += 1;
        match status {
            200 | 201 => self.did.acknowledged += changes,
            409 | 412 | 422 => {}
            503 if answer.headers.contains_key("retry-after") => self.did.shed += 1,
            _ => self.did.failures.push(format!("{path}: {status} {}", answer.text)),
        }
    }

    fn one_of(&mut self, ids: &[String]) -> String {
        if ids.is_empty() {
            return String::new();
        }
        let at = self.dice.below(ids.len());
        ids.get(at).cloned().unwrap_or_default()
    }
}

fn id(thing: &Value) -> Option<String> {
    thing["id"].as_str().map(ToOwned::to_owned)
}
