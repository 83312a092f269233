//! What people choose from: the artifacts of a kind that may be used in a space, each as what it says.

use std::{any::Any, sync::Arc};

use guildhall_artifacts::{
    ArtifactKey, ArtifactName, ArtifactPath, Found, Generations, KindName, ListQuery, Listed, Seen,
    WriteArtifact,
};
use guildhall_core::{ArtifactVersionId, Name, Page, PageRequest};
use guildhall_orchestration::{Template, ViewPreset, slug};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    Begun, Kernel, KernelError, Request,
    artifacts::{Question, Reply, event},
    paging::page_of,
    work::Work,
};

/// How many contents are read by one statement.
const DOCUMENTS_AT_ONCE: usize = 100;

/// How long a path is that is made from a name.
const LONGEST_PATH: usize = 100;

/// What the artifacts of one kind say.
pub(crate) trait Shelved: DeserializeOwned + Send + Sync + 'static {
    /// The kind.
    const KIND: &'static str;
    /// What it is called.
    fn name(&self) -> &Name;
    /// What sort of thing it is, among those of its kind.
    fn category(&self) -> Option<&Name>;
    /// Everything that it is found by, in lower case.
    fn folded(&self) -> String;
}

impl Shelved for Template {
    const KIND: &'static str = "workflow_template";

    fn name(&self) -> &Name {
        &self.name
    }

    fn category(&self) -> Option<&Name> {
        self.category.as_ref()
    }

    fn folded(&self) -> String {
        self.words().map(|words| words.to_lowercase() + "\n").collect()
    }
}

impl Shelved for ViewPreset {
    const KIND: &'static str = "view_preset";

    fn name(&self) -> &Name {
        &self.name
    }

    fn category(&self) -> Option<&Name> {
        None
    }

    fn folded(&self) -> String {
        let description = self.description.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}\n{description}", self.name).to_lowercase()
    }
}

/// One thing to choose, and what stands around it.
pub(crate) struct OnShelf<T> {
    pub(crate) listed: Listed,
    pub(crate) document: Arc<T>,
    folded: String,
}

/// Which things are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShelfQuery {
    /// Words, each of which must stand in its name, description or category, or in the name of anything in it; in whatever case.
    pub words: Vec<String>,
    /// Only those of this category, in whatever case.
    pub category: Option<Name>,
}

/// The name of a kind.
pub(crate) fn kind_of<T: Shelved>() -> Result<KindName, KernelError> {
    T::KIND.parse().map_err(|_| KernelError::Internal(format!("`{}` is no kind", T::KIND)))
}

/// The key of an artifact of a kind.
pub(crate) fn key_of<T: Shelved>(name: &ArtifactName) -> Result<ArtifactKey, KernelError> {
    Ok(ArtifactKey { kind: kind_of::<T>()?, name: name.clone() })
}

/// What an artifact says. One that says what this version of the platform does not understand is not there.
pub(crate) fn read_as<T: Shelved>(found: &Found) -> Result<Arc<T>, KernelError> {
    let read = serde_json::from_value(found.document.content.value().clone());
    read.map(Arc::new).map_err(|_| KernelError::NotFound)
}

impl Kernel {
    /// A page of what may be used here, by name. What is hidden or disabled is left out.
    pub(crate) async fn list_shelf<T: Shelved>(
        &self,
        work: &Work<'_>,
        query: &ShelfQuery,
        page: &PageRequest,
    ) -> Result<Page<(Listed, Arc<T>)>, KernelError> {
        let words: Vec<String> = query.words.iter().map(|word| word.to_lowercase()).collect();
        let category = query.category.as_ref().map(|category| category.as_str().to_lowercase());
        let wanted = |one: &&OnShelf<T>| {
            let of = || one.document.category().map(|category| category.as_str().to_lowercase());
            words.iter().all(|word| one.folded.contains(word)) && (category.is_none() || category == of())
        };
        let all = self.shelf::<T>(work).await?;
        let found = all.iter().filter(wanted).collect();
        let position = |one: &&OnShelf<T>| {
            format!("{}\0{}", one.document.name().as_str().to_lowercase(), one.listed.key.name)
        };
        Ok(page_of(found, page, position).map(|one| (one.listed.clone(), one.document.clone())))
    }

    /// All of it, from what this node knows where nothing has changed since.
    async fn shelf<T: Shelved>(&self, work: &Work<'_>) -> Result<Arc<Vec<OnShelf<T>>>, KernelError> {
        let kind = kind_of::<T>()?;
        let question = Question::Shelf(kind.clone());
        if let Some(Reply::Shelf(shelf, _)) = self.still_known(work, &question).await?
            && let Ok(shelf) = shelf.downcast::<Vec<OnShelf<T>>>()
        {
            return Ok(shelf);
        }
        let (at, shelf, bytes) = self.read_shelf::<T>(work, &kind).await?;
        let shelf = Arc::new(shelf);
        let reply = Reply::Shelf(Arc::clone(&shelf) as Arc<dyn Any + Send + Sync>, bytes);
        self.known_artifacts().keep(work.space()?, question, at, reply);
        Ok(shelf)
    }

