//! Changing a template.

use std::collections::BTreeSet;

use guildhall_artifacts::{ArtifactName, ArtifactsError};
use guildhall_core::{Fault, Name, Text};
use guildhall_orchestration::{Gating, Template, TemplatePhase};

use super::show::find;
use crate::{
    Kernel, KernelError, Request, TemplateShown, code,
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
    /// [`KernelError::Artifacts`] for what its kind refuses, or is locked, and for products that are not to be had here.
    pub async fn update_template(
        &self,
        request: &Request,
        name: &ArtifactName,
        patch: TemplatePatch,
    ) -> Result<TemplateShown, KernelError> {
        if let Some(phases) = &patch.phases {
            self.expect_products(request, name, phases).await?;
        }
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

    /// Refuses phases whose items name products by ids that say nothing here, but for those that the template names already:
    /// what is offered no more can be offered again.
    async fn expect_products(
        &self,
        request: &Request,
        name: &ArtifactName,
        phases: &[TemplatePhase],
    ) -> Result<(), KernelError> {
        let work = self.read(request).await?;
        let present = find(&work, name).await?;
        work.authorize_workspace(&code::TEMPLATE_WRITE)?;
        let named =
            present.template.applications().map(|(_, _, used)| (used.product_id, used.product_version_id));
        let mut known: BTreeSet<_> = named.collect();
        for version in work.usable_versions().await? {
            known.insert((Some(version.product_id), Some(version.id)));
            known.insert((Some(version.product_id), None));
        }
        let mut faults = Vec::new();
        for (nth, phase) in phases.iter().enumerate() {
            for (index, item) in phase.items.iter().enumerate() {
                let Some(used) = &item.application else { continue };
                if used.product_id.is_some() && !known.contains(&(used.product_id, used.product_version_id)) {
                    let place = format!("/phases/{nth}/items/{index}/application");
                    let detail = "names no published version of a product that is available here";
                    faults.push(Fault::new(place, detail));
                }
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(ArtifactsError::Invalid { faults }.into()) }
    }
}
