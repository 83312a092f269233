//! Projects, their boards and their members.

mod canvas;
mod cards;
mod changes;
mod copies;
mod feed;
mod gating;
mod invited;
mod items;
mod members;
mod order;
mod phases;
mod projects;
mod rights;
mod statements;
mod tasks;
mod transfer;
mod work;

use guildhall_authz::Epochs;
use guildhall_core::{
    EventRecord, ItemId, Level, NodeId, PageRequest, PhaseId, ProductId, ProductVersionId, ProjectId,
    RowVersion, TaskId,
};
use guildhall_identity::User;
use guildhall_kernel::{
    ActivityQuery, AddItem, AddProjectMember, CreateProject, KernelError, NamedPerson, NewContent, NodeShown,
    Request, UseProduct,
};
use guildhall_orchestration::{CreatePhase, CreateTask, Gating, OrchestrationError, Place, ProjectRole};
use guildhall_products::{CreateProduct, CreateVersion, EntryKind, RoleDefinition};
use guildhall_tenancy::{NewNode, WorkspaceRole};

use crate::support::{World, parsed};

/// A project with one phase, one activity in it and one task: the internal user owns it, the external one contributes, a
/// third one looks on; a fourth one is a member of the workspace alone.
struct Team {
    world: World,
    project: ProjectId,
    phase: PhaseId,
    item: ItemId,
    task: TaskId,
    viewer: User,
    stranger: User,
}

impl Team {
    async fn new() -> Self {
        Self::on(World::new().await).await
    }

    async fn on(world: World) -> Self {
        let viewer = world.add_member("viewer@first.test", WorkspaceRole::Internal).await;
        let stranger = world.add_member("stranger@first.test", WorkspaceRole::Internal).await;
        let owner = world.ask(&world.internal);
        let project = world.kernel.create_project(&owner, project("Launch", None)).await.unwrap();
        let project = project.into_inner().project.id;
        let phase = world.kernel.create_phase(&owner, project, phase("Draft")).await.unwrap();
        let phase = phase.into_inner().phase.phase.id;
        let item = world.kernel.add_item(&owner, project, item(phase, activity("Write"))).await.unwrap();
        let item = item.into_inner().item.item.id;
        let task = world.kernel.create_task(&owner, project, task(item, "Think")).await.unwrap();
        let task = task.into_inner().task.id;
        let team = Self { world, project, phase, item, task, viewer, stranger };
        team.add(&team.world.external, ProjectRole::Contributor).await.unwrap();
        team.add(&team.viewer, ProjectRole::Viewer).await.unwrap();
        team
    }

    fn admin(&self) -> Request {
        self.world.ask(&self.world.admin)
    }

    fn owner(&self) -> Request {
        self.world.ask(&self.world.internal)
    }

    fn contributor(&self) -> Request {
        self.world.ask(&self.world.external)
    }

    fn viewer(&self) -> Request {
        self.world.ask(&self.viewer)
    }

    fn stranger(&self) -> Request {
        self.world.ask(&self.stranger)
    }

    /// The owner, who has seen another state of the thing.
    fn owner_with_stale_tag(&self) -> Request {
        Request { if_match: Some(RowVersion::new(4_711)), ..self.owner() }
    }

    async fn add(&self, user: &User, role: ProjectRole) -> Result<(), KernelError> {
        let command = AddProjectMember { named: NamedPerson::User(user.id), role, meta_roles: Vec::new() };
        self.world.kernel.add_project_member(&self.owner(), self.project, command).await.map(drop)
    }

    async fn add_phase(&self, name: &str) -> PhaseId {
        let made = self.world.kernel.create_phase(&self.owner(), self.project, phase(name)).await.unwrap();
        made.into_inner().phase.phase.id
    }

    async fn add_item(&self, phase: PhaseId, content: NewContent) -> ItemId {
        let command = item(phase, content);
        let made = self.world.kernel.add_item(&self.owner(), self.project, command).await.unwrap();
        made.into_inner().item.item.id
    }

    async fn archive(&self) {
        self.world.kernel.archive_project(&self.owner(), self.project).await.unwrap();
    }

