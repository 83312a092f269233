//! Projects saved as templates and made from them; view presets.

mod applications;
mod limits;
mod packages;
mod presets;
mod projects;
mod shelf;
mod upgrades;

use guildhall_artifacts::ArtifactName;
use guildhall_core::{NodeId, PageRequest, ProjectId};
use guildhall_kernel::{CanvasQuery, CreateProject, KernelError, Request, SaveTemplate, ShelfQuery};
use guildhall_orchestration::{BoardPhase, Gating, Template};
use serde_json::{Value, json};

use crate::{
    followed::key,
    support::{World, parsed},
};

/// A template's content: two phases, an item with two tasks, from three days before the start to the twentieth after it.
pub fn launch() -> Value {
    json!({ "name": "Launch", "description": "For small campaigns", "category": "Campaign", "gating": "STRICT", "phases": [
        { "key": "plan", "name": "Plan", "objective": "Agree", "deliverables": "A plan", "start_day": -3, "due_day": 4, "items": [
            { "key": "brief", "kind": "ACTIVITY", "name": "Write the brief", "description": "One page", "due_day": 2,
              "link": "https://example.test/brief", "tasks": [
                { "key": "ask", "title": "Ask the client", "description": "By phone", "due_day": 1 },
                { "key": "draft", "title": "Draft" }
            ] },
            { "key": "review", "kind": "ACTIVITY", "name": "Review it" }
        ] },
        { "key": "air", "name": "On air", "start_day": 5, "due_day": 20 }
    ] })
}

fn project(name: &str, start: Option<&str>, node_id: Option<NodeId>) -> CreateProject {
    CreateProject {
        name: parsed(name),
        description: None,
        node_id,
        start_date: start.map(parsed),
        due_date: None,
        gating: Gating::Advisory,
    }
}

fn save(name: &str) -> SaveTemplate {
    SaveTemplate { name: parsed(name), description: None, category: Some(parsed("Ours")) }
}

fn named(name: &str) -> ArtifactName {
    parsed(name)
}

/// What a refusal answers in one word.
fn word<T>(result: Result<T, KernelError>) -> &'static str {
    use guildhall_artifacts::ArtifactsError;
    match result {
        Ok(_) => "done",
        Err(KernelError::NotFound | KernelError::Artifacts(ArtifactsError::NotFound)) => "not found",
        Err(KernelError::Forbidden(_)) => "forbidden",
        Err(KernelError::Stale | KernelError::Artifacts(ArtifactsError::Stale)) => "stale",
        Err(KernelError::Disabled) => "disabled",
        Err(KernelError::TemplateUnusable { .. }) => "unusable",
        Err(KernelError::Artifacts(ArtifactsError::Invalid { .. })) => "invalid",
        Err(KernelError::Orchestration(_)) => "refused",
        Err(other) => panic!("{other}"),
    }
}

impl World {
    /// System ships a template.
    async fn ship_template(&self, path: &str, content: Value) {
        self.put(&self.ask_in_system(), key("workflow_template", path), content).await.unwrap();
    }

    async fn make(
        &self,
        ask: &Request,
        command: CreateProject,
        template: &str,
    ) -> Result<ProjectId, KernelError> {
        let made = self.kernel.create_project_from(ask, command, &named(template), None).await?;
        Ok(made.into_inner().project.id)
    }

    async fn board(&self, project: ProjectId) -> Vec<BoardPhase> {
        let admin = self.ask(&self.admin);
        self.kernel.read_canvas(&admin, project, &CanvasQuery::Everything).await.unwrap().phases
    }

    async fn template(&self, ask: &Request, id: &str) -> Template {
        Template::clone(&self.kernel.find_template(ask, &named(id)).await.unwrap().template)
    }

    /// The ids of the templates that somebody finds by these words.
    async fn found(&self, ask: &Request, words: &str) -> Vec<String> {
        let words = words.split_whitespace().map(ToOwned::to_owned).collect();
        let query = ShelfQuery { words, category: None };
        let page = self.kernel.list_templates(ask, &query, &PageRequest::default()).await.unwrap();
        page.items.iter().map(|shown| shown.listed.key.name.to_string()).collect()
    }
}
