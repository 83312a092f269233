//! What the spaces see, beside what the model says that they see.

use std::collections::BTreeMap;

use guildhall_artifacts::{ArtifactKey, Artifacts, ArtifactsError, Author, ListQuery, Listed};
use guildhall_core::{
    Access, PageRequest, Scope,
    testing::{FixedClock, SequentialIds},
};
use guildhall_kernel::{Database as _, Kernel, KernelError, ListedShown};
use guildhall_testkit::Dice;
use uuid::Uuid;

use super::{
    model::{Place, Row, SYSTEM},
    stage::{Stage, WORKSPACES},
    steps::Step,
};
use crate::support::parsed;

const KINDS: [&str; 2] = ["note", "label"];

fn query(kind: &str, hidden: bool) -> ListQuery {
    ListQuery { kind: parsed(kind), words: Vec::new(), hidden }
}

fn expected(row: &Row) -> String {
    let Row { key, layer, hash, inherited, overridden, state, .. } = row;
    let enabled = row.content.get("enabled") != Some(&serde_json::json!(false));
    format!("{key} {layer:?} {hash} {inherited} {overridden} {state:?} {enabled}")
}

fn seen(listed: &Listed) -> String {
    let head = listed.head.as_ref().unwrap();
    let Listed { key, layer, inherited, overridden, .. } = listed;
    let state = listed.state.map(guildhall_artifacts::OverrideState::as_str);
    format!("{key} {layer:?} {} {inherited} {overridden} {state:?} {}", head.hash, head.enabled)
}

impl Stage {
    async fn list(
        &self,
        node: &Kernel,
        place: Place,
        (kind, hidden): (&str, bool),
        limit: usize,
    ) -> Vec<ListedShown> {
        let mut page = PageRequest { limit, after: None };
        let mut all = Vec::new();
        loop {
            let part = node.list_artifacts(&self.ask(place), query(kind, hidden), &page).await.unwrap();
            assert!(part.items.len() <= limit);
            all.extend(part.items);
            if part.next.is_none() {
                return all;
            }
            page.after = part.next;
        }
    }

    /// Everything of everybody: what follows from the rows for all of them, and for some what the use cases answer, which
    /// remember what they have answered before.
    pub async fn check(&mut self, step: &Step, dice: &mut Dice, told: &str) {
        for place in 0..=WORKSPACES {
            self.check_lists(place, step, told).await;
        }
        self.check_answers(step.place, dice, told).await;
        for _ in 0..2 {
            self.check_answers(dice.below(WORKSPACES + 1), dice, told).await;
        }
        let mut keys: Vec<ArtifactKey> = self.model.keys.iter().cloned().collect();
        for _ in 0..4 {
            let (place, key) = (dice.below(WORKSPACES + 1), keys[dice.below(keys.len())].clone());
            self.check_one(place, &key, told).await;
        }
        keys.retain(|key| step.key.as_ref().is_none_or(|touched| touched == key || dice.often(6)));
        for key in keys {
            self.check_one(step.place, &key, told).await;
        }
    }

    /// What a space sees by its rows, in one unit of work.
    async fn look(&self, place: Place) -> BTreeMap<&'static str, Vec<Listed>> {
        let scope = Scope::of(self.spaces[place].0);
        let unit = self.world.database().begin(scope, Access::Read).await.unwrap();
        let (clock, ids) = (FixedClock::default(), SequentialIds::default());
        let author = Author { kind: String::new(), id: Uuid::nil(), way_in: String::new(), workspace: None };
        let artifacts = Artifacts::new(&*unit, &self.model.kinds, &clock, &ids, author);
        let page = PageRequest { limit: 100, after: None };
        let mut seen = BTreeMap::new();
        for kind in KINDS {
            seen.insert(kind, artifacts.list(&query(kind, false), &page).await.unwrap().1.items);
        }
        seen
    }

    async fn check_lists(&mut self, place: Place, step: &Step, told: &str) {
        for (kind, rows) in self.look(place).await {
            let expected: Vec<_> = self.model.rows(place, kind).iter().map(expected).collect();
            let seen: Vec<_> = rows.iter().map(seen).collect();
            assert_eq!(seen, expected, "{told}: {kind} in {place}");
            for listed in &rows {
                let tag = (place, listed.key.clone(), listed.version);
                let of = (listed.layer, listed.head.as_ref().map(|head| head.id));
                let first = self.tags.entry(tag).or_insert(of);
                assert_eq!(*first, of, "{told}: one number for two things at {} in {place}", listed.key);
            }
            let before = self.listed.insert((place, kind), rows);
            if step.place != SYSTEM && step.place != place {
                assert_eq!(
                    before.as_ref(),
                    self.listed.get(&(place, kind)),
                    "{told}: touches {kind} in {place}"
                );
            }
        }
    }

    /// By the use cases, in other pages, also on a node that knows other things, and what is hidden.
    async fn check_answers(&self, place: Place, dice: &mut Dice, told: &str) {
        for kind in KINDS {
            let limit = 3 + dice.below(6);
            for (node, limit) in [(&self.kernel, 100), (&self.other, limit)] {
                let rows = self.list(node, place, (kind, false), limit).await;
                let rows: Vec<_> = rows.into_iter().map(|row| row.listed).collect();
                assert_eq!(rows, self.listed[&(place, kind)], "{told}: {kind} in {place} by {limit}");
            }
            let hidden = self.list(&self.kernel, place, (kind, true), limit).await;
            let hidden: Vec<_> = hidden.iter().map(|row| row.listed.key.clone()).collect();
            assert_eq!(hidden, self.model.hidden(place, kind), "{told}: hidden {kind} in {place}");
        }
    }

    async fn check_one(&self, place: Place, key: &ArtifactKey, told: &str) {
        let expected = self.model.row(place, key);
        let found = match self.kernel.find_artifact(&self.ask(place), key).await {
            Ok(shown) => shown.found,
            Err(KernelError::Artifacts(ArtifactsError::NotFound)) => {
                assert_eq!(expected, None, "{told}: {key} in {place} is not found");
                return;
            }
            Err(error) => panic!("{told}: {key} in {place}: {error:?}"),
        };
        let seen = Row {
            key: found.key.clone(),
            layer: found.layer,
            content: found.document.content.value().clone(),
            hash: found.head.hash.to_string(),
            inherited: found.inherited,
            overridden: found.overridden,
            state: found.state.map(guildhall_artifacts::OverrideState::as_str),
        };
        assert_eq!(Some(seen), expected, "{told}: {key} in {place}");
        let listed = self.listed[&(place, if key.kind.as_str() == "note" { "note" } else { "label" })].iter();
        let versions = listed.map(|row| (&row.key, row.version));
        assert!(versions.clone().any(|it| it == (key, found.version)), "{told}: {key} in {place}");
    }
}
