//! Whether a document may be the content of an artifact.

use guildhall_core::Fault;
use serde_json::Value;

use super::Artifacts;
use crate::{
    ArtifactKey, ArtifactsError, Content, Kind, Package, PackageArtifact, check_merge_keys, package::Faults,
    secrets::secret_faults,
};

/// What the contents of some artifacts must keep to besides their kind's schema: what only those know who follow them.
pub trait ContentRules: Send + Sync {
    /// Everything that is wrong with a content that its kind's schema accepts.
    fn check(&self, key: &ArtifactKey, content: &Value) -> Vec<Fault>;
}

impl Artifacts<'_> {
    /// The same, where contents must keep to more than their kinds' schemas.
    #[must_use]
    pub fn held_to(self, rules: Box<dyn ContentRules>) -> Self {
        Self { rules: Some(rules), ..self }
    }

    /// The content, where it is one of the kind.
    pub(super) fn checked(
        &self,
        kind: &Kind,
        key: &ArtifactKey,
        document: Value,
    ) -> Result<Content, ArtifactsError> {
        let content = Content::new(document).map_err(|faults| ArtifactsError::Invalid { faults })?;
        let mut faults = secret_faults(kind, content.value());
        faults.extend(kind.check(content.value()));
        faults.extend(check_merge_keys(content.value(), kind.merge_keys()));
        if faults.is_empty()
            && let Some(rules) = &self.rules
        {
            faults.extend(rules.check(key, content.value()));
        }
        if faults.is_empty() { Ok(content) } else { Err(ArtifactsError::Invalid { faults }) }
    }

    /// Holds a package's contents, which their kinds' schemas accept, to the same rules.
    pub(super) fn check_package(&self, package: &Package) -> Result<(), ArtifactsError> {
        let Some(rules) = &self.rules else { return Ok(()) };
        let mut faults = Faults::default();
        for PackageArtifact { key, content, .. } in &package.artifacts {
            let file = format!("artifacts/{}/{}.json", key.kind, key.name.path);
            faults.add_all(&file, "/content", rules.check(key, content.value()));
        }
        faults.or(Some(())).map_err(|faults| ArtifactsError::InvalidPackage { faults })
    }
}
