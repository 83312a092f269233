//! Writing an artifact.

use guildhall_artifacts::{
    ArtifactKey, ArtifactsError, Pattern, Secrets, Seen, WriteArtifact, check_secrets, split_secrets,
};
use serde_json::Value;

use super::{ArtifactShown, event};
use crate::{Begun, Event, Kernel, KernelError, Outcome, Request, work::Work};

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
    /// What stands at the kind's secret places is sealed and kept apart: no answer shows it, and nobody inherits it. Left out it
    /// stays, `null` takes it away.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] where the caller may not write the kind; [`KernelError::Artifacts`] for what the artifact
    /// refuses.
    pub async fn write_artifact(
        &self,
        request: &Request,
        key: ArtifactKey,
        mut content: Value,
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
        let kind = work.authorize_writing(&key.kind)?;
        let secrets = split_secrets(kind, &mut content);
        let faults = if secrets.is_empty() { Vec::new() } else { check_secrets(kind, &content, &secrets) };
        if !faults.is_empty() {
            return Err(ArtifactsError::Invalid { faults }.into());
        }
        let command = WriteArtifact { key: key.clone(), content, locked, seen, secrets: !secrets.is_empty() };
        let change = self.artifacts_to_change(&work, &key).await?.write(command).await?;
        work.keep_secrets(&key, &secrets).await?;
        let created = change.as_ref().is_some_and(|change| change.before.is_none());
        match &change {
            Some(change) => work.finish(event("artifact.written", change)).await?,
            None if secrets.is_empty() => drop(work),
            None => work.finish(Event::new("artifact.secrets_changed", key.id(), key.to_string())).await?,
        }
        Ok(Outcome::Done(ArtifactWritten { shown: self.find_artifact(request, &key).await?, created }))
    }
}

impl Work<'_> {
    /// Seals what was written to secret places, each for its place alone.
    async fn keep_secrets(&self, key: &ArtifactKey, secrets: &Secrets) -> Result<(), KernelError> {
        let master = &self.kernel().settings().master_key;
        for (pointer, value) in secrets {
            let purpose = format!("artifact_secret {} {key} {pointer}", self.space()?);
            let sealed =
                value.as_ref().map(|value| master.seal(value.to_string().as_bytes(), purpose.as_bytes()));
            self.artifact_secrets().replace(key, pointer, sealed.transpose()?).await?;
        }
        Ok(())
    }
}
