//! Projects and their members, in memory.

use std::{cmp::Ordering, collections::BTreeMap};

use async_trait::async_trait;
use guildhall_core::{Page, PageRequest, ProjectId, StoreError, UserId};

use super::{MemoryStore, insert, replace};
use crate::{
    CardCounts, MemberProject, Outline, PhaseRepository as _, Project, ProjectAccount, ProjectFilter,
    ProjectKey, ProjectMember, ProjectMemberRepository, ProjectOrder, ProjectRepository, ProjectRole,
};

#[async_trait]
impl ProjectRepository for MemoryStore {
    async fn find(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        Ok(self.rows().projects.get(&id).cloned())
    }

    async fn find_for_update(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        ProjectRepository::find(self, id).await
    }

    async fn list(&self, filter: &ProjectFilter, page: &PageRequest) -> Result<Page<Project>, StoreError> {
        let mut held: Vec<Project> =
            self.rows().projects.values().filter(|project| holds(filter, project)).cloned().collect();
        held.sort_by(|one, other| in_order(filter.order, one, other));
        let end =
            page.after.as_ref().and_then(|after| held.iter().position(|one| one.id.to_string() == *after));
        let mut items = held.split_off(end.map_or(0, |end| end + 1));
        let has_more = items.len() > page.limit;
        items.truncate(page.limit);
        let next = items.last().filter(|_| has_more).map(|project| project.id.to_string());
        Ok(Page { items, next })
    }

    async fn list_by_member(
        &self,
        user_id: UserId,
        role: Option<ProjectRole>,
        filter: &ProjectFilter,
        page: &PageRequest,
    ) -> Result<Page<MemberProject>, StoreError> {
        let mine: BTreeMap<ProjectId, ProjectRole> = self
            .rows()
            .members
            .values()
            .filter(|member| member.user_id == user_id && role.is_none_or(|role| role == member.role))
            .map(|member| (member.project_id, member.role))
            .collect();
        let ids = mine.keys().copied().collect();
        let found =
            ProjectRepository::list(self, &ProjectFilter { ids: Some(ids), ..filter.clone() }, page).await?;
        let listed: Vec<ProjectId> = found.items.iter().map(|project| project.id).collect();
        let outlines = self.list_outlines(&listed).await?;
        Ok(found.map(|project| MemberProject {
            role: mine.get(&project.id).copied().unwrap_or(ProjectRole::Viewer),
            progress: outlines.get(&project.id).map(Outline::progress).unwrap_or_default(),
            current_phase: outlines.get(&project.id).and_then(Outline::current).map(|phase| phase.id),
            project,
        }))
    }

    async fn list_by_ids(&self, ids: &[ProjectId]) -> Result<Vec<Project>, StoreError> {
        Ok(self.rows().projects.values().filter(|project| ids.contains(&project.id)).cloned().collect())
    }

    async fn list_accounts(&self) -> Result<Vec<ProjectAccount>, StoreError> {
        let account = |project: &Project| ProjectAccount {
            project_id: project.id,
            account_id: project.account_id,
            node_id: project.node_id,
            state: project.state,
            archived_with: project.archived_with,
        };
        Ok(self.rows().projects.values().map(account).collect())
    }

    async fn count_cards(&self, id: ProjectId) -> Result<CardCounts, StoreError> {
        let rows = self.rows();
        Ok(CardCounts {
            phases: rows.phases.values().filter(|phase| phase.project_id == id).count(),
            items: rows.items.values().filter(|item| item.project_id == id).count(),
            tasks: rows.tasks.values().filter(|task| task.project_id == id).count(),
        })
    }

    async fn insert(&self, project: &Project) -> Result<(), StoreError> {
        insert(&mut self.rows().projects, project.id, project)
    }

    async fn update(&self, project: &Project) -> Result<(), StoreError> {
        let mut rows = self.rows();
        let stored = rows.projects.get_mut(&project.id).ok_or(StoreError::Stale)?;
        if stored.version != project.version {
            return Err(StoreError::Stale);
        }
        let board_version = stored.board_version;
        *stored = Project { version: project.version.next(), board_version, ..project.clone() };
        Ok(())
    }

    async fn delete(&self, project: &Project) -> Result<(), StoreError> {
        let mut rows = self.rows();
        rows.tasks.retain(|_, task| task.project_id != project.id);
        rows.items.retain(|_, item| item.project_id != project.id);
        rows.phases.retain(|_, phase| phase.project_id != project.id);
        rows.members.retain(|_, member| member.project_id != project.id);
        rows.projects.remove(&project.id).map(drop).ok_or(StoreError::Stale)
    }

    async fn update_board_version(&self, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let mut rows = self.rows();
        let Some(stored) = rows.projects.get_mut(&id) else { return Ok(None) };
        stored.board_version = stored.board_version.next();
        Ok(Some(stored.clone()))
    }
}

fn in_order(order: ProjectOrder, one: &Project, other: &Project) -> Ordering {
    let undated = |project: &Project| project.due_date.is_none();
    let by_key = match order.by {
        ProjectKey::CreatedAt => Ordering::Equal,
        ProjectKey::Name => {
            one.name.as_str().to_ascii_lowercase().cmp(&other.name.as_str().to_ascii_lowercase())
        }
        ProjectKey::DueDate => one.due_date.cmp(&other.due_date),
    };
    let ascending = by_key.then(one.id.cmp(&other.id));
    let directed = if order.descending { ascending.reverse() } else { ascending };
    match order.by {
        ProjectKey::DueDate => undated(one).cmp(&undated(other)).then(directed),
        ProjectKey::CreatedAt | ProjectKey::Name => directed,
    }
}

fn holds(filter: &ProjectFilter, project: &Project) -> bool {
    let ids = filter.ids.as_ref().is_none_or(|ids| ids.contains(&project.id));
    let words = filter.q.as_ref().is_none_or(|q| {
        project.name.as_str().to_ascii_lowercase().contains(&q.as_str().to_ascii_lowercase())
    });
    let nodes =
        filter.node_ids.as_ref().is_none_or(|ids| project.node_id.is_some_and(|node| ids.contains(&node)));
    ids && words && nodes && filter.state.is_none_or(|state| state == project.state)
}

#[async_trait]
impl ProjectMemberRepository for MemoryStore {
    async fn find(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<Option<ProjectMember>, StoreError> {
        Ok(self.rows().members.get(&(project_id, user_id)).cloned())
    }

    async fn list(&self) -> Result<Vec<ProjectMember>, StoreError> {
        Ok(self.rows().members.values().cloned().collect())
    }

    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<ProjectMember>, StoreError> {
        Ok(self.rows().members.values().filter(|member| member.project_id == project_id).cloned().collect())
    }

    async fn list_by_user(&self, user_id: UserId) -> Result<Vec<ProjectMember>, StoreError> {
        Ok(self.rows().members.values().filter(|member| member.user_id == user_id).cloned().collect())
    }

    async fn insert(&self, member: &ProjectMember) -> Result<(), StoreError> {
        insert(&mut self.rows().members, (member.project_id, member.user_id), member)
    }

    async fn update(&self, member: &ProjectMember) -> Result<(), StoreError> {
        replace(&mut self.rows().members, &(member.project_id, member.user_id), member)
    }

    async fn delete(&self, project_id: ProjectId, user_id: UserId) -> Result<(), StoreError> {
        self.rows().members.remove(&(project_id, user_id));
        Ok(())
    }
}
