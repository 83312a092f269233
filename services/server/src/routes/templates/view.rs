//! A template on the wire.

use guildhall_artifacts::ArtifactName;
use guildhall_core::{Name, PermissionCode, Text};
use guildhall_kernel::TemplateShown;
use guildhall_orchestration::{Gating, TemplateCounts, TemplatePhase};
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::artifacts::StandingView;

/// A template, without what is in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TemplateRow {
    /// Its id: the name of the artifact that it is, which stays when it is customized, upgraded or renamed.
    id: ArtifactName,
    /// What it is called.
    name: Name,
    /// What it is for.
    description: Option<Text>,
    /// What sort of work it is for.
    category: Option<Name>,
    /// Whether projects that are made from it hold people to the order of their phases; `null` where it does not say.
    gating: Option<Gating>,
    /// How much there is in it.
    counts: TemplateCountsView,
    /// How many days it takes, from the project's start, or the earliest day before that, to the last day, both counted; `null`
    /// where it names no days.
    duration_days: Option<u32>,
    /// Where it comes from, and how it stands with that.
    #[serde(flatten)]
    standing: StandingView,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

/// How much there is in a template.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TemplateCountsView {
    /// Phases.
    phases: usize,
    /// Items in all phases.
    items: usize,
    /// Tasks in all items.
    tasks: usize,
}

/// A template, with all that is in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TemplateView {
    /// All that a list shows of it.
    #[serde(flatten)]
    row: TemplateRow,
    /// The phases, in order, with their items and the items' tasks. A field without a value is left out.
    phases: Vec<TemplatePhase>,
}

impl From<TemplateShown> for TemplateRow {
    fn from(shown: TemplateShown) -> Self {
        let TemplateShown { listed, template, permissions } = shown;
        let TemplateCounts { phases, items, tasks } = template.counts();
        Self {
            id: listed.key.name.clone(),
            name: template.name.clone(),
            description: template.description.clone(),
            category: template.category.clone(),
            gating: template.gating,
            counts: TemplateCountsView { phases, items, tasks },
            duration_days: template.duration_days(),
            standing: StandingView::from(listed),
            permissions,
        }
    }
}

impl From<TemplateShown> for TemplateView {
    fn from(shown: TemplateShown) -> Self {
        let phases = shown.template.phases.clone();
        Self { row: TemplateRow::from(shown), phases }
    }
}
