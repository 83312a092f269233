//! What the model does at each act, and for what it refuses one.

use guildhall_artifacts::{
    ArtifactKey, Decision, DraftAct, Layer, OverrideFault, Pattern, check_merge_keys, check_override,
    three_way,
};
use serde_json::{Value, json};

use super::model::{Answer, Model, Place, Prepared, SYSTEM, Said, Slot};

/// `Err` is the name of the refusal.
pub type Done = Result<(), &'static str>;

/// What somebody says that he has seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Glance {
    Nothing,
    Anything,
    Right,
    Wrong,
}

impl Glance {
    fn expect(self) -> Done {
        match self {
            Self::Nothing => Err("PreconditionRequired"),
            Self::Wrong => Err("Stale"),
            Self::Anything | Self::Right => Ok(()),
        }
    }
}

pub fn by_hand(place: Place) -> Layer {
    if place == SYSTEM { Layer::System } else { Layer::Customization }
}

impl Model {
    fn is_valid(&self, key: &ArtifactKey, content: &Value) -> bool {
        let kind = self.kinds.find(&key.kind).unwrap();
        kind.check(content).is_empty() && check_merge_keys(content, kind.merge_keys()).is_empty()
    }

    fn may_override(&self, key: &ArtifactKey, locked: &[Pattern], from: &Value, to: &Value) -> Done {
        let kind = self.kinds.find(&key.kind).unwrap();
        check_override(kind, locked, from, to).map_err(|fault| match fault {
            OverrideFault::NotOverridable => "NotOverridable",
            OverrideFault::Locked(_) => "FieldLocked",
        })
    }

    pub fn write(
        &mut self,
        place: Place,
        key: &ArtifactKey,
        content: Value,
        locked: Option<Vec<Pattern>>,
        glance: Glance,
    ) -> Done {
        if !self.is_valid(key, &content) {
            return Err("Invalid");
        }
        match self.answer(place, key) {
            Answer::Hidden => Err("Hidden"),
            Answer::Absent if glance != Glance::Nothing => Err("Stale"),
            Answer::Absent if key.name.package.is_some() => Err("NotFound"),
            Answer::Absent if locked.is_some() && place != SYSTEM => Err("NotOverridable"),
            Answer::Absent => {
                let said = self.say(content, locked.unwrap_or_default(), None);
                self.put(place, key, by_hand(place), Slot::Live(said));
                Ok(())
            }
            Answer::Found(layer, present) => {
                glance.expect()?;
                if place == SYSTEM {
                    return self.rewrite(key, &present, content, locked);
                }
                if locked.is_some() {
                    return Err("NotOverridable");
                }
                self.customize(place, key, (layer, present), content)
            }
        }
    }

    fn rewrite(
        &mut self,
        key: &ArtifactKey,
        present: &Said,
        content: Value,
        locked: Option<Vec<Pattern>>,
    ) -> Done {
        if key.name.package.is_some() {
            return Err("NotOverridable");
        }
        let locked = locked.unwrap_or_else(|| present.locked.clone());
        if present.content != content || present.locked != locked {
            let said = self.say(content, locked, None);
            self.put(SYSTEM, key, Layer::System, Slot::Live(said));
        }
        Ok(())
    }

    fn customize(
        &mut self,
        place: Place,
        key: &ArtifactKey,
        (layer, present): (Layer, Said),
        content: Value,
    ) -> Done {
        if present.content == content {
            return Ok(());
        }
        if layer != Layer::Customization {
            self.may_override(key, &present.locked, &present.content, &content)?;
            let said = self.say(content, Vec::new(), Some(&present));
            self.put(place, key, Layer::Customization, Slot::Live(said));
            return Ok(());
        }
        if let Some(base) = &present.base {
            self.may_override(key, &base.locked, &base.content, &content)?;
        }
        if let Some(under) = self.under(place, key, Layer::Customization) {
            self.may_override(key, &under.locked, &present.content, &content)?;
            if under.content == content {
                self.put(place, key, Layer::Customization, Slot::Gone(Some(present)));
                return Ok(());
            }
        }
        let said = self.say(content, Vec::new(), present.base.as_deref());
        self.put(place, key, Layer::Customization, Slot::Live(said));
        Ok(())
    }

