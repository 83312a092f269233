//! Changing a template.

use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, Text};
use guildhall_orchestration::{Gating, Template, TemplatePhase};

use crate::{
    Kernel, KernelError, Request, TemplateShown,
    shelf::{key_of, put},
};

/// Changes to a template.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TemplatePatch {
    /// What it is called.
    pub name: Option<Name>,
    /// What it is for.
    pub description: Option<Option<Text>>,
    /// What sort of work it is for.
    pub category: Option<Option<Name>>,
    /// Whether projects that are made from it hold people to the order of their phases.
    pub gating: Option<Option<Gating>>,
    /// Its phases, all of them.
    pub phases: Option<Vec<TemplatePhase>>,
}

impl Kernel {
    /// Changes a template for this space; of an inherited one that makes a version of the space's own.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `TEMPLATE_WRITE`; [`KernelError::NotFound`]; [`KernelError::Stale`];
    /// [`KernelError::Artifacts`] for what its kind refuses, or is locked.
    pub async fn update_template(
        &self,
        request: &Request,
        name: &ArtifactName,
        patch: TemplatePatch,
    ) -> Result<TemplateShown, KernelError> {
        let change = |content: &mut serde_json::Map<_, _>| {
            if let Some(name) = patch.name {
                put(content, "name", Some(name))?;
            }
            if let Some(description) = patch.description {
                put(content, "description", description)?;
            }
            if let Some(category) = patch.category {
                put(content, "category", category)?;
            }
            if let Some(gating) = patch.gating {
                put(content, "gating", gating)?;
            }
            if let Some(phases) = patch.phases {
                put(content, "phases", Some(phases))?;
            }
            Ok(())
        };
        self.change_document(request, &key_of::<Template>(name)?, change).await?;
        self.find_template(request, name).await
    }
}
