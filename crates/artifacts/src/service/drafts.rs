//! Preparing what a workspace publishes.

use guildhall_core::RowVersion;

use super::{Artifacts, open::expect, publish::is_published};
use crate::{
    ArtifactKey, ArtifactsError, Content, Draft, DraftAct, Kind, Layer, SaveDraft, Seen,
    secrets::secret_faults,
};

/// How many drafts a workspace has at most: a set that is published is checked and written at once.
const MOST: usize = 200;

impl Artifacts<'_> {
    /// All drafts of the workspace, by key.
    ///
    /// # Errors
    /// [`ArtifactsError::Store`].
    pub async fn list_drafts(&self) -> Result<Vec<Draft>, ArtifactsError> {
        Ok(self.store.artifact_drafts().list().await?)
    }

    /// The draft at a key.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`]; [`ArtifactsError::UnknownKind`].
    pub async fn find_draft(&self, key: &ArtifactKey) -> Result<Draft, ArtifactsError> {
        self.kind(key)?;
        self.store.artifact_drafts().find(key).await?.ok_or(ArtifactsError::NotFound)
    }

    /// Saves a draft, a new one or in place of the one that is there. Its content is held to its kind when it is published,
    /// not before: a draft may be half done.
    ///
    /// # Errors
    /// [`ArtifactsError::NotInSystem`]; [`ArtifactsError::PreconditionRequired`] and [`ArtifactsError::Stale`] where there
    /// is a draft that the writer should have seen; [`ArtifactsError::Invalid`] for a content that is no JSON object within
    /// bounds, or one beside an act that takes none; [`ArtifactsError::NotFound`] for a package's artifact that is not there.
    pub async fn save_draft(&self, command: SaveDraft) -> Result<Draft, ArtifactsError> {
        let opened = self.open(&command.key).await?;
        if opened.space.id.is_system() {
            return Err(ArtifactsError::NotInSystem);
        }
        let before = self.store.artifact_drafts().find(&command.key).await?;
        match &before {
            Some(before) => expect(command.seen, before.version)?,
            None if command.seen != Seen::Nothing => return Err(ArtifactsError::Stale),
            None => {}
        }
        if before.is_none() && self.store.artifact_drafts().list().await?.len() >= MOST {
            return Err(ArtifactsError::TooManyDrafts(MOST));
        }
        let content = content_of(opened.kind, &command)?;
        let lowest = opened.below(Layer::Customization);
        if lowest.is_none() && opened.key.name.package.is_some() && !is_published(&opened) {
            return Err(ArtifactsError::NotFound);
        }
        let base = match &before {
            Some(before) => before.base,
            None => match lowest {
                Some(below) => Some(self.base_below(&opened, below).await?),
                None => None,
            },
        };
        let draft = Draft {
            key: command.key,
            act: command.act,
            content,
            base,
            published_at: match &before {
                Some(before) => before.published_at,
                None => opened.at(Layer::Published).map_or(0, |placed| placed.generation),
            },
            version: RowVersion::new(opened.generation),
            author: self.author.clone(),
            at: self.clock.now(),
        };
        self.store.artifact_drafts().replace(&draft).await?;
        Ok(draft)
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`ArtifactsError::NotFound`]; [`ArtifactsError::PreconditionRequired`]; [`ArtifactsError::Stale`].
    pub async fn delete_draft(&self, key: &ArtifactKey, seen: Seen) -> Result<Draft, ArtifactsError> {
        self.store.artifact_spaces().raise().await?;
        let draft = self.find_draft(key).await?;
        expect(seen, draft.version)?;
        self.store.artifact_drafts().delete(key).await?;
        Ok(draft)
    }
}

fn content_of(kind: &Kind, command: &SaveDraft) -> Result<Option<Content>, ArtifactsError> {
    let secrets = command.content.as_ref().map_or(Vec::new(), |content| secret_faults(kind, content));
    if !secrets.is_empty() {
        return Err(ArtifactsError::Invalid { faults: secrets });
    }
    let wrong = |detail| ArtifactsError::Invalid { faults: vec![guildhall_core::Fault::new("", detail)] };
    match (command.act, &command.content) {
        (DraftAct::Publish, Some(content)) => {
            Ok(Some(Content::new(content.clone()).map_err(|faults| ArtifactsError::Invalid { faults })?))
        }
        (DraftAct::Publish, None) => Err(wrong("is missing: a draft that publishes has a content")),
        (DraftAct::Withdraw | DraftAct::Hide, None) => Ok(None),
        (DraftAct::Withdraw | DraftAct::Hide, Some(_)) => {
            Err(wrong("only a draft that publishes has a content"))
        }
    }
}
