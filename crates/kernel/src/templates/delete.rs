//! Deleting a template.

use guildhall_artifacts::ArtifactName;
use guildhall_orchestration::Template;

use crate::{Kernel, KernelError, Request, shelf::key_of};

impl Kernel {
    /// Deletes a template for this space: what is inherited is hidden, what is the space's own is gone.
    ///
    /// # Errors
    /// Those of [`Self::delete_artifact`].
    pub async fn delete_template(&self, request: &Request, name: &ArtifactName) -> Result<(), KernelError> {
        self.delete_artifact(request, key_of::<Template>(name)?).await
    }
}
