//! Publishing a set of drafts: all of them at once, or none.

use std::collections::BTreeSet;

use guildhall_core::{ArtifactVersionId, Fault};

use super::{Artifacts, NewVersion, Opened};
use crate::{
    Act, ArtifactKey, ArtifactsError, Base, Content, Draft, DraftAct, Layer, Origin, OverrideFault, Placed,
    What, check_override,
};

/// What became of one draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The artifact.
    pub key: ArtifactKey,
    /// What was done.
    pub act: DraftAct,
    /// The version that is published from now on, where there is one.
    pub version: Option<ArtifactVersionId>,
    /// The customization that still wins over it.
    pub shadowed_by: Option<ArtifactVersionId>,
}

/// What was published at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Publication {
    /// The generation of the space that it made; 0 where nothing was published.
    pub generation: i64,
    /// What became of each draft, by key.
    pub items: Vec<Published>,
}

impl Artifacts<'_> {
    /// What is wrong with these drafts, or with all where none are named. Empty where they could be published.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where a named one is not there.
    pub async fn check_drafts(&self, keys: &BTreeSet<ArtifactKey>) -> Result<Vec<Fault>, ArtifactsError> {
        let mut faults = Vec::new();
        for draft in self.chosen(keys).await? {
            let kind = self.kind(&draft.key)?;
            let (space, stack) = self.stack(&draft.key).await?;
            let opened = Opened { kind, key: draft.key.clone(), space, stack, generation: 0 };
            faults.extend(self.check_draft(&opened, &draft));
        }
        Ok(faults)
    }

    /// Publishes these drafts, or all where none are named: in one generation, so that nobody sees a part of them.
    ///
    /// # Errors
    /// [`ArtifactsError::InvalidDrafts`] with everything that is wrong; then nothing is published.
    /// [`ArtifactsError::NotInSystem`]; [`ArtifactsError::NotFound`] where a named one is not there.
    pub async fn publish(&self, keys: &BTreeSet<ArtifactKey>) -> Result<Publication, ArtifactsError> {
        let generation = self.store.artifact_spaces().raise().await?;
        if self.store.artifact_spaces().find().await?.id.is_system() {
            return Err(ArtifactsError::NotInSystem);
        }
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for draft in self.chosen(keys).await? {
            let kind = self.kind(&draft.key)?;
            let (space, stack) = self.stack(&draft.key).await?;
            let opened = Opened { kind, key: draft.key.clone(), space, stack, generation };
            faults.extend(self.check_draft(&opened, &draft));
            all.push((opened, draft));
        }
        if !faults.is_empty() {
            return Err(ArtifactsError::InvalidDrafts { faults });
        }
        let mut items = Vec::with_capacity(all.len());
        for (opened, draft) in all {
            items.push(self.publish_one(&opened, draft).await?);
        }
        Ok(Publication { generation, items })
    }

    /// What was published in a generation, with the customizations that win over it now.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn find_publication(&self, generation: i64) -> Result<Publication, ArtifactsError> {
        let changes = self.store.artifact_changes().list_by_generation(generation).await?;
        let mut items = Vec::with_capacity(changes.len());
        for change in changes {
            let (act, version) = match change.act {
                Act::Published => (DraftAct::Publish, change.after),
                Act::Withdrawn => (DraftAct::Withdraw, None),
                Act::Hidden if change.layer == Layer::Published => (DraftAct::Hide, None),
                _ => continue,
            };
            let shadowed_by = shadowing(&self.stack(&change.key).await?.1.placed);
            items.push(Published { key: change.key, act, version, shadowed_by });
        }
        Ok(Publication { generation, items })
    }

    async fn publish_one(&self, opened: &Opened<'_>, draft: Draft) -> Result<Published, ArtifactsError> {
        let before = opened.at(Layer::Published).and_then(|placed| placed.what.head().cloned());
        let version = match (draft.act, draft.content) {
            (DraftAct::Publish, Some(content)) => {
                let base = self.published_base(opened, draft.base).await?;
                let new = NewVersion { content, locked: Vec::new(), base, origin: Origin::Publish };
                self.place(opened, Layer::Published, new, Act::Published).await?.after
            }
            (DraftAct::Hide, _) => {
                self.put(opened, Layer::Published, What::Hidden { covers: before }, Act::Hidden).await?;
                None
            }
            (DraftAct::Withdraw | DraftAct::Publish, _) => {
                self.put(opened, Layer::Published, What::Gone { last: before }, Act::Withdrawn).await?;
                None
            }
        };
        self.store.artifact_drafts().delete(&draft.key).await?;
        let shadowed_by = shadowing(&opened.stack.placed);
        Ok(Published { key: draft.key, act: draft.act, version, shadowed_by })
    }

    /// What the published content is compared with: what the one before it was, or what lay there when the draft was begun.
    /// What has come since is not in it, and must not be taken for known.
    async fn published_base(
        &self,
        opened: &Opened<'_>,
        drafted: Option<Base>,
    ) -> Result<Option<Base>, ArtifactsError> {
        if let Some(Placed { what: What::Live(head), .. }) = opened.at(Layer::Published) {
            return Ok(head.base);
        }
        match opened.below(Layer::Published) {
            // A document that is no artifact has a version only once it is copied.
            Some(below) if self.bases.contains_key(&opened.key) => {
                Ok(Some(self.base_below(opened, below).await?))
            }
            _ => Ok(drafted),
        }
    }

    async fn chosen(&self, keys: &BTreeSet<ArtifactKey>) -> Result<Vec<Draft>, ArtifactsError> {
        let mut drafts = self.store.artifact_drafts().list().await?;
        if keys.is_empty() {
            return Ok(drafts);
        }
        drafts.retain(|draft| keys.contains(&draft.key));
        if drafts.len() == keys.len() { Ok(drafts) } else { Err(ArtifactsError::NotFound) }
    }

    /// What keeps a draft from being published.
    fn check_draft(&self, opened: &Opened<'_>, draft: &Draft) -> Vec<Fault> {
        let published_at = opened.at(Layer::Published).map_or(0, |placed| placed.generation);
        let mut faults = Vec::new();
        if published_at != draft.published_at {
            faults.push(Fault::new("", "something else has been published here since the draft was begun"));
        }
        match &draft.content {
            Some(content) => faults.extend(self.check_content(opened, content)),
            None if draft.act == DraftAct::Withdraw && !is_published(opened) => {
                faults.push(Fault::new("", "nothing is published here that could be withdrawn"));
            }
            None if draft.act == DraftAct::Hide && opened.below(Layer::Customization).is_none() => {
                faults.push(Fault::new("", "there is nothing here to hide"));
            }
            None => {}
        }
        faults
            .into_iter()
            .map(|fault| Fault::new(format!("{}#{}", draft.key, fault.pointer), fault.detail))
            .collect()
    }

    fn check_content(&self, opened: &Opened<'_>, content: &Content) -> Vec<Fault> {
        let checked = self.checked(opened.kind, &opened.key, content.value().clone());
        if let Err(ArtifactsError::Invalid { faults }) = checked {
            return faults;
        }
        let Some(below) = opened.below(Layer::Published) else {
            let is_gone = opened.key.name.package.is_some() && !is_published(opened);
            return if is_gone { vec![Fault::new("", "the package no longer has it")] } else { Vec::new() };
        };
        let Ok(document) = opened.document(below.head.id) else { return Vec::new() };
        let refused =
            check_override(opened.kind, &document.locked, document.content.value(), content.value()).err();
        match refused {
            Some(OverrideFault::Locked(faults)) => faults,
            Some(OverrideFault::NotOverridable) => vec![Fault::new("", "nothing of it may be overridden")],
            None => Vec::new(),
        }
    }
}

/// Whether a version or a tombstone is published.
pub(super) fn is_published(opened: &Opened<'_>) -> bool {
    opened.at(Layer::Published).is_some_and(|placed| !matches!(placed.what, What::Gone { .. }))
}

/// The customization that wins over what is published.
fn shadowing(placed: &[Placed]) -> Option<ArtifactVersionId> {
    let top = placed.iter().find(|placed| placed.layer == Layer::Customization)?;
    match &top.what {
        What::Live(head) => Some(head.id),
        What::Hidden { .. } | What::Gone { .. } => None,
    }
}
