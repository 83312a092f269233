//! In `wpp`, a template of its own that was saved from a project, and a project that was made from one of the platform's.

use chrono::TimeDelta;
use guildhall_core::{Clock as _, PageRequest, SystemClock};
use guildhall_kernel::{CreateProject, Kernel, KernelError, ProjectQuery, Request, SaveTemplate, ShelfQuery};
use guildhall_orchestration::Gating;

use super::{acting, parsed};

const SAVED_FROM: &str = "Spring campaign";
const SAVED_AS: &str = "Seasonal campaign";
const MADE_FROM: &str = "guildhall.base:campaign-launch";
const MADE_AS: &str = "Winter campaign";

pub(super) async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    let workspace = acting::workspace(kernel, "wpp").await?;
    let request = acting::request(kernel, &workspace, "internal@wpp.test").await?;
    save(kernel, &request).await?;
    make(kernel, &request).await
}

async fn save(kernel: &Kernel, request: &Request) -> Result<(), KernelError> {
    let words = SAVED_AS.split(' ').map(ToOwned::to_owned).collect();
    let query = ShelfQuery { words, category: None };
    if !kernel.list_templates(request, &query, &PageRequest::default()).await?.items.is_empty() {
        return Ok(());
    }
    let Some(from) = project(kernel, request, SAVED_FROM).await? else { return Ok(()) };
    let command = SaveTemplate {
        name: parsed(SAVED_AS)?,
        description: Some(parsed("What we do for each season, as it was in spring.")?),
        category: Some(parsed("Campaign")?),
    };
    kernel.save_as_template(request, from, command).await.map(drop)
}

async fn make(kernel: &Kernel, request: &Request) -> Result<(), KernelError> {
    if project(kernel, request, MADE_AS).await?.is_some() {
        return Ok(());
    }
    let today = SystemClock.now().date_naive();
    let command = CreateProject {
        name: parsed(MADE_AS)?,
        description: Some(parsed("Begun from the platform's own template.")?),
        node_id: None,
        start_date: Some(today),
        due_date: today.checked_add_signed(TimeDelta::days(70)),
        gating: Gating::Advisory,
    };
    kernel.create_project_from(request, command, &parsed(MADE_FROM)?, None).await.map(drop)
}

async fn project(
    kernel: &Kernel,
    request: &Request,
    name: &str,
) -> Result<Option<guildhall_core::ProjectId>, KernelError> {
    let query = ProjectQuery { q: Some(parsed(name)?), ..ProjectQuery::default() };
    let found = kernel.list_projects(request, query, &PageRequest::default()).await?.items;
    Ok(found.first().map(|shown| shown.project.id))
}
