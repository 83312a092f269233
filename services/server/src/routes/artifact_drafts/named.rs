//! The drafts that a request names.

use std::collections::BTreeSet;

use guildhall_artifacts::{ArtifactKey, ArtifactName, KindName};
use serde::Deserialize;
use utoipa::ToSchema;

/// Some drafts, or all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftsPost {
    /// The drafts; absent, all whose kinds the caller may write.
    #[serde(default, deserialize_with = "crate::patch::present")]
    #[schema(value_type = Vec<DraftName>, required = false, min_items = 1, max_items = 1000)]
    items: Option<Vec<DraftName>>,
}

/// One draft by its name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftName {
    /// What sort of thing it is a draft of.
    kind: KindName,
    /// What that is called.
    path: ArtifactName,
}

impl DraftsPost {
    /// The keys; none stand for all.
    pub fn keys(self) -> BTreeSet<ArtifactKey> {
        let names = self.items.into_iter().flatten();
        names.map(|DraftName { kind, path }| ArtifactKey { kind, name: path }).collect()
    }
}
