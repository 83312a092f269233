//! A draft on the wire.

use chrono::{DateTime, Utc};
use guildhall_artifacts::{ArtifactName, Content, Draft, DraftAct, KindName};
use guildhall_core::{ArtifactVersionId, PermissionCode};
use guildhall_kernel::DraftShown;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::AuthorView;

/// A change of what the workspace publishes, not yet made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DraftView {
    /// What sort of thing it is a draft of.
    kind: KindName,
    /// What that is called.
    path: ArtifactName,
    /// What publishing the draft does.
    act: DraftAct,
    /// The content to be published; `null` where nothing is.
    #[schema(value_type = Option<Object>)]
    content: Option<Value>,
    /// The version that it was made from.
    base_id: Option<ArtifactVersionId>,
    /// Who saved it last.
    author: AuthorView,
    /// When.
    updated_at: DateTime<Utc>,
    /// What a change of it sends as `If-Match`.
    etag: String,
    /// What the reader may do with it.
    permissions: Vec<PermissionCode>,
}

impl From<DraftShown> for DraftView {
    fn from(shown: DraftShown) -> Self {
        let DraftShown { draft, author, permissions } = shown;
        let Draft { key, act, content, base, published_at: _, version, author: _, at } = draft;
        Self {
            kind: key.kind,
            path: key.name,
            act,
            content: content.map(Content::into_value),
            base_id: base.map(|base| base.id),
            author: author.into(),
            updated_at: at,
            etag: format!("\"{}\"", version.number()),
            permissions,
        }
    }
}
