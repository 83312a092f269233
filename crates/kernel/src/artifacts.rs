//! What is shared and overridden.

mod below;
mod drafts;
mod find;
mod history;
mod kinds;
mod known;
mod list;
mod publish;
mod remove;
mod review;
mod write;

use guildhall_artifacts::{ArtifactChange, Artifacts, Author, Kind, KindName, Seen};
use guildhall_core::PermissionCode;
use serde::Serialize;

pub use drafts::DraftShown;
pub use find::{ArtifactShown, LayersShown};
pub use history::{AuthorShown, RecordedShown};
pub use kinds::KindShown;
pub(crate) use known::{KnownArtifacts, Question, Reply};
pub use list::ListedShown;
pub use review::ReviewShown;
pub use write::ArtifactWritten;

use crate::{
    Event, Kernel, KernelError, Request,
    event::{actor_kind, origin},
    followed::FollowedRules,
    work::Work,
};

impl Kernel {
    /// The use cases of artifacts in the work's space, with its caller as author.
    pub(crate) fn artifacts<'a>(&'a self, work: &'a Work<'_>) -> Artifacts<'a> {
        let from = origin(work.caller());
        let author = Author {
            kind: actor_kind(work.caller().principal()).to_owned(),
            id: work.caller().principal().uuid(),
            way_in: from.way_in,
            workspace: from.workspace_id,
        };
        let artifacts = Artifacts::new(&**work, &self.settings().kinds, self.clock(), self.ids(), author);
        artifacts.held_to(Box::new(FollowedRules::default()))
    }

    /// The kind of that name.
    pub(crate) fn kind(&self, name: &KindName) -> Result<&Kind, KernelError> {
        self.settings().kinds.find(name).ok_or(KernelError::NotFound)
    }
}

impl Work<'_> {
    /// The kind, which the caller may read.
    pub(crate) fn authorize_reading<'k>(&'k self, name: &KindName) -> Result<&'k Kind, KernelError> {
        let kind = self.kernel().kind(name)?;
        self.authorize_workspace(kind.read())?;
        Ok(kind)
    }

    /// The kind, which the caller may write.
    pub(crate) fn authorize_writing<'k>(&'k self, name: &KindName) -> Result<&'k Kind, KernelError> {
        let kind = self.kernel().kind(name)?;
        self.authorize_workspace(kind.write())?;
        Ok(kind)
    }

    /// What the caller may do with artifacts of a kind.
    pub(crate) fn codes_on_kind(&self, kind: &Kind) -> Vec<PermissionCode> {
        let mut codes = vec![kind.read().clone(), kind.write().clone()];
        codes.dedup();
        codes.retain(|code| self.may(code, self.view().root()));
        codes
    }
}

/// What the log says about a change of an artifact. The contents stand in its versions.
#[derive(Serialize)]
struct Told {
    layer: &'static str,
    version: Option<String>,
}

/// What the caller has seen of what he changes. Like everywhere, one who names no version takes any.
fn seen(request: &Request) -> Seen {
    request.if_match.map_or(Seen::Anything, Seen::Version)
}

/// The event of a change.
pub(crate) fn event(kind: &'static str, change: &ArtifactChange) -> Event {
    let told = |version: Option<guildhall_core::ArtifactVersionId>| Told {
        layer: change.layer.as_str(),
        version: version.map(|id| id.to_string()),
    };
    Event::new(kind, change.key.id(), change.key.to_string())
        .changing(&told(change.before), &told(change.after))
}
