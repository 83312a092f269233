//! Random steps, each by a use case and in the model.

use guildhall_artifacts::{
    ArtifactKey, Decision, DraftAct, Edit, Layer, Resolve, ResolveReview, Seen, Side, Take,
};
use guildhall_core::{ArtifactVersionId, RowVersion};
use guildhall_kernel::{KernelError, Request};
use guildhall_testkit::Dice;

use super::{
    acts::{Done, Glance},
    contents::{content, edited, locked},
    model::{Answer, Place, SYSTEM, Slot},
    stage::{Stage, WORKSPACES, refusal},
};

/// An act, and at which keys it does something.
type Wanted<'w> = (&'static str, &'w dyn Fn(&Answer, Option<&Slot>) -> bool);

/// What a step did.
#[derive(Debug)]
pub struct Step {
    pub what: &'static str,
    /// The space that it was done in.
    pub place: Place,
    pub key: Option<ArtifactKey>,
    pub done: Done,
}

impl Stage {
    pub async fn step(&mut self, dice: &mut Dice) -> Step {
        // A few workspaces are busy, so that things meet there; each of the others has its turn too.
        let place = match dice.below(10) {
            0 | 1 => SYSTEM,
            2..=7 => 1 + dice.below(3),
            _ => 1 + dice.below(WORKSPACES),
        };
        let (what, key, done) = match dice.below(36) {
            at @ 0..=9 => {
                let key = self.pick(place, dice, |answer, _| match answer {
                    // What packages bring is not written by hand in System.
                    Answer::Found(layer, said) if place == SYSTEM => *layer == Layer::System && !said.shipped,
                    Answer::Found(layer, _) => at > 3 || *layer == Layer::Customization,
                    Answer::Hidden | Answer::Absent => false,
                });
                ("write", key.clone(), self.write(place, &key, dice).await)
            }
            at @ 10..=13 => {
                let wanted: Wanted<'_> = match at {
                    10 => ("delete", &|answer, _| matches!(answer, Answer::Found(..))),
                    11 => ("restore", &|answer, _| *answer == Answer::Hidden),
                    12 => ("revert", &|_, own| matches!(own, Some(Slot::Live(_) | Slot::Hidden(_)))),
                    _ => ("reapply", &|_, own| matches!(own, Some(Slot::Gone(Some(_))))),
                };
                let key = self.pick(place, dice, wanted.1);
                (wanted.0, key.clone(), self.touch(wanted.0, place, &key, dice).await)
            }
            14..=17 => {
                let key = self.pick(place, dice, |answer, _| *answer != Answer::Absent);
                ("save a draft", key.clone(), self.save_draft(place, &key, dice).await)
            }
            18 => {
                let key = self.pick(place, dice, |_, _| true);
                ("delete a draft", key.clone(), self.delete_draft(place, &key, dice).await)
            }
            19..=21 => {
                let key = self.pick(place, dice, |_, _| true);
                ("publish", key.clone(), self.publish(place, &key, dice).await)
            }
            22..=25 => return self.review(dice).await,
            _ => return self.ship(place, dice).await,
        };
        Step { what, place, key: (what != "publish").then_some(key), done }
    }

    /// A key at which something can be done, mostly.
    fn pick(
        &self,
        place: Place,
        dice: &mut Dice,
        fits: impl Fn(&Answer, Option<&Slot>) -> bool,
    ) -> ArtifactKey {
        let keys: Vec<_> = self.model.keys.iter().collect();
        let fitting: Vec<_> = keys
            .iter()
            .filter(|key| {
                fits(&self.model.answer(place, key), self.model.slot(place, key, Layer::Customization))
            })
            .collect();
        if fitting.is_empty() || dice.often(8) {
            return keys[dice.below(keys.len())].clone();
        }
        (*fitting[dice.below(fitting.len())]).clone()
    }

    /// The number that a change of the key names, as somebody who looks says it.
    async fn present(&self, place: Place, key: &ArtifactKey) -> Option<RowVersion> {
        if let Ok(shown) = self.kernel.find_artifact(&self.ask(place), key).await {
            return Some(shown.found.version);
        }
        Some(self.kernel.find_artifact_layers(&self.ask(place), key).await.ok()?.version)
    }

    /// What somebody says that he has seen, in three ways.
    async fn glance(&self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> (Glance, Option<RowVersion>) {
        let Some(present) = self.present(place, key).await else { return (Glance::Anything, None) };
        match dice.below(10) {
            0 if dice.often(2) => (Glance::Wrong, Some(RowVersion::new(present.number() - 2))),
            1..=5 => (Glance::Right, Some(present)),
            _ => (Glance::Anything, None),
        }
    }

    fn agree<T>(&self, what: &str, answer: Result<T, KernelError>, done: Done) -> Done {
        let answered = answer.map(drop).map_err(|error| refusal(&error));
        assert_eq!(answered.as_ref().map_err(String::as_str), done.as_ref().map_err(|name| *name), "{what}");
        done
    }

    pub async fn write(&mut self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let answer = self.model.answer(place, key);
        let content = match &answer {
            Answer::Found(_, said) if dice.often(12) => said.content.clone(),
            Answer::Found(layer, said) if !dice.often(8) => match self.model.under(place, key, *layer) {
                Some(under) if dice.often(8) => under.content,
                _ => edited(&key.kind, &said.content, dice),
            },
            _ if dice.often(30) => serde_json::json!({ "name": 7 }),
            _ => content(dice),
        };
        let locked = (place == SYSTEM && dice.often(3) || dice.often(30)).then(|| locked(dice));
        let (mut glance, version) = match answer {
            Answer::Found(..) => self.glance(place, key, dice).await,
            Answer::Hidden | Answer::Absent => (Glance::Nothing, None),
        };
        if glance == Glance::Anything && dice.often(12) {
            glance = Glance::Nothing;
        }
        let seen = match (glance, version) {
            (Glance::Nothing, _) => Seen::Nothing,
            (_, Some(version)) => Seen::Version(version),
            (_, None) => Seen::Anything,
        };
        let (ask, told) = (self.ask(place), locked.clone());
        let written = self.kernel.write_artifact(&ask, key.clone(), content.clone(), told, seen).await;
        let done = self.model.write(place, key, content, locked, glance);
        self.agree("write", written, done)
    }

    async fn touch(&mut self, what: &'static str, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let (glance, if_match) = self.glance(place, key, dice).await;
        let (ask, key) = (Request { if_match, ..self.ask(place) }, key.clone());
        let (answer, done) = match what {
            "delete" => {
                (self.kernel.delete_artifact(&ask, key.clone()).await, self.model.delete(place, &key, glance))
            }
            "revert" => {
                let answer = self.kernel.revert_artifact(&ask, key.clone()).await.map(drop);
                (answer, self.model.revert(place, &key, glance))
            }
            "restore" => {
                let answer = self.kernel.restore_artifact(&ask, key.clone()).await.map(drop);
                (answer, self.model.restore(place, &key, glance))
            }
            _ => {
                let answer = self.kernel.reapply_artifact(&ask, key.clone()).await.map(drop);
                (answer, self.model.reapply(place, &key, glance))
            }
        };
        self.agree(what, answer, done)
    }

    fn of_draft(&self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> (Glance, Seen) {
        let version = self.model.places[place].drafts.get(key).map(|draft| draft.version);
        match (version, dice.below(8)) {
            (Some(_), 0) => (Glance::Nothing, Seen::Nothing),
            (Some(version), 1) => (Glance::Wrong, Seen::Version(RowVersion::new(version + 1))),
            (Some(version), 2..=4) => (Glance::Right, Seen::Version(RowVersion::new(version))),
            (None, 0) => (Glance::Anything, Seen::Anything),
            (Some(_), _) => (Glance::Anything, Seen::Anything),
            (None, _) => (Glance::Nothing, Seen::Nothing),
        }
    }

    async fn save_draft(&mut self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let act = dice.of(&[DraftAct::Publish, DraftAct::Publish, DraftAct::Withdraw, DraftAct::Hide]);
        let content = (act == DraftAct::Publish).then(|| match self.model.answer(place, key) {
            Answer::Found(_, said) => edited(&key.kind, &said.content, dice),
            Answer::Hidden | Answer::Absent => content(dice),
        });
        let (glance, seen) = self.of_draft(place, key, dice);
        let (ask, told) = (self.ask(place), content.clone());
        let saved = self.kernel.save_artifact_draft(&ask, key.clone(), act, told, seen).await;
        let done = self.model.save_draft(place, key, (act, content), glance);
        self.agree("save a draft", saved, done)
    }

    async fn delete_draft(&mut self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let (glance, seen) = self.of_draft(place, key, dice);
        let (glance, if_match) = match seen {
            Seen::Version(version) => (glance, Some(version)),
            Seen::Nothing | Seen::Anything => (Glance::Anything, None),
        };
        let ask = Request { if_match, ..self.ask(place) };
        let deleted = self.kernel.delete_artifact_draft(&ask, key.clone()).await;
        let done = self.model.delete_draft(place, key, glance);
        self.agree("delete a draft", deleted, done)
    }

    /// One draft or all of the space, where there are any.
    async fn publish(&mut self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let drafts: Vec<_> = self.model.places[place].drafts.keys().cloned().collect();
        let one = match drafts.len() {
            0 if dice.often(2) => Some(key.clone()),
            0 => None,
            count => (!dice.often(3)).then(|| drafts[dice.below(count)].clone()),
        };
        let published = self.kernel.publish_artifacts(&self.ask(place), one.iter().cloned().collect()).await;
        let done = self.model.publish(place, one.as_ref());
        self.agree("publish", published, done)
    }

    /// An override that fell behind, where there is any, and what becomes of it.
    async fn review(&mut self, dice: &mut Dice) -> Step {
        let (keys, places) = (self.model.keys.iter(), 1..=WORKSPACES);
        let all = keys.flat_map(|key| places.clone().map(move |place| (place, key.clone())));
        let behind: Vec<_> = all.filter(|(place, key)| self.model.reviewed(*place, key).is_ok()).collect();
        let keys: Vec<_> = self.model.keys.iter().cloned().collect();
        let (place, key) = match behind.len() {
            0 => (1 + dice.below(WORKSPACES), keys[dice.below(keys.len())].clone()),
            count if !dice.often(6) => behind[dice.below(count)].clone(),
            _ => (dice.below(5), keys[dice.below(keys.len())].clone()),
        };
        let done = self.review_at(place, &key, dice).await;
        Step { what: "review", place, key: Some(key), done }
    }

    async fn review_at(&mut self, place: Place, key: &ArtifactKey, dice: &mut Dice) -> Done {
        let ask = self.ask(place);
        let expected = self.model.reviewed(place, key);
        let review = if dice.often(3) {
            self.kernel.open_artifact_review(&ask, key).await.map(guildhall_kernel::Outcome::into_inner)
        } else {
            self.kernel.find_artifact_review(&ask, key).await
        };
        let review = match (review, expected) {
            (Ok(guildhall_kernel::ReviewShown { review, .. }), Ok((layer, said, under))) => {
                let state = self.model.state(key, &said, Some(&under));
                assert_eq!((review.layer, review.state.as_str()), (layer, state), "{review:?}");
                review
            }
            (answer, expected) => return self.agree("a review", answer, expected.map(drop)),
        };
        let theirs = if dice.often(12) { ArtifactVersionId::new(self.world.id()) } else { review.theirs };
        let resolve = match dice.below(8) {
            0 | 1 => Resolve::Retain,
            2 => Resolve::Revert,
            3 => Resolve::Defer,
            _ => Resolve::Merge(decisions(&review.edits, dice)),
        };
        let command = ResolveReview { key: key.clone(), ours: review.ours, theirs, resolve: resolve.clone() };
        let resolved = self.kernel.resolve_artifact_review(&ask, command).await;
        let done = match resolve {
            _ if theirs != review.theirs => Err("ReviewStale"),
            Resolve::Retain => self.model.retain(place, key),
            Resolve::Merge(decisions) => self.model.merge(place, key, &decisions),
            Resolve::Revert => self.model.revert_reviewed(place, key),
            Resolve::Defer => Ok(()),
        };
        self.agree("a resolution", resolved, done)
    }
}

/// One for each conflict; now and then one is forgotten.
fn decisions(edits: &[Edit], dice: &mut Dice) -> Vec<Decision> {
    let conflicts = edits.iter().filter(|edit| edit.side == Side::Conflict);
    let mut decisions: Vec<Decision> = conflicts
        .map(|edit| {
            let take = if dice.often(2) { Take::Ours } else { Take::Theirs };
            Decision { pointer: edit.pointer.clone(), part: edit.part, take }
        })
        .collect();
    if dice.often(10) {
        decisions.pop();
    }
    decisions
}
