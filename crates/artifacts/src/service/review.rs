//! What came to lie below an override, and what is to become of the override.

use std::sync::LazyLock;

use guildhall_core::ArtifactVersionId;
use serde_json::{Map, Value};

use super::{Artifacts, NewVersion, Opened, write::refused};
use crate::{
    Act, ArtifactChange, ArtifactKey, ArtifactsError, Base, Below, Decision, Head, Lower, Origin, Placed,
    Resolution, Resolve, Review, ThreeWay, check_override, override_state, three_way,
};

/// A resolution, and which review it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolveReview {
    /// The artifact.
    pub key: ArtifactKey,
    /// The override as the review shows it.
    pub ours: ArtifactVersionId,
    /// What the review found below it.
    pub theirs: ArtifactVersionId,
    /// What is to become of the override.
    pub resolve: Resolve,
}

impl Artifacts<'_> {
    /// The review of the override at a key: the customization's, or where there is none that of what is published. One that
    /// was deferred is answered as it was stored, as long as nothing has changed since.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where there is no override; [`ArtifactsError::NothingToReview`] where nothing lies below
    /// it, or what it was made from.
    pub async fn find_review(&self, key: &ArtifactKey) -> Result<Review, ArtifactsError> {
        let (kind, (space, stack)) = (self.kind(key)?, self.stack(key).await?);
        let opened = Opened { kind, key: key.clone(), space, stack, generation: 0 };
        let placed = overriding(&opened)?;
        let stored = self.store.artifact_reviews().find(key, placed.layer).await?;
        let fresh = self.review(&opened, placed)?;
        Ok(match stored {
            Some(stored) if (stored.ours, stored.theirs) == (fresh.ours, fresh.theirs) => stored,
            _ => fresh,
        })
    }

    /// Opens the review of an override and stores it.
    ///
    /// # Errors
    /// Those of [`Artifacts::find_review`].
    pub async fn open_review(&self, key: &ArtifactKey) -> Result<Review, ArtifactsError> {
        let opened = self.open(key).await?;
        let review = self.review(&opened, overriding(&opened)?)?;
        self.store.artifact_reviews().replace(&review).await?;
        Ok(review)
    }

    /// Does with an override what was decided after its review.
    ///
    /// # Errors
    /// [`ArtifactsError::ReviewStale`] where the override or what lies below it is not what the review shows;
    /// [`ArtifactsError::InvalidDecisions`] where a conflict is not decided; [`ArtifactsError::Invalid`] where the merged
    /// content is none of its kind; [`ArtifactsError::FieldLocked`] and [`ArtifactsError::NotOverridable`] where it changes
    /// what is locked now; [`ArtifactsError::NotFound`]; [`ArtifactsError::NothingToReview`].
    pub async fn resolve_review(&self, command: ResolveReview) -> Result<ArtifactChange, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let placed = overriding(&opened)?.clone();
        let review = self.review(&opened, &placed).map_err(|error| match error {
            ArtifactsError::NothingToReview => ArtifactsError::ReviewStale,
            other => other,
        })?;
        if (review.ours, review.theirs) != (command.ours, command.theirs) {
            return Err(ArtifactsError::ReviewStale);
        }
        match command.resolve {
            Resolve::Retain => self.retain(&opened, &placed).await,
            Resolve::Merge(decisions) => self.merge(&opened, &placed, &decisions).await,
            Resolve::Revert => self.take_away(&opened, &placed, Act::Reverted).await,
            Resolve::Defer => self.defer(&opened, review).await,
        }
    }

    /// The same content, unless it changes what is locked now; from now on compared with what lies below it now.
    async fn retain(&self, opened: &Opened<'_>, placed: &Placed) -> Result<ArtifactChange, ArtifactsError> {
        let (head, below) = both(opened, placed)?;
        let content = opened.document(head.id)?.content.clone();
        let theirs = opened.document(below.head.id)?;
        check_override(opened.kind, &theirs.locked, theirs.content.value(), content.value())
            .map_err(refused)?;
        let base = Some(self.base_below(opened, below).await?);
        let new = NewVersion { content, locked: Vec::new(), base, origin: Origin::Merge };
        self.place(opened, placed.layer, new, Act::Retained).await
    }

    async fn merge(
        &self,
        opened: &Opened<'_>,
        placed: &Placed,
        decisions: &[Decision],
    ) -> Result<ArtifactChange, ArtifactsError> {
        let (head, below) = both(opened, placed)?;
        let theirs = opened.document(below.head.id)?;
        let merged = compared(opened, head, below)?
            .merge(decisions)
            .map_err(|faults| ArtifactsError::InvalidDecisions { faults })?;
        let content = self.checked(opened.kind, &opened.key, merged)?;
        check_override(opened.kind, &theirs.locked, theirs.content.value(), content.value())
            .map_err(refused)?;
        if content == theirs.content {
            return self.take_away(opened, placed, Act::Merged).await;
        }
        let base = Some(self.base_below(opened, below).await?);
        let new = NewVersion { content, locked: Vec::new(), base, origin: Origin::Merge };
        self.place(opened, placed.layer, new, Act::Merged).await
    }

    /// Keeps the review, so that it is known to have been looked at.
    async fn defer(&self, opened: &Opened<'_>, review: Review) -> Result<ArtifactChange, ArtifactsError> {
        let ours = Some(review.ours);
        let change = self.record(opened, review.layer, Act::Deferred, (ours, ours)).await?;
        self.store.artifact_reviews().replace(&Review { deferred: true, ..review }).await?;
        Ok(change)
    }

    fn review(&self, opened: &Opened<'_>, placed: &Placed) -> Result<Review, ArtifactsError> {
        let (head, below) = both(opened, placed)?;
        let unmoved = |base: Base| {
            base.id == below.head.id || (below.head.origin == Origin::Base && base.hash == below.head.hash)
        };
        if head.base.is_some_and(unmoved) {
            return Err(ArtifactsError::NothingToReview);
        }
        let (ours, theirs) = (opened.document(head.id)?, opened.document(below.head.id)?);
        let base = base_content(opened, head)?;
        let below_document = Below { content: theirs.content.value(), locked: &theirs.locked };
        Ok(Review {
            key: opened.key.clone(),
            layer: placed.layer,
            base: head.base.map(|base| base.id),
            ours: head.id,
            theirs: below.head.id,
            state: override_state(opened.kind, base, ours.content.value(), Some(below_document)),
            edits: compared(opened, head, below)?.edits,
            deferred: false,
            author: self.author.clone(),
            at: self.clock.now(),
        })
    }
}

