//! Artifacts that the platform itself follows: it looks for each at one name, and has words of its own where there is none.

mod menu;
mod rules;
mod settings;

use std::sync::Arc;

use guildhall_artifacts::{ArtifactKey, ArtifactName, Artifacts, ArtifactsError, Author, Found, Space};
use uuid::Uuid;

pub(crate) use rules::FollowedRules;

use crate::{
    Kernel, KernelError, UnitOfWork,
    artifacts::{Question, Reply},
    mail::LetterKind,
};

/// The package that comes with the platform.
const BASE_PACKAGE: &str = "guildhall.base";

/// The name of what a space has one of.
const DEFAULT: &str = "default";

/// What the platform follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Followed {
    /// How the shell and launched products look.
    Theme,
    /// The shell's menu.
    Navigation,
    /// What a letter says.
    Letter(LetterKind),
    /// The fields of the Canvas that are shown where nobody has chosen.
    View,
    /// A value.
    Setting(&'static str),
}

impl Followed {
    const fn kind(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Navigation => "navigation",
            Self::Letter(_) => "notification_template",
            Self::View => "view_preset",
            Self::Setting(_) => "setting",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Theme | Self::Navigation => DEFAULT,
            Self::View => "everything",
            Self::Letter(letter) => letter.path(),
            Self::Setting(name) => name,
        }
    }

    /// Where it is looked for: at the name in the space's own namespace, and then in the base package.
    fn keys(self) -> Result<[ArtifactKey; 2], KernelError> {
        let misspelled = |_| KernelError::Internal(format!("`{}/{}` is no key", self.kind(), self.path()));
        let kind = self.kind().parse().map_err(misspelled)?;
        let own = ArtifactName { package: None, path: self.path().parse().map_err(misspelled)? };
        let base = ArtifactName { package: Some(BASE_PACKAGE.parse().map_err(misspelled)?), ..own.clone() };
        Ok([own, base].map(|name| ArtifactKey { kind: Clone::clone(&kind), name }))
    }
}

impl Kernel {
    /// What a space follows: the first of the two names at which there is something; `None` where there is nothing, or what
    /// is there is disabled. What this node knows is not asked for again while nothing has changed.
    pub(crate) async fn followed(
        &self,
        unit: &dyn UnitOfWork,
        space: &Space,
        what: Followed,
    ) -> Result<Option<Arc<Found>>, KernelError> {
        let keys = what.keys()?;
        let [own, _] = &keys;
        let question = Question::Followed(own.clone());
        match self.known_artifacts().find(space.id, &question, space.generations) {
            Some(Reply::One(found)) => return Ok(enabled(found)),
            Some(Reply::Nothing) => return Ok(None),
            Some(Reply::Page(_) | Reply::Overlays(_) | Reply::Shelf(..)) | None => {}
        }
        let mut first = None;
        for key in &keys {
            first = first_of(self.reading(unit).find(key).await.map(|(_, found)| found))?;
            if first.is_some() {
                break;
            }
        }
        let reply = first.clone().map_or(Reply::Nothing, Reply::One);
        self.known_artifacts().keep(space.id, question, space.generations, reply);
        Ok(first.and_then(enabled))
    }

    /// The same as System has it, whatever the space of the unit makes of it: for what is about the platform itself.
    pub(crate) async fn followed_by_system(
        &self,
        unit: &dyn UnitOfWork,
        what: Followed,
    ) -> Result<Option<Arc<Found>>, KernelError> {
        for key in &what.keys()? {
            if let Some(found) = first_of(self.reading(unit).find_shared(key).await)? {
                return Ok(enabled(found));
            }
        }
        Ok(None)
    }

    /// The use cases of artifacts for what is read on nobody's behalf, so that they have no author.
    fn reading<'a>(&'a self, unit: &'a dyn UnitOfWork) -> Artifacts<'a> {
        let nobody = Author { kind: String::new(), id: Uuid::nil(), way_in: String::new(), workspace: None };
        Artifacts::new(unit, &self.settings().kinds, self.clock(), self.ids(), nobody)
    }
}

/// What was found. A kind that an embedder has left out has no artifacts.
fn first_of(found: Result<Found, ArtifactsError>) -> Result<Option<Arc<Found>>, KernelError> {
    match found {
        Ok(found) => Ok(Some(Arc::new(found))),
        Err(ArtifactsError::NotFound | ArtifactsError::UnknownKind(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn enabled(found: Arc<Found>) -> Option<Arc<Found>> {
    found.head.enabled.then_some(found)
}