    async fn read_shelf<T: Shelved>(
        &self,
        work: &Work<'_>,
        kind: &KindName,
    ) -> Result<(Generations, Vec<OnShelf<T>>, usize), KernelError> {
        let query = ListQuery { kind: kind.clone(), words: Vec::new(), hidden: false };
        let mut page = PageRequest { limit: PageRequest::MAX_LIMIT, after: None };
        let (mut first, mut shelf, mut bytes) = (None, Vec::new(), 0);
        loop {
            let (at, listed) = self.artifacts(work).list(&query, &page).await?;
            let at = *first.get_or_insert(at);
            for some in listed.items.chunks(DOCUMENTS_AT_ONCE) {
                let usable = || some.iter().filter_map(|one| Some((one, enabled(one)?)));
                let ids: Vec<_> = usable().map(|(_, id)| id).collect();
                let documents = work.artifact_versions().list_documents(&ids).await?;
                for (listed, id) in usable() {
                    let Some(document) = documents.get(&id) else { continue };
                    bytes += document.content.text().len();
                    let read = serde_json::from_value::<T>(document.content.value().clone());
                    shelf.extend(read.ok().map(|document| OnShelf {
                        listed: listed.clone(),
                        folded: document.folded(),
                        document: Arc::new(document),
                    }));
                }
            }
            page.after = listed.next;
            if page.after.is_none() {
                return Ok((at, shelf, bytes));
            }
        }
    }

    /// Changes some fields of what an artifact says, and leaves the others byte for byte. Of something inherited that makes a
    /// version of the space's own.
    pub(crate) async fn change_document(
        &self,
        request: &Request,
        key: &ArtifactKey,
        change: impl FnOnce(&mut Map<String, Value>) -> Result<(), KernelError> + Send,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin(request).await? else { return Ok(()) };
        work.authorize_writing(&key.kind)?;
        let found = self.resolve_artifact(&work, key).await?;
        request.expect_version(found.version)?;
        let mut content = found.document.content.value().clone();
        if let Value::Object(fields) = &mut content {
            change(fields)?;
        }
        let seen = Seen::Version(found.version);
        let command = WriteArtifact { key: key.clone(), content, locked: None, seen, secrets: false };
        match self.artifacts(&work).write(command).await? {
            Some(change) => work.finish(event("artifact.written", &change)).await,
            None => Ok(()),
        }
    }

    /// Writes an artifact that is new in the space, at a path that is made from its name. Answers where, and its version.
    pub(crate) async fn shelve<T: Shelved>(
        &self,
        work: &Work<'_>,
        name: &Name,
        content: Value,
    ) -> Result<guildhall_artifacts::ArtifactChange, KernelError> {
        let key = self.free_key::<T>(work, name).await?;
        let command = WriteArtifact { key, content, locked: None, seen: Seen::Nothing, secrets: false };
        let change = self.artifacts(work).write(command).await?;
        change.ok_or_else(|| KernelError::Internal("what was written was there already".to_owned()))
    }

    /// A key at which nothing ever stood here or in System. Locks the space, so that nobody takes it meanwhile.
    async fn free_key<T: Shelved>(&self, work: &Work<'_>, name: &Name) -> Result<ArtifactKey, KernelError> {
        work.artifact_spaces().find_locked().await?;
        let made = Some(slug(name.as_str(), LONGEST_PATH)).filter(|slug| !slug.is_empty());
        let made = made.unwrap_or_else(|| T::KIND.replace('_', "-"));
        let mut path = made.clone();
        loop {
            let misspelled = |_| KernelError::Internal(format!("`{path}` is no path"));
            let parsed: ArtifactPath = path.parse().map_err(misspelled)?;
            let key = key_of::<T>(&ArtifactName { package: None, path: parsed })?;
            if work.artifacts().find(&key).await?.1.placed.is_empty() {
                return Ok(key);
            }
            let id = self.ids().uuid().simple().to_string();
            path = format!("{made}-{}", id.get(20..).unwrap_or(&id));
        }
    }

    /// The name of an artifact that an earlier request with the same key made, by its version.
    pub(crate) async fn name_of_version(
        &self,
        request: &Request,
        id: uuid::Uuid,
    ) -> Result<ArtifactName, KernelError> {
        let work = self.read(request).await?;
        let version = work.artifact_versions().find(ArtifactVersionId::new(id)).await?;
        Ok(version.ok_or(KernelError::NotFound)?.key.name)
    }
}

fn enabled(listed: &Listed) -> Option<ArtifactVersionId> {
    listed.head.as_ref().filter(|head| head.enabled).map(|head| head.id)
}

/// What a list says of one artifact.
pub(crate) fn listed(found: &Found) -> Listed {
    Listed {
        key: found.key.clone(),
        layer: found.layer,
        head: Some(found.head.clone()),
        inherited: found.inherited,
        overridden: found.overridden,
        hidden: false,
        state: found.state,
        version: found.version,
    }
}

/// Puts a field in place, or takes it away.
pub(crate) fn put(
    fields: &mut Map<String, Value>,
    name: &str,
    value: Option<impl serde::Serialize>,
) -> Result<(), KernelError> {
    match value {
        Some(value) => {
            let value = serde_json::to_value(value);
            fields.insert(name.to_owned(), value.map_err(|error| KernelError::Internal(error.to_string()))?);
        }
        None => drop(fields.remove(name)),
    }
    Ok(())
}
