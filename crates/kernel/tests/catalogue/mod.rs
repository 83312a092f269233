//! Products, their versions, where they may be used and where they fit.

mod availability;
mod levels;
mod mapping;
mod overlays;
mod products;
mod service_accounts;
mod versions;
mod visibility;

use guildhall_core::{ItemId, NodeId, PermissionCode, ProductId, ProductVersionId, ProjectId};
use guildhall_kernel::{AddItem, CreateProject, KernelError, NewContent, Request, UseProduct};
use guildhall_orchestration::{CreatePhase, Gating, Place};
use guildhall_products::{CreateProduct, CreateVersion, EntryKind, RoleDefinition};

use crate::support::{World, parsed};

/// A product to register.
fn product(name: &str) -> CreateProduct {
    CreateProduct { name: parsed(name), description: None, category: None, owner: None }
}

/// A version to begin, with the role `REVIEWER` for contributors.
pub(crate) fn version(required_context: &[&str]) -> CreateVersion {
    CreateVersion {
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
    }
}

/// A product of the request's space with one draft.
async fn drafted(world: &World, request: &Request) -> (ProductId, ProductVersionId) {
    let product = world.kernel.create_product(request, product("Reviews")).await.unwrap().into_inner();
    let id = product.product.id;
    let made = world.kernel.create_product_version(request, id, version(&[])).await.unwrap().into_inner();
    (id, made.version.id)
}

/// A product of the request's space with one published version.
pub(crate) async fn published(
    world: &World,
    request: &Request,
    required_context: &[&str],
) -> (ProductId, ProductVersionId) {
    let product = world.kernel.create_product(request, product("Reviews")).await.unwrap().into_inner();
    let id = product.product.id;
    let made = world.kernel.create_product_version(request, id, version(required_context)).await.unwrap();
    let version = made.into_inner().version.id;
    world.kernel.publish_product_version(request, id, version).await.unwrap();
    (id, version)
}

/// A project of the workspace's admin.
pub(crate) async fn project(world: &World, node_id: Option<NodeId>) -> ProjectId {
    let command = CreateProject {
        name: parsed("Launch"),
        description: None,
        node_id,
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    };
    world.kernel.create_project(&world.ask(&world.admin), command).await.unwrap().into_inner().project.id
}

/// An item of the project that uses the version.
pub(crate) async fn add_item(world: &World, project: ProjectId, version: ProductVersionId) -> ItemId {
    let request = world.ask(&world.admin);
    let phase = CreatePhase {
        name: parsed("Draft"),
        objective: None,
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    let phase = world.kernel.create_phase(&request, project, phase).await.unwrap().into_inner();
    let item = AddItem {
        phase_id: phase.phase.phase.id,
        content: NewContent::Application {
            name: None,
            description: None,
            product: UseProduct { product_version_id: version, config: serde_json::Map::new() },
        },
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    world.kernel.add_item(&request, project, item).await.unwrap().into_inner().item.item.id
}

/// The permission for want of which somebody was refused.
fn lacking<T>(refused: Result<T, KernelError>) -> Option<PermissionCode> {
    match refused {
        Err(KernelError::Forbidden(code)) => Some(code),
        Ok(_) | Err(_) => None,
    }
}

fn is_not_found<T>(refused: &Result<T, KernelError>) -> bool {
    matches!(refused, Err(KernelError::NotFound))
}
