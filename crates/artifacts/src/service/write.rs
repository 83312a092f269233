//! Writing an artifact: in a workspace a copy of what is inherited, which nobody else sees.

use super::{Artifacts, NewVersion, Opened, open::expect};
use crate::{
    Act, ArtifactChange, ArtifactsError, Base, Content, Head, Layer, Lower, Origin, OverrideFault, Pattern,
    Resolution, Resolved, Seen, What, WriteArtifact, check_locks, check_override,
};

impl Artifacts<'_> {
    /// Writes an artifact by hand. Answers what changed: nothing, where the content is what is there already. What would be
    /// there without an override makes none.
    ///
    /// # Errors
    /// [`ArtifactsError::PreconditionRequired`] and [`ArtifactsError::Stale`] where there is something that the writer
    /// should have seen; [`ArtifactsError::Invalid`] for what its kind refuses; [`ArtifactsError::NotOverridable`] and
    /// [`ArtifactsError::FieldLocked`] for what may not be changed here; [`ArtifactsError::Hidden`];
    /// [`ArtifactsError::NotFound`] for a package's artifact that is not there.
    pub async fn write(&self, command: WriteArtifact) -> Result<Option<ArtifactChange>, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let content = self.checked(opened.kind, &opened.key, command.content.clone())?;
        match opened.resolution() {
            Resolution::Hidden(_) => Err(ArtifactsError::Hidden),
            Resolution::Absent => self.create(&opened, content, command).await,
            Resolution::Found(resolved) => {
                expect(command.seen, resolved.row_version())?;
                let written = if opened.space.id.is_system() {
                    self.rewrite(&opened, &resolved, content, command.locked).await?
                } else {
                    self.customize(&opened, &resolved, content, command.locked).await?
                };
                let same = written.is_none() && command.secrets;
                if same && resolved.layer == Layer::by_hand(opened.space.id) {
                    let what = What::Live(resolved.head.clone());
                    return self.put(&opened, resolved.layer, what, Act::Written).await.map(Some);
                }
                Ok(written)
            }
        }
    }

    async fn create(
        &self,
        opened: &Opened<'_>,
        content: Content,
        command: WriteArtifact,
    ) -> Result<Option<ArtifactChange>, ArtifactsError> {
        if command.seen != Seen::Nothing {
            return Err(ArtifactsError::Stale);
        }
        if command.key.name.package.is_some() {
            return Err(ArtifactsError::NotFound);
        }
        let layer = Layer::by_hand(opened.space.id);
        let locked = lockable(opened, command.locked)?.unwrap_or_default();
        let new = NewVersion { content, locked, base: None, origin: Origin::Customize };
        self.place(opened, layer, new, Act::Written).await.map(Some)
    }

    /// Puts a new version in the place of System's own.
    async fn rewrite(
        &self,
        opened: &Opened<'_>,
        resolved: &Resolved<'_>,
        content: Content,
        locked: Option<Vec<Pattern>>,
    ) -> Result<Option<ArtifactChange>, ArtifactsError> {
        if opened.key.name.package.is_some() {
            return Err(ArtifactsError::NotOverridable(
                "it belongs to a package; deploy another version of that",
            ));
        }
        let before = opened.document(resolved.head.id)?;
        let locked = locked.unwrap_or_else(|| before.locked.clone());
        if before.content == content && before.locked == locked {
            return Ok(None);
        }
        let new = NewVersion { content, locked, base: None, origin: Origin::Customize };
        self.place(opened, resolved.layer, new, Act::Written).await.map(Some)
    }

    /// Puts a version of the workspace's own over what it inherits, or in place of its own one, which keeps its base.
    async fn customize(
        &self,
        opened: &Opened<'_>,
        resolved: &Resolved<'_>,
        content: Content,
        locked: Option<Vec<Pattern>>,
    ) -> Result<Option<ArtifactChange>, ArtifactsError> {
        lockable(opened, locked)?;
        let present = opened.document(resolved.head.id)?;
        if present.content == content {
            return Ok(None);
        }
        let base = if resolved.layer == Layer::Customization {
            resolved.head.base
        } else {
            Some(self.base(opened, resolved.layer, resolved.head).await?)
        };
        check_against(opened, resolved, base, &content)?;
        let below = match resolved.below {
            Some(below) if resolved.layer == Layer::Customization => Some(opened.document(below.head.id)?),
            _ => None,
        };
        if below.is_some_and(|below| below.content == content) {
            let gone = What::Gone { last: Some(resolved.head.clone()) };
            return self.put(opened, Layer::Customization, gone, Act::Reverted).await.map(Some);
        }
        let new = NewVersion { content, locked: Vec::new(), base, origin: Origin::Customize };
        self.place(opened, Layer::Customization, new, Act::Written).await.map(Some)
    }

    /// What an override made now from a version names as its base. A document that is no artifact is copied, so that it can
    /// be compared with later.
    pub(super) async fn base(
        &self,
        opened: &Opened<'_>,
        layer: Layer,
        head: &Head,
    ) -> Result<Base, ArtifactsError> {
        if !self.bases.contains_key(&opened.key) || layer != Layer::System {
            return Ok(opened.base_of(layer, head));
        }
        let document = opened.document(head.id)?;
        let new = NewVersion {
            content: document.content.clone(),
            locked: document.locked.clone(),
            base: None,
            origin: Origin::Base,
        };
        let copy = self.version(opened.kind, &opened.key, opened.generation, new);
        self.store.artifact_versions().insert(std::slice::from_ref(&copy)).await?;
        Ok(Base { space: opened.space.id, id: copy.id, hash: head.hash })
    }

    /// The same for what lies below an override.
    pub(super) async fn base_below(
        &self,
        opened: &Opened<'_>,
        below: Lower<'_>,
    ) -> Result<Base, ArtifactsError> {
        self.base(opened, below.layer, below.head).await
    }
}

/// Refuses what the kind, what the override was made from, or what lies below it now does not let change.
fn check_against(
    opened: &Opened<'_>,
    resolved: &Resolved<'_>,
    base: Option<Base>,
    content: &Content,
) -> Result<(), ArtifactsError> {
    let from = match (base, resolved.layer) {
        (_, layer) if layer != Layer::Customization => Some(opened.document(resolved.head.id)?),
        (Some(base), _) => Some(opened.document(base.id)?),
        // It was made from nothing, which locked nothing.
        (None, _) => None,
    };
    if let Some(from) = from {
        check_override(opened.kind, &from.locked, from.content.value(), content.value()).map_err(refused)?;
    }
    let Some(below) = resolved.below.filter(|_| resolved.layer == Layer::Customization) else {
        return Ok(());
    };
    let (before, below) = (opened.document(resolved.head.id)?, opened.document(below.head.id)?);
    check_locks(opened.kind, &below.locked, before.content.value(), content.value()).map_err(refused)
}

pub(super) fn refused(fault: OverrideFault) -> ArtifactsError {
    match fault {
        OverrideFault::NotOverridable => ArtifactsError::NotOverridable("nothing of it may be overridden"),
        OverrideFault::Locked(faults) => ArtifactsError::FieldLocked { faults },
    }
}

/// Locks are set where artifacts are shared from.
fn lockable(
    opened: &Opened<'_>,
    locked: Option<Vec<Pattern>>,
) -> Result<Option<Vec<Pattern>>, ArtifactsError> {
    if locked.is_some() && !opened.space.id.is_system() {
        return Err(ArtifactsError::NotOverridable("only the System space locks fields: leave `locked` out"));
    }
    Ok(locked)
}
