//! Taking an artifact away, and bringing it back.

use super::{Artifacts, Opened, open::expect};
use crate::{
    Act, ArtifactChange, ArtifactsError, Layer, Placed, Resolution, TouchArtifact, What, row_version,
};

impl Artifacts<'_> {
    /// Deletes an artifact for this space: what is inherited is hidden, what is its own is gone.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`]; [`ArtifactsError::PreconditionRequired`]; [`ArtifactsError::Stale`];
    /// [`ArtifactsError::NotOverridable`] for a package's artifact in System.
    pub async fn delete(&self, command: TouchArtifact) -> Result<ArtifactChange, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let Resolution::Found(resolved) = opened.resolution() else { return Err(ArtifactsError::NotFound) };
        expect(command.seen, resolved.row_version())?;
        let layer = Layer::by_hand(opened.space.id);
        if layer == Layer::System && opened.key.name.package.is_some() {
            return Err(ArtifactsError::NotOverridable("it belongs to a package; undeploy that"));
        }
        let own = (resolved.layer == layer).then(|| resolved.head.clone());
        let (what, act) = if own.is_some() && resolved.below.is_none() {
            (What::Gone { last: own }, Act::Removed)
        } else {
            (What::Hidden { covers: own }, Act::Hidden)
        };
        self.put(&opened, layer, what, act).await
    }

    /// Makes what was hidden by hand visible again, as it was: an override comes back too.
    ///
    /// # Errors
    /// [`ArtifactsError::NotHidden`]; [`ArtifactsError::NotFound`] where there is none, or it is hidden by what is published;
    /// [`ArtifactsError::NothingBelow`] where nothing would come up;
    /// [`ArtifactsError::PreconditionRequired`]; [`ArtifactsError::Stale`].
    pub async fn restore(&self, command: TouchArtifact) -> Result<ArtifactChange, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let layer = Layer::by_hand(opened.space.id);
        let Some(Placed { what: What::Hidden { covers }, generation, .. }) = opened.at(layer) else {
            return Err(match opened.resolution() {
                Resolution::Found(_) => ArtifactsError::NotHidden,
                Resolution::Hidden(_) | Resolution::Absent => ArtifactsError::NotFound,
            });
        };
        expect(command.seen, row_version(layer, *generation))?;
        let what = match covers {
            Some(head) => What::Live(head.clone()),
            None if opened.below(layer).is_none() => return Err(ArtifactsError::NothingBelow),
            None => What::Gone { last: None },
        };
        self.put(&opened, layer, what, Act::Restored).await
    }

    /// Takes a workspace's customization away, so that what lies below comes up. It can be brought back.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where nothing is customized; [`ArtifactsError::NothingBelow`];
    /// [`ArtifactsError::PreconditionRequired`]; [`ArtifactsError::Stale`].
    pub async fn revert(&self, command: TouchArtifact) -> Result<ArtifactChange, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let placed = customization(&opened)?;
        expect(command.seen, row_version(placed.layer, placed.generation))?;
        self.take_away(&opened, placed, Act::Reverted).await
    }

    /// Takes a customization away where something lies below.
    pub(super) async fn take_away(
        &self,
        opened: &Opened<'_>,
        placed: &Placed,
        act: Act,
    ) -> Result<ArtifactChange, ArtifactsError> {
        if opened.below(placed.layer).is_none() {
            return Err(ArtifactsError::NothingBelow);
        }
        let last = placed.what.head().cloned();
        self.put(opened, placed.layer, What::Gone { last }, act).await
    }

    /// Brings the customization back that was taken away last.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`] where the artifact is not there; [`ArtifactsError::NothingToReapply`];
    /// [`ArtifactsError::PreconditionRequired`]; [`ArtifactsError::Stale`].
    pub async fn reapply(&self, command: TouchArtifact) -> Result<ArtifactChange, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        let Resolution::Found(resolved) = opened.resolution() else { return Err(ArtifactsError::NotFound) };
        expect(command.seen, resolved.row_version())?;
        let last = match opened.at(Layer::Customization).map(|placed| &placed.what) {
            Some(What::Gone { last: Some(last) }) => last.clone(),
            _ => return Err(ArtifactsError::NothingToReapply),
        };
        self.put(&opened, Layer::Customization, What::Live(last), Act::Reapplied).await
    }
}

/// What stands in the customization layer, a version or a tombstone.
fn customization<'o>(opened: &'o Opened<'_>) -> Result<&'o Placed, ArtifactsError> {
    let placed = opened.at(Layer::Customization).ok_or(ArtifactsError::NotFound)?;
    match placed.what {
        What::Gone { .. } => Err(ArtifactsError::NotFound),
        What::Live(_) | What::Hidden { .. } => Ok(placed),
    }
}
