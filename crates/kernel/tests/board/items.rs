//! Items, and the products that they use.

use guildhall_core::{ItemId, Level};
use guildhall_kernel::{KernelError, NewContent, PermissionQuery, SetAvailability, UseProduct};
use guildhall_orchestration::{ItemPatch, MoveItem, OrchestrationError, Place, ProjectPatch, Status};
use guildhall_products::{ProductsError, Requirement};
use serde_json::{Map, Value, json};

use super::{Team, activity, application, is_orchestration, item, node, published, refusal};
use crate::support::parsed;

/// Whether the contributor may add reviews in the project now, by his role there and nothing else.
async fn reviews(team: &Team) -> bool {
    let query = PermissionQuery {
        account_id: None,
        user: None,
        codes: vec![parsed("ADD_REVIEW")],
        product_id: None,
        limit: 100,
        offset: 0,
        consistency: guildhall_kernel::Consistency::Full,
    };
    team.world.kernel.query_permissions(&team.contributor(), &query).await.unwrap().total_count == 1
}

async fn order(team: &Team) -> Vec<ItemId> {
    let phase = team.world.kernel.find_phase(&team.viewer(), team.project, team.phase).await.unwrap().phase;
    phase.items.iter().map(|item| item.item.id).collect()
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

/// What the product lacks where it was refused for that.
fn missing<T>(result: Result<T, KernelError>) -> Option<Vec<Requirement>> {
    match result {
        Err(KernelError::Products(ProductsError::ProductIncompatible { missing })) => Some(missing),
        _ => None,
    }
}

#[tokio::test]
async fn the_roles_of_a_product_come_and_go_with_a_node_above_the_project() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &["PROJECT"]).await;
    team.add_item(team.phase, application(version)).await;
    let client = node(&team.world, None, Level::Client).await;
    let market = node(&team.world, Some(client), Level::Market).await;
    let link = ProjectPatch { node_id: Some(Some(market)), ..ProjectPatch::default() };
    team.world.kernel.update_project(&team.admin(), team.project, link).await.unwrap();
    assert!(reviews(&team).await);

    team.world.kernel.archive_node(&team.admin(), client).await.unwrap();
    assert!(!reviews(&team).await);

    team.world.kernel.restore_node(&team.admin(), client).await.unwrap();
    assert!(reviews(&team).await);
}

#[tokio::test]
async fn the_roles_of_a_product_come_and_go_with_its_item() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &["PROJECT"]).await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    assert!(!reviews(&team).await);

    let item = team.add_item(team.phase, application(version)).await;
    assert!(reviews(&team).await);
    kernel.archive_item(&owner, project, item).await.unwrap();
    assert!(!reviews(&team).await);
    kernel.restore_item(&owner, project, item).await.unwrap();
    assert!(reviews(&team).await);
    kernel.delete_item(&owner, project, item).await.unwrap();
    assert!(!reviews(&team).await);
}

#[tokio::test]
async fn a_product_attached_to_an_activity_counts_like_an_application() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &[]).await;
    let product = UseProduct { product_version_id: version, config: Map::new() };
    let content = NewContent::ActivityWithProduct { name: parsed("Check"), description: None, product };

    let id = team.add_item(team.phase, content).await;

    let shown = team.world.kernel.find_item(&team.viewer(), team.project, id).await.unwrap();
    assert_eq!(shown.mentioned.applications[&version].product_name.as_str(), "Reviews");
    assert!(reviews(&team).await);
}

#[tokio::test]
async fn an_application_without_a_name_is_called_as_its_product() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &[]).await;

    let id = team.add_item(team.phase, application(version)).await;

    let shown = team.world.kernel.find_item(&team.viewer(), team.project, id).await.unwrap();
    assert_eq!(shown.item.item.content.name().as_str(), "Reviews");
}

