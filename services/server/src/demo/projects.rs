//! The demo's projects in `wpp`, at different stages of work. Its internal user owns them.

mod content;

use chrono::TimeDelta;
use guildhall_core::{
    Clock as _, ItemId, NodeId, PageRequest, PhaseId, ProductVersionId, ProjectId, SystemClock,
};
use guildhall_kernel::{
    AddItem, AddProjectMember, Branch, CreateProject, Kernel, KernelError, NamedPerson, NewContent,
    NodeShown, ProjectQuery, Request, UseProduct,
};
use guildhall_orchestration::{
    CreatePhase, CreateTask, Gating, ItemPatch, Place, ProjectRole, Status, TaskPatch,
};

use self::content::{DemoContent, DemoItem, DemoPhase, DemoProject, PROJECTS};
use super::{acting, parsed};

pub(super) async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    let workspace = acting::workspace(kernel, "wpp").await?;
    for project in &PROJECTS {
        let request = acting::request(kernel, &workspace, "internal@wpp.test").await?;
        let query = ProjectQuery { q: Some(parsed(project.name)?), ..ProjectQuery::default() };
        if kernel.list_projects(&request, query, &PageRequest::default()).await?.items.is_empty() {
            create(kernel, &request, project).await?;
        }
    }
    Ok(())
}

async fn create(kernel: &Kernel, request: &Request, project: &DemoProject) -> Result<(), KernelError> {
    let command = CreateProject {
        name: parsed(project.name)?,
        description: Some(parsed(project.description)?),
        node_id: node(&kernel.read_hierarchy(request, false).await?, project.node),
        start_date: None,
        due_date: SystemClock.now().date_naive().checked_add_signed(TimeDelta::days(project.due_in)),
        gating: Gating::Advisory,
    };
    let id = kernel.create_project(request, command).await?.into_inner().project.id;
    for phase in project.phases {
        create_phase(kernel, request, id, phase).await?;
    }
    if let Some(email) = project.contributor {
        let named = NamedPerson::Email(parsed(email)?);
        let command = AddProjectMember { named, role: ProjectRole::Contributor, meta_roles: Vec::new() };
        kernel.add_project_member(request, id, command).await?;
    }
    if project.archived {
        kernel.archive_project(request, id).await?;
    }
    Ok(())
}

/// The node at the end of a path of names.
fn node(branches: &[Branch], path: &[&str]) -> Option<NodeId> {
    let (first, rest) = path.split_first()?;
    branches.iter().find_map(|branch| {
        let NodeShown::Whole { node: found, .. } = &branch.node else { return None };
        if found.name.as_str() != *first {
            return None;
        }
        if rest.is_empty() { Some(found.id) } else { node(&branch.children, rest) }
    })
}

async fn create_phase(
    kernel: &Kernel,
    request: &Request,
    project: ProjectId,
    phase: &DemoPhase,
) -> Result<(), KernelError> {
    let command = CreatePhase {
        name: parsed(phase.name)?,
        objective: Some(parsed(phase.objective)?),
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    let id = kernel.create_phase(request, project, command).await?.into_inner().phase.phase.id;
    for item in phase.items {
        create_item(kernel, request, project, id, item).await?;
    }
    Ok(())
}

async fn create_item(
    kernel: &Kernel,
    request: &Request,
    project: ProjectId,
    phase_id: PhaseId,
    item: &DemoItem,
) -> Result<(), KernelError> {
    let content = content(kernel, request, project, item).await?;
    let command = AddItem { phase_id, content, due_date: None, assignees: Vec::new(), place: Place::End };
    let id = kernel.add_item(request, project, command).await?.into_inner().item.item.id;
    if item.status != Status::ToDo {
        let patch = ItemPatch { status: Some(item.status), ..ItemPatch::default() };
        kernel.update_item(request, project, id, patch).await?;
    }
    for (title, status) in item.tasks {
        create_task(kernel, request, project, id, title, *status).await?;
    }
    Ok(())
}

async fn content(
    kernel: &Kernel,
    request: &Request,
    project: ProjectId,
    item: &DemoItem,
) -> Result<NewContent, KernelError> {
    let (name, description) = (parsed(item.name)?, None);
    Ok(match item.content {
        DemoContent::Activity => NewContent::Activity { name, description, link: None },
        DemoContent::Link(link) => NewContent::Activity { name, description, link: Some(parsed(link)?) },
        DemoContent::Product(slug) => {
            let product_version_id = version(kernel, request, project, slug).await?;
            let product = UseProduct { product_version_id, config: serde_json::Map::new() };
            NewContent::Application { name: Some(name), description, product }
        }
    })
}

async fn version(
    kernel: &Kernel,
    request: &Request,
    project: ProjectId,
    slug: &str,
) -> Result<ProductVersionId, KernelError> {
    let fitting = kernel.list_compatible_products(request, project, &PageRequest::default()).await?.items;
    let found = fitting.into_iter().find(|one| one.version.slug.as_str() == slug);
    let missing = || KernelError::Internal(format!("the demo has no product `{slug}`"));
    found.map(|one| one.version.id).ok_or_else(missing)
}

async fn create_task(
    kernel: &Kernel,
    request: &Request,
    project: ProjectId,
    item_id: ItemId,
    title: &str,
    status: Status,
) -> Result<(), KernelError> {
    let command = CreateTask {
        item_id,
        title: parsed(title)?,
        description: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    let id = kernel.create_task(request, project, command).await?.into_inner().task.id;
    if status != Status::ToDo {
        let patch = TaskPatch { status: Some(status), ..TaskPatch::default() };
        kernel.update_task(request, project, id, patch).await?;
    }
    Ok(())
}
