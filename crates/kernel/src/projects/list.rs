//! Listing projects.

use std::collections::BTreeMap;

use guildhall_authz::Permission;
use guildhall_core::{Name, NodeId, Page, PageRequest, ProjectId};
use guildhall_orchestration::{
    MemberProject, Outline, Project, ProjectFilter, ProjectOrder, ProjectRole, ProjectState,
};
use guildhall_tenancy::Tree;

use crate::{Kernel, KernelError, ProjectShown, Request, code, work::Work};

/// Which projects are asked for, and in which order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectQuery {
    /// Only those whose name contains this.
    pub q: Option<Name>,
    /// Only those linked to this node or to one below it.
    pub node_id: Option<NodeId>,
    /// Only those in this state.
    pub state: Option<ProjectState>,
    /// Only those in which the caller himself has this role.
    pub role: Option<ProjectRole>,
    /// Only those that the caller himself is a member of.
    pub mine: bool,
    /// The order of the list.
    pub order: ProjectOrder,
}

impl Kernel {
    /// A page of the projects that the caller may read.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the workspace is not there for the caller.
    pub async fn list_projects(
        &self,
        request: &Request,
        query: ProjectQuery,
        page: &PageRequest,
    ) -> Result<Page<ProjectShown>, KernelError> {
        let work = self.read(request).await?;
        if query.mine {
            return list_mine(&work, query, page).await;
        }
        let roles = own_roles(&work).await?;
        let filter = ProjectFilter {
            ids: readable(&work, &roles, query.role).await?,
            node_ids: branch(&work, query.node_id).await?,
            q: query.q,
            state: query.state,
            order: query.order,
        };
        let found = work.projects().list(&filter, page).await?;
        let ids: Vec<ProjectId> = found.items.iter().map(|project| project.id).collect();
        let outlines = work.phases().list_outlines(&ids).await?;
        let seen = work.nodes_seen_by(work.principal());
        let known = |node: Option<NodeId>| node.filter(|node| seen.of(*node).is_some());
        Ok(found.map(|project| ProjectShown {
            progress: outlines.get(&project.id).map(Outline::progress).unwrap_or_default(),
            current_phase: outlines.get(&project.id).and_then(Outline::current).map(|phase| phase.id),
            role: roles.get(&project.id).copied(),
            permissions: work.codes_on(project.account_id),
            project: Project { node_id: known(project.node_id), ..project },
        }))
    }
}

/// The caller's own projects, with what he is in each, in one statement: members read their projects.
async fn list_mine(
    work: &Work<'_>,
    query: ProjectQuery,
    page: &PageRequest,
) -> Result<Page<ProjectShown>, KernelError> {
    let Some(user) = work.caller().user() else { return Ok(Page { items: Vec::new(), next: None }) };
    let node_ids = branch(work, query.node_id).await?;
    let filter = ProjectFilter { ids: None, node_ids, q: query.q, state: query.state, order: query.order };
    let found = work.projects().list_by_member(user, query.role, &filter, page).await?;
    let seen = work.nodes_seen_by(work.principal());
    let known = |node: Option<NodeId>| node.filter(|node| seen.of(*node).is_some());
    Ok(found.map(|MemberProject { project, role, progress, current_phase }| ProjectShown {
        progress,
        current_phase,
        role: Some(role),
        permissions: work.codes_on(project.account_id),
        project: Project { node_id: known(project.node_id), ..project },
    }))
}

/// What the caller is in the projects that he is a member of.
async fn own_roles(work: &Work<'_>) -> Result<BTreeMap<ProjectId, ProjectRole>, KernelError> {
    let Some(user) = work.caller().user() else { return Ok(BTreeMap::new()) };
    let memberships = work.project_members().list_by_user(user).await?;
    Ok(memberships.into_iter().map(|member| (member.project_id, member.role)).collect())
}

/// The projects that the caller may read, with that role of his own; `None` for all of the workspace.
async fn readable(
    work: &Work<'_>,
    roles: &BTreeMap<ProjectId, ProjectRole>,
    role: Option<ProjectRole>,
) -> Result<Option<Vec<ProjectId>>, KernelError> {
    let has_role = |id: &ProjectId| role.is_none_or(|role| roles.get(id) == Some(&role));
    Ok(match work.readable_projects().await? {
        None => role.map(|_| roles.keys().copied().filter(has_role).collect()),
        Some(ids) => Some(ids.into_iter().filter(has_role).collect()),
    })
}

impl Work<'_> {
    /// The projects that the caller may read; `None` for all of the workspace.
    pub(crate) async fn readable_projects(&self) -> Result<Option<Vec<ProjectId>>, KernelError> {
        if self.may(&code::PROJECT_READ, self.organisation()?) {
            return Ok(None);
        }
        let permission = Permission::platform(code::PROJECT_READ);
        let accounts = self.view().snapshot.accounts_where(self.principal(), &permission, self.now());
        let projects = self.projects().list_accounts().await?.into_iter();
        let readable = projects.filter(|one| accounts.contains(&one.account_id));
        Ok(Some(readable.map(|one| one.project_id).collect()))
    }
}

/// The node and those below it that the caller sees; nothing to somebody who does not know of the node, as where there is none.
async fn branch(work: &Work<'_>, node: Option<NodeId>) -> Result<Option<Vec<NodeId>>, KernelError> {
    let Some(node) = node else { return Ok(None) };
    let seen = work.nodes_seen_by(work.principal());
    if seen.of(node).is_none() {
        return Ok(Some(Vec::new()));
    }
    let tree = Tree::new(work.hierarchy().list().await?);
    let below = tree.descendants(Some(node)).into_iter().map(|below| below.id);
    Ok(Some(below.chain([node]).filter(|node| seen.of(*node).is_some()).collect()))
}