    /// What a refusal leaves as it is: the log's next number, the board's version and the epochs.
    async fn mark(&self) -> (i64, RowVersion, Epochs) {
        let unit = self.world.unit().await;
        let project = unit.projects().find(self.project).await.unwrap().unwrap();
        let epochs = unit.epochs().find().await.unwrap();
        drop(unit);
        (self.world.next_seq().await, project.board_version, epochs)
    }

    /// The newest event of the project.
    async fn newest(&self) -> EventRecord {
        let page = PageRequest { limit: 1, after: None };
        let page = self
            .world
            .kernel
            .list_activity(&self.owner(), self.project, &ActivityQuery::default(), &page)
            .await
            .unwrap();
        page.items.into_iter().next().unwrap().event
    }
}

pub(crate) fn project(name: &str, node_id: Option<NodeId>) -> CreateProject {
    CreateProject {
        name: parsed(name),
        description: None,
        node_id,
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    }
}

pub(crate) fn phase(name: &str) -> CreatePhase {
    CreatePhase {
        name: parsed(name),
        objective: None,
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    }
}

fn item(phase_id: PhaseId, content: NewContent) -> AddItem {
    AddItem { phase_id, content, due_date: None, assignees: Vec::new(), place: Place::End }
}

fn activity(name: &str) -> NewContent {
    NewContent::Activity { name: parsed(name), description: None, link: None }
}

fn application(product_version_id: ProductVersionId) -> NewContent {
    let product = UseProduct { product_version_id, config: serde_json::Map::new() };
    NewContent::Application { name: None, description: None, product }
}

fn task(item_id: ItemId, title: &str) -> CreateTask {
    CreateTask {
        item_id,
        title: parsed(title),
        description: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    }
}

/// A published version of the workspace's own product `Reviews`, whose role `REVIEWER` is the contributors'.
async fn published(world: &World, required_context: &[&str]) -> (ProductId, ProductVersionId) {
    let admin = world.ask(&world.admin);
    let command = CreateProduct { name: parsed("Reviews"), description: None, category: None, owner: None };
    let product = world.kernel.create_product(&admin, command).await.unwrap().into_inner().product.id;
    let command = CreateVersion {
        name: parsed("1.0"),
        kind: EntryKind::Embedded,
        entry_url: parsed("https://reviews.test/app"),
        slug: parsed("reviews"),
        required_context: required_context.iter().map(|text| parsed(text)).collect(),
        roles: vec![RoleDefinition {
            code: parsed("REVIEWER"),
            name: parsed("Reviewer"),
            permissions: vec![parsed("ADD_REVIEW")],
            meta_roles: vec![parsed("PROJECT_CONTRIBUTOR")],
        }],
        uses_open_authorization: true,
        config_schema: None,
        config: serde_json::Map::new(),
    };
    let version = world.kernel.create_product_version(&admin, product, command).await.unwrap();
    let version = version.into_inner().version.id;
    world.kernel.publish_product_version(&admin, product, version).await.unwrap();
    (product, version)
}

async fn node(world: &World, parent: Option<NodeId>, level: Level) -> NodeId {
    let command = NewNode { level, name: parsed("Node"), md_id: None, categories: Vec::new() };
    let made = world.kernel.create_node(&world.ask(&world.admin), parent, command).await.unwrap();
    match made.into_inner() {
        NodeShown::Whole { node, .. } => node.id,
        NodeShown::Outline { id, .. } => id,
    }
}

/// What a refusal is, in one word: its variant, with the code that is missing.
fn refusal<T>(result: Result<T, KernelError>) -> String {
    match result {
        Ok(_) => "done".to_owned(),
        Err(KernelError::Forbidden(code)) => code.to_string(),
        Err(KernelError::NotFound | KernelError::Orchestration(OrchestrationError::NotFound(_))) => {
            "not found".to_owned()
        }
        Err(KernelError::Refused { code, .. }) => code.to_owned(),
        Err(other) => format!("{other}"),
    }
}

fn is_orchestration<T>(result: Result<T, KernelError>, expected: &OrchestrationError) -> bool {
    matches!(result, Err(KernelError::Orchestration(error)) if error == *expected)
}

fn is_stale<T>(result: &Result<T, KernelError>) -> bool {
    use guildhall_core::StoreError::Stale;
    matches!(
        result,
        Err(KernelError::Stale
            | KernelError::Store(Stale)
            | KernelError::Orchestration(OrchestrationError::Store(Stale)))
    )
}
