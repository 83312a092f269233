//! Writing an artifact.

use guildhall_artifacts::{ArtifactKey, Pattern, Seen, WriteArtifact};
use serde_json::Value;

use super::{ArtifactShown, event};
use crate::{Begun, Kernel, KernelError, Outcome, Request};

/// An artifact after it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct ArtifactWritten {
    /// The artifact, as the writer's space sees it now.
    pub shown: ArtifactShown,
    /// Whether there was none before.
    pub created: bool,
}

impl Kernel {
    /// Writes an artifact: in System what every workspace inherits, in a workspace a version of its own, which nobody else
    /// sees.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] for what the artifact
    /// refuses.
    pub async fn write_artifact(
        &self,
        request: &Request,
        key: ArtifactKey,
        content: Value,
        locked: Option<Vec<Pattern>>,
        seen: Seen,
    ) -> Result<Outcome<ArtifactWritten>, KernelError> {
        let work = match self.begin(request).await? {
            Begun::Fresh(work) => work,
            Begun::Replay(_) => {
                let shown = self.find_artifact(request, &key).await?;
                return Ok(Outcome::Replayed(ArtifactWritten { shown, created: false }));
            }
        };
        work.authorize_writing(&key.kind)?;
        let command = WriteArtifact { key: key.clone(), content, locked, seen };
        let change = self.artifacts_to_change(&work, &key).await?.write(command).await?;
        let created = change.as_ref().is_some_and(|change| change.before.is_none());
        match &change {
            Some(change) => work.finish(event("artifact.written", change)).await?,
            None => drop(work),
        }
        Ok(Outcome::Done(ArtifactWritten { shown: self.find_artifact(request, &key).await?, created }))
    }
}
