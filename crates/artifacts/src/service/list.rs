//! Lists of artifacts: one row for each key, the one that wins.

use std::collections::BTreeSet;

use guildhall_core::{ArtifactVersionId, Page, PageRequest, RowVersion};

use super::{
    Artifacts,
    open::{compared, known_state, state},
};
use crate::{
    ArtifactKey, ArtifactName, ArtifactsError, Generations, Head, Kind, KindName, Layer, OverrideState,
    Placed, Resolution, Resolved, Space, Stretch, StretchQuery, resolve,
};

/// How many keys are looked through at a time where words are searched for.
const SEARCHED_AT_ONCE: usize = 1_000;

/// Which artifacts of a kind are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListQuery {
    /// The kind.
    pub kind: KindName,
    /// Words that the title or the path must contain, each of them, in whatever case.
    pub words: Vec<String>,
    /// Whether what the space has hidden is asked for, and nothing else.
    pub hidden: bool,
}

/// One row of a resolved list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What it is called.
    pub key: ArtifactKey,
    /// The layer that it stands in.
    pub layer: Layer,
    /// The version; for what is hidden by hand over something inherited, `None`.
    pub head: Option<Head>,
    /// Whether it comes from elsewhere.
    pub inherited: bool,
    /// Whether it stands over something.
    pub overridden: bool,
    /// Whether the space has hidden it.
    pub hidden: bool,
    /// How it stands with what lies below, where it is an override.
    pub state: Option<OverrideState>,
    /// The number that its entity tag carries.
    pub version: RowVersion,
}

impl Artifacts<'_> {
    /// A page of a kind's artifacts as the space sees them, by package and path, and the generations at which that holds. One
    /// statement; another one where overrides in the page have fallen behind.
    ///
    /// # Errors
    /// [`ArtifactsError::UnknownKind`].
    pub async fn list(
        &self,
        query: &ListQuery,
        page: &PageRequest,
    ) -> Result<(Generations, Page<Listed>), ArtifactsError> {
        let kind =
            self.kinds.find(&query.kind).ok_or_else(|| ArtifactsError::UnknownKind(query.kind.clone()))?;
        let words: Vec<String> = query.words.iter().map(|word| word.to_lowercase()).collect();
        let mut after = page.after.as_deref().and_then(|after| after.parse::<ArtifactName>().ok());
        let searches = query.hidden || !words.is_empty();
        let at_once = if searches { page.limit.max(SEARCHED_AT_ONCE) } else { page.limit + 1 };
        let mut chosen: Vec<(ArtifactName, Vec<Placed>)> = Vec::new();
        let mut at = None;
        let space = loop {
            let stretch = StretchQuery { kind: query.kind.clone(), after: after.take(), limit: at_once };
            let (space, Stretch { mut keys, more }) = self.store.artifacts().list(&stretch).await?;
            // What was read first says since when all of it holds.
            at.get_or_insert(space.generations);
            after = keys.last().map(|(name, _)| name.clone());
            keys.retain(|(name, placed)| wanted(name, placed, &space, query, &words));
            chosen.append(&mut keys);
            if chosen.len() > page.limit || !more || after.is_none() {
                break space;
            }
        };
        let more = chosen.len() > page.limit;
        chosen.truncate(page.limit);
        let next = chosen.last().filter(|_| more).map(|(name, _)| name.to_string());
        let items = self.rows(kind, chosen, &space).await?;
        Ok((at.unwrap_or(space.generations), Page { items, next }))
    }

    async fn rows(
        &self,
        kind: &Kind,
        chosen: Vec<(ArtifactName, Vec<Placed>)>,
        space: &Space,
    ) -> Result<Vec<Listed>, ArtifactsError> {
        let (mut rows, mut behind) = (Vec::with_capacity(chosen.len()), Vec::new());
        let (names, placed): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
        for (name, placed) in names.into_iter().zip(&placed) {
            let resolution = resolve(placed, name.package.as_ref(), space);
            let key = ArtifactKey { kind: kind.name().clone(), name };
            match resolution {
                Resolution::Found(resolved) => {
                    let row = row(key, &resolved);
                    if row.overridden && row.state.is_none() {
                        behind.push((rows.len(), resolved));
                    }
                    rows.push(row);
                }
                Resolution::Hidden(placed) => rows.push(hidden(key, placed)),
                Resolution::Absent => {}
            }
        }
        self.compare(kind, &mut rows, &behind).await?;
        Ok(rows)
    }

    /// Fills in how overrides stand that have fallen behind.
    async fn compare(
        &self,
        kind: &Kind,
        rows: &mut [Listed],
        behind: &[(usize, Resolved<'_>)],
    ) -> Result<(), ArtifactsError> {
        let ids: BTreeSet<ArtifactVersionId> =
            behind.iter().flat_map(|(_, resolved)| compared(resolved)).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = ids.into_iter().collect();
        let documents = self.store.artifact_versions().list_documents(&ids).await?;
        for (index, resolved) in behind {
            let Some(row) = rows.get_mut(*index) else { continue };
            row.state = state(kind, &row.key, &documents, resolved)?;
        }
        Ok(())
    }
}

pub(super) fn wanted(
    name: &ArtifactName,
    placed: &[Placed],
    space: &Space,
    query: &ListQuery,
    words: &[String],
) -> bool {
    let title = match resolve(placed, name.package.as_ref(), space) {
        Resolution::Found(resolved) if !query.hidden => &resolved.head.title,
        Resolution::Hidden(_) if query.hidden => "",
        _ => return false,
    };
    if words.is_empty() {
        return true;
    }
    let title = title.to_lowercase();
    words.iter().all(|word| title.contains(word) || name.path.as_str().contains(word))
}

pub(super) fn row(key: ArtifactKey, resolved: &Resolved<'_>) -> Listed {
    let overridden = resolved.is_override();
    Listed {
        key,
        layer: resolved.layer,
        head: Some(resolved.head.clone()),
        inherited: resolved.is_inherited(),
        overridden,
        hidden: false,
        state: if overridden { known_state(resolved.head, resolved.below) } else { None },
        version: resolved.row_version(),
    }
}

pub(super) fn hidden(key: ArtifactKey, placed: &Placed) -> Listed {
    Listed {
        key,
        layer: placed.layer,
        head: placed.what.head().cloned(),
        inherited: false,
        overridden: true,
        hidden: true,
        state: None,
        version: crate::row_version(placed.layer, placed.generation),
    }
}