/// The override that a review is about: the customization, or else what is published, unless a tombstone covers it.
fn overriding<'o>(opened: &'o Opened<'_>) -> Result<&'o Placed, ArtifactsError> {
    let Resolution::Found(resolved) = opened.resolution() else { return Err(ArtifactsError::NotFound) };
    if !resolved.layer.overrides() {
        return Err(ArtifactsError::NotFound);
    }
    opened.at(resolved.layer).ok_or(ArtifactsError::NotFound)
}

/// The override's version and what lies below it.
fn both<'o>(opened: &'o Opened<'_>, placed: &'o Placed) -> Result<(&'o Head, Lower<'o>), ArtifactsError> {
    let head = placed.what.head().ok_or(ArtifactsError::NotFound)?;
    let below = opened.below(placed.layer).ok_or(ArtifactsError::NothingToReview)?;
    Ok((head, below))
}

fn base_content<'o>(opened: &'o Opened<'_>, head: &Head) -> Result<Option<&'o Value>, ArtifactsError> {
    let base = head.base.map(|base| opened.document(base.id)).transpose()?;
    Ok(base.map(|document| document.content.value()))
}

fn compared<'o>(
    opened: &'o Opened<'_>,
    head: &Head,
    below: Lower<'_>,
) -> Result<ThreeWay<'o>, ArtifactsError> {
    static NOTHING: LazyLock<Value> = LazyLock::new(|| Value::Object(Map::new()));
    let base = base_content(opened, head)?.unwrap_or(&NOTHING);
    let (ours, theirs) = (opened.document(head.id)?, opened.document(below.head.id)?);
    Ok(three_way(base, ours.content.value(), theirs.content.value(), opened.kind.merge_keys()))
}