    pub fn delete(&mut self, place: Place, key: &ArtifactKey, glance: Glance) -> Done {
        let Answer::Found(layer, said) = self.answer(place, key) else { return Err("NotFound") };
        glance.expect()?;
        if place == SYSTEM && key.name.package.is_some() {
            return Err("NotOverridable");
        }
        let own = (layer == by_hand(place)).then_some(said);
        let slot = match own {
            Some(own) if self.under(place, key, layer).is_none() => Slot::Gone(Some(own)),
            own => Slot::Hidden(own),
        };
        self.put(place, key, by_hand(place), slot);
        Ok(())
    }

    /// What would show nothing is not restored.
    pub fn restore(&mut self, place: Place, key: &ArtifactKey, glance: Glance) -> Done {
        let Some(Slot::Hidden(covers)) = self.slot(place, key, by_hand(place)).cloned() else {
            // What is not there, or hidden by what is published, is no more told apart here than anywhere.
            return Err(if self.row(place, key).is_some() { "NotHidden" } else { "NotFound" });
        };
        glance.expect()?;
        if covers.is_none() && self.under(place, key, by_hand(place)).is_none() {
            return Err("NothingBelow");
        }
        self.put(place, key, by_hand(place), covers.map_or(Slot::Gone(None), Slot::Live));
        Ok(())
    }

    pub fn revert(&mut self, place: Place, key: &ArtifactKey, glance: Glance) -> Done {
        let slot = self.slot(place, key, Layer::Customization).cloned();
        let Some(slot @ (Slot::Live(_) | Slot::Hidden(_))) = slot else { return Err("NotFound") };
        glance.expect()?;
        self.take_away(place, key, Layer::Customization, &slot)
    }

    fn take_away(&mut self, place: Place, key: &ArtifactKey, layer: Layer, slot: &Slot) -> Done {
        if self.under(place, key, layer).is_none() {
            return Err("NothingBelow");
        }
        self.put(place, key, layer, Slot::Gone(slot.said().cloned()));
        Ok(())
    }

    pub fn reapply(&mut self, place: Place, key: &ArtifactKey, glance: Glance) -> Done {
        let Answer::Found(..) = self.answer(place, key) else { return Err("NotFound") };
        glance.expect()?;
        let Some(Slot::Gone(Some(last))) = self.slot(place, key, Layer::Customization).cloned() else {
            return Err("NothingToReapply");
        };
        self.put(place, key, Layer::Customization, Slot::Live(last));
        Ok(())
    }

    fn is_published(&self, place: Place, key: &ArtifactKey) -> bool {
        matches!(self.slot(place, key, Layer::Published), Some(Slot::Live(_) | Slot::Hidden(_)))
    }

    pub fn save_draft(
        &mut self,
        place: Place,
        key: &ArtifactKey,
        (act, content): (DraftAct, Option<Value>),
        glance: Glance,
    ) -> Done {
        if place == SYSTEM {
            return Err("NotInSystem");
        }
        let before = self.places[place].drafts.get(key).cloned();
        match &before {
            Some(_) => glance.expect()?,
            None if glance != Glance::Nothing => return Err("Stale"),
            None => {}
        }
        let bare = self.under(place, key, Layer::Customization).is_none() && !self.is_published(place, key);
        if key.name.package.is_some() && bare {
            return Err("NotFound");
        }
        let stamp = match &before {
            Some(before) => before.stamp,
            None => self.stamp(place, key, Layer::Published),
        };
        let base = match &before {
            Some(before) => before.base.clone(),
            None => self.under(place, key, Layer::Customization),
        };
        let version = before.map_or(1, |before| before.version + 1);
        self.places[place].drafts.insert(key.clone(), Prepared { act, content, stamp, base, version });
        Ok(())
    }

    pub fn delete_draft(&mut self, place: Place, key: &ArtifactKey, glance: Glance) -> Done {
        if !self.places[place].drafts.contains_key(key) {
            return Err("NotFound");
        }
        glance.expect()?;
        self.places[place].drafts.remove(key);
        Ok(())
    }