#[tokio::test]
async fn a_product_that_requires_what_the_project_lacks_is_refused() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &["CLIENT", "PROJECT"]).await;
    let before = team.mark().await;

    let command = item(team.phase, application(version));
    let refused = team.world.kernel.add_item(&team.owner(), team.project, command).await;

    assert_eq!(missing(refused), Some(vec![Requirement::Level(Level::Client)]));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn an_item_comes_back_where_its_product_still_fits() {
    let team = Team::new().await;
    let (kernel, admin, project) = (&team.world.kernel, team.admin(), team.project);
    let client = node(&team.world, None, Level::Client).await;
    let (_, version) = published(&team.world, &["CLIENT"]).await;
    let link = |node_id| ProjectPatch { node_id: Some(node_id), ..ProjectPatch::default() };
    kernel.update_project(&admin, project, link(Some(client))).await.unwrap();
    let item = team.add_item(team.phase, application(version)).await;
    kernel.archive_item(&admin, project, item).await.unwrap();
    kernel.update_project(&admin, project, link(None)).await.unwrap();
    let before = team.mark().await;

    let refused = kernel.restore_item(&admin, project, item).await;

    assert_eq!(missing(refused), Some(vec![Requirement::Level(Level::Client)]));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_product_that_is_not_available_here_is_not_there() {
    let team = Team::new().await;
    let (kernel, admin, owner) = (&team.world.kernel, team.admin(), team.owner());
    let (product, version) = published(&team.world, &[]).await;
    let placed = team.add_item(team.phase, application(version)).await;
    kernel.archive_item(&owner, team.project, placed).await.unwrap();
    kernel
        .replace_product_availability(&admin, product, SetAvailability::Switch { available: false })
        .await
        .unwrap();
    let before = team.mark().await;
    let add = || item(team.phase, application(version));

    let to_owner = refusal(kernel.add_item(&owner, team.project, add()).await);
    let to_publisher = refusal(kernel.add_item(&admin, team.project, add()).await);
    let restored = refusal(kernel.restore_item(&owner, team.project, placed).await);

    assert_eq!(
        [to_owner, to_publisher, restored],
        ["not found", "product_unavailable", "product_unavailable"]
    );
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_retired_version_is_not_added_and_still_comes_back() {
    let team = Team::new().await;
    let (kernel, owner) = (&team.world.kernel, team.owner());
    let (product, version) = published(&team.world, &[]).await;
    let placed = team.add_item(team.phase, application(version)).await;
    kernel.archive_item(&owner, team.project, placed).await.unwrap();
    kernel.retire_product_version(&team.admin(), product, version).await.unwrap();

    let added = kernel.add_item(&owner, team.project, item(team.phase, application(version))).await;
    let restored = kernel.restore_item(&owner, team.project, placed).await;

    assert_eq!(refusal(added), "product_unavailable");
    assert_eq!(restored.unwrap().into_inner().item.item.status, Status::ToDo);
}

#[tokio::test]
async fn a_configuration_is_patched_by_merging_and_stays_small() {
    let team = Team::new().await;
    let (_, version) = published(&team.world, &[]).await;
    let config = object(&json!({"mode": "dark", "depth": {"levels": 2, "open": true}}));
    let product = UseProduct { product_version_id: version, config };
    let content = NewContent::Application { name: None, description: None, product };
    let id = team.add_item(team.phase, content).await;
    let change = async |config: Value| {
        let patch = ItemPatch { config: Some(Some(object(&config))), ..ItemPatch::default() };
        team.world.kernel.update_item(&team.contributor(), team.project, id, patch).await
    };

    let merged = change(json!({"mode": null, "depth": {"open": false}})).await.unwrap();
    let before = team.mark().await;
    let too_large = change(json!({"mode": "x".repeat(70_000)})).await;
    let with_nul = change(json!({"mode": "a\0"})).await;

    let config = &merged.item.item.content.application().unwrap().config;
    assert_eq!(*config, object(&json!({"depth": {"levels": 2, "open": false}})));
    for refused in [too_large, with_nul] {
        assert!(matches!(refused, Err(KernelError::InvalidConfig { faults }) if faults.len() == 1));
    }
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn an_item_moves_inside_its_phase_and_to_another() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let second = team.add_item(team.phase, activity("Check")).await;
    let later = team.add_phase("Later").await;
    let first = MoveItem { phase_id: team.phase, place: Place::After(None) };
    let across = MoveItem { phase_id: later, place: Place::End };
    let astray = MoveItem { phase_id: later, place: Place::Before(team.item) };

    kernel.move_item(&owner, project, second, first).await.unwrap();
    let reordered = order(&team).await;
    let refused = kernel.move_item(&owner, project, second, astray).await;
    let moved = kernel.move_item(&owner, project, second, across).await.unwrap().into_inner();

    assert_eq!(reordered, [second, team.item]);
    assert!(is_orchestration(refused, &OrchestrationError::NotANeighbour));
    assert_eq!(moved.item.item.phase_id, later);
    assert_eq!(team.newest().await.kind, "item.moved");
}
