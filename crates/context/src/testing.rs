//! Launches to build contexts of. The one from an item is the example of docs/open-os-contract.md.

use guildhall_core::{
    AccountId, ItemId, Level, Name, PhaseId, ProductId, ProductVersionId, ProjectId, UserId, WorkspaceId,
};
use serde_json::{Map, json};
use uuid::Uuid;

use crate::{
    ContextInput, ItemKind, LaunchedItem, NavigationItem, NavigationTree, PathNode, ProjectFacts, Theme,
    UserDetails, VersionFacts, WorkspaceFacts,
};

pub(crate) const WORKSPACE: WorkspaceId = WorkspaceId::new(uuid(0x01));
pub(crate) const TENANT: AccountId = AccountId::new(uuid(0x02));
pub(crate) const ORGANISATION: AccountId = AccountId::new(uuid(0x03));
pub(crate) const CLIENT: AccountId = AccountId::new(uuid(0x04));
pub(crate) const MARKET: AccountId = AccountId::new(uuid(0x05));
pub(crate) const BRAND: AccountId = AccountId::new(uuid(0x06));
pub(crate) const PROJECT: AccountId = AccountId::new(uuid(0x08));
pub(crate) const PHASE: PhaseId = PhaseId::new(uuid(0x09));
pub(crate) const ITEM: ItemId = ItemId::new(uuid(0x0a));
pub(crate) const VERSION: ProductVersionId = ProductVersionId::new(uuid(0x0c));

const fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_a000_0000_7000_8000_0000_0000_0000 | number)
}

pub(crate) fn name(text: &str) -> Name {
    text.parse().unwrap()
}

/// A node with a name and nothing else that is optional.
pub(crate) fn node(az_id: AccountId, level: Level) -> PathNode {
    PathNode { name: name(level.kind()), az_id, level, md_id: None, categories: Vec::new() }
}

/// A launch from an application item of a project on a brand, under a market, under a client.
pub(crate) fn launch_from_item() -> ContextInput {
    ContextInput {
        workspace: WorkspaceFacts {
            id: WORKSPACE,
            az_id: TENANT,
            organisation_az_id: ORGANISATION,
            name: name("Example Agency"),
        },
        path: vec![
            PathNode {
                name: name("Example Foods"),
                md_id: Some(name("MD-1001")),
                categories: vec![name("Consumer goods")],
                ..node(CLIENT, Level::Client)
            },
            PathNode { name: name("Germany"), ..node(MARKET, Level::Market) },
            PathNode { name: name("Morning Oats"), ..node(BRAND, Level::Brand) },
        ],
        project: Some(ProjectFacts {
            id: ProjectId::new(uuid(0x07)),
            az_id: PROJECT,
            name: name("Spring campaign"),
            item: Some(LaunchedItem {
                id: ITEM,
                kind: ItemKind::Application,
                name: name("Review the cut"),
                phase_id: PHASE,
            }),
        }),
        version: VersionFacts {
            product_id: ProductId::new(uuid(0x0b)),
            product_name: name("Review Room"),
            version_id: VERSION,
            version_name: name("2.1"),
            slug: "review-room".to_owned(),
            required_context: vec![Level::Brand.into()],
            config: Map::from_iter([("rounds".to_owned(), json!(2))]),
        },
        user: UserDetails {
            id: UserId::new(uuid(0x0d)),
            firstname: name("Example"),
            lastname: name("Contributor"),
            email: "contributor@agency.test".parse().unwrap(),
            agency: Some(name("Example Agency")),
            country: Some(name("Germany")),
            department: Some(name("Production")),
            job_title: Some(name("Editor")),
            office_location: None,
            display_language: Some(name("en-GB")),
        },
        permissions: ["READ_REVIEW", "ADD_REVIEW"].map(|code| code.parse().unwrap()).into(),
        theme: Theme::default(),
        navigation: NavigationTree {
            items: vec![NavigationItem {
                id: "projects".to_owned(),
                label: name("Projects"),
                href: Some("/projects".to_owned()),
                children: Vec::new(),
            }],
        },
    }
}

/// A launch on the brand, outside projects.
pub(crate) fn launch_on_node() -> ContextInput {
    ContextInput { project: None, ..launch_from_item() }
}

/// A launch on the workspace itself, of a version that requires nothing.
pub(crate) fn launch_on_workspace() -> ContextInput {
    let mut input = ContextInput { path: Vec::new(), ..launch_on_node() };
    input.version.required_context.clear();
    input
}
