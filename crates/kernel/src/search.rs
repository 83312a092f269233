//! Searching a workspace: projects and what lies in them, and templates.

use std::collections::BTreeMap;

use guildhall_artifacts::{KindName, ListQuery};
use guildhall_core::{Name, Page, PageRequest, ProjectId, has_words, words};
use guildhall_orchestration::Searched;

use crate::{EntryFilter, FoundEntry, Kernel, KernelError, Request, code, work::Work};

/// The kind of artifact that a template is.
const TEMPLATE: &str = "workflow_template";
/// What a position among templates begins with; they come after all else.
const AMONG_TEMPLATES: &str = "t";

/// What is searched for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// The words, all of which must be there; of the last one the beginning.
    pub q: Name,
    /// Only this.
    pub only: Option<Searched>,
    /// Whether what is archived is found too.
    pub archived: bool,
}

/// Something that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundShown {
    /// What it is.
    pub kind: Searched,
    /// Its id; of a template its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The project that it is or lies in, with its name.
    pub project: Option<(ProjectId, Name)>,
    /// The item that a task is a part of.
    pub item_id: Option<guildhall_core::ItemId>,
}

impl Kernel {
    /// A page of what has the words and may be read by the caller: what has them in its name before the rest, the newest first in
    /// each; templates last, by their names.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the workspace is not there for the caller.
    pub async fn search(
        &self,
        request: &Request,
        query: &SearchQuery,
        page: &PageRequest,
    ) -> Result<Page<FoundShown>, KernelError> {
        let work = self.read(request).await?;
        let wanted = words(query.q.as_str());
        let among_templates = page.after.as_deref().and_then(|after| after.strip_prefix(AMONG_TEMPLATES));
        let mut found = match among_templates {
            None => work.search_entries(query, wanted.clone(), page).await?,
            Some(_) => Page { items: Vec::new(), next: None },
        };
        let takes_templates = query.only.is_none_or(|only| only == Searched::Template);
        if found.next.is_some() || !takes_templates || !work.may(&code::TEMPLATE_READ, work.view().root()) {
            return Ok(found);
        }
        drop(work);
        let after = among_templates.unwrap_or_default();
        let room = page.limit - found.items.len();
        let all = self.search_templates(request, &wanted).await?;
        let mut rest: Vec<_> = all.into_iter().filter(|one| one.id.as_str() > after).collect();
        if rest.len() > room {
            rest.truncate(room);
            let last = rest.last().map_or(after, |last| last.id.as_str());
            found.next = Some(format!("{AMONG_TEMPLATES}{last}"));
        }
        found.items.extend(rest);
        Ok(found)
    }

    /// The templates that may be used and whose title has the words, by their names. A workspace has few: they are looked
    /// through.
    async fn search_templates(
        &self,
        request: &Request,
        wanted: &[String],
    ) -> Result<Vec<FoundShown>, KernelError> {
        let kind: KindName = TEMPLATE.parse().map_err(|error| KernelError::Internal(format!("{error}")))?;
        let query = ListQuery { kind, words: Vec::new(), hidden: false };
        let mut page = PageRequest { limit: PageRequest::MAX_LIMIT, after: None };
        let mut found = Vec::new();
        loop {
            let listed = self.list_artifacts(request, query.clone(), &page).await?;
            for one in listed.items.into_iter().map(|one| one.listed) {
                let Some(head) = one.head.filter(|head| head.enabled) else { continue };
                if has_words(&head.title, wanted) {
                    found.push(FoundShown {
                        kind: Searched::Template,
                        id: one.key.name.to_string(),
                        title: head.title,
                        project: None,
                        item_id: None,
                    });
                }
            }
            page.after = listed.next;
            if page.after.is_none() {
                found.sort_by(|one, other| one.id.cmp(&other.id));
                return Ok(found);
            }
        }
    }
}

impl Work<'_> {
    async fn search_entries(
        &self,
        query: &SearchQuery,
        words: Vec<String>,
        page: &PageRequest,
    ) -> Result<Page<FoundShown>, KernelError> {
        let kinds: Vec<_> = Searched::ALL
            .iter()
            .copied()
            .filter(|kind| query.only.is_none_or(|only| only == *kind))
            .collect();
        if query.only == Some(Searched::Template) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let projects = self.readable_projects().await?;
        let filter = EntryFilter { words, kinds, projects, archived: query.archived };
        let found = self.search_index().list(&filter, page).await?;
        let mut ids: Vec<ProjectId> = found.items.iter().map(|one| one.project_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let projects = if ids.is_empty() { Vec::new() } else { self.projects().list_by_ids(&ids).await? };
        let names: BTreeMap<_, _> = projects.into_iter().map(|one| (one.id, one.name)).collect();
        Ok(found.map(|one| shown(one, &names)))
    }
}

fn shown(found: FoundEntry, names: &BTreeMap<ProjectId, Name>) -> FoundShown {
    let FoundEntry { kind, id, title, project_id, item_id } = found;
    let project = names.get(&project_id).map(|name| (project_id, name.clone()));
    FoundShown { kind, id: id.to_string(), title, project, item_id }
}