    /// Publishes one draft, or all.
    pub fn publish(&mut self, place: Place, key: Option<&ArtifactKey>) -> Done {
        let mut chosen: Vec<_> = self.places[place].drafts.clone().into_iter().collect();
        if let Some(key) = key {
            chosen.retain(|(other, _)| other == key);
            if chosen.is_empty() {
                return Err(if place == SYSTEM { "NotInSystem" } else { "NotFound" });
            }
        }
        if chosen.iter().any(|(key, draft)| !self.is_publishable(place, key, draft)) {
            return Err("InvalidDrafts");
        }
        for (key, draft) in chosen {
            let before = self.slot(place, &key, Layer::Published).and_then(|slot| slot.said().cloned());
            let slot = match (draft.act, draft.content) {
                (DraftAct::Publish, Some(content)) => {
                    let base = match self.slot(place, &key, Layer::Published) {
                        Some(Slot::Live(said)) => said.base.as_deref().cloned(),
                        _ => draft.base,
                    };
                    Slot::Live(self.say(content, Vec::new(), base.as_ref()))
                }
                (DraftAct::Hide, _) => Slot::Hidden(before),
                (DraftAct::Publish | DraftAct::Withdraw, _) => Slot::Gone(before),
            };
            self.put(place, &key, Layer::Published, slot);
            self.places[place].drafts.remove(&key);
        }
        Ok(())
    }

    fn is_publishable(&self, place: Place, key: &ArtifactKey, draft: &Prepared) -> bool {
        if self.stamp(place, key, Layer::Published) != draft.stamp {
            return false;
        }
        match (&draft.content, draft.act) {
            (Some(content), _) => {
                let under = self.under(place, key, Layer::Published);
                let bare = under.is_none() && !self.is_published(place, key);
                self.is_valid(key, content)
                    && !(bare && key.name.package.is_some())
                    && under.is_none_or(|under| {
                        self.may_override(key, &under.locked, &under.content, content).is_ok()
                    })
            }
            (None, DraftAct::Withdraw) => self.is_published(place, key),
            (None, _) => self.under(place, key, Layer::Customization).is_some(),
        }
    }

    /// The override that may be reviewed, and what lies below it.
    pub fn reviewed(&self, place: Place, key: &ArtifactKey) -> Result<(Layer, Said, Said), &'static str> {
        let Answer::Found(layer @ (Layer::Published | Layer::Customization), said) = self.answer(place, key)
        else {
            return Err("NotFound");
        };
        let under = self.under(place, key, layer).ok_or("NothingToReview")?;
        if said.base.as_ref().is_some_and(|base| base.id == under.id) {
            return Err("NothingToReview");
        }
        Ok((layer, said, under))
    }

    pub fn retain(&mut self, place: Place, key: &ArtifactKey) -> Done {
        let (layer, said, under) = self.reviewed(place, key)?;
        self.may_override(key, &under.locked, &under.content, &said.content)?;
        let said = self.say(said.content, Vec::new(), Some(&under));
        self.put(place, key, layer, Slot::Live(said));
        Ok(())
    }

    pub fn merge(&mut self, place: Place, key: &ArtifactKey, decisions: &[Decision]) -> Done {
        let (layer, said, under) = self.reviewed(place, key)?;
        let nothing = json!({});
        let base = said.base.as_ref().map_or(&nothing, |base| &base.content);
        let kind = self.kinds.find(&key.kind).unwrap();
        let three = three_way(base, &said.content, &under.content, kind.merge_keys());
        let merged = three.merge(decisions).map_err(|_| "InvalidDecisions")?;
        if !self.is_valid(key, &merged) {
            return Err("Invalid");
        }
        self.may_override(key, &under.locked, &under.content, &merged)?;
        if merged == under.content {
            return self.take_away(place, key, layer, &Slot::Live(said));
        }
        let said = self.say(merged, Vec::new(), Some(&under));
        self.put(place, key, layer, Slot::Live(said));
        Ok(())
    }

    pub fn revert_reviewed(&mut self, place: Place, key: &ArtifactKey) -> Done {
        let (layer, said, _) = self.reviewed(place, key)?;
        self.take_away(place, key, layer, &Slot::Live(said))
    }
}
