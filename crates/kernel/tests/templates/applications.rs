//! Templates whose items use products.

use guildhall_core::{Level, ProductId, ProductVersionId};
use guildhall_kernel::{KernelError, NodeShown, SetAvailability, TemplatePatch, UnusableItem};
use guildhall_tenancy::NewNode;
use serde_json::{Value, json};

use super::{project, save, word};
use crate::{
    catalogue::{add_item, published, version},
    followed::refused_at,
    support::{World, parsed},
};

/// A template with one item that uses a product.
fn using(application: &Value) -> Value {
    json!({ "name": "Review", "phases": [{ "key": "p", "name": "P", "items": [
        { "key": "plain", "kind": "ACTIVITY", "name": "Plain" },
        { "key": "with", "kind": "APPLICATION", "name": "With", "application": application }
    ] }] })
}

/// The version that the board's item pins.
async fn pinned(world: &World, made: guildhall_core::ProjectId) -> ProductVersionId {
    let board = world.board(made).await;
    board[0].items[1].item.content.application().unwrap().product_version_id
}

fn unusable<T>(result: Result<T, KernelError>) -> Vec<UnusableItem> {
    match result {
        Err(KernelError::TemplateUnusable { items }) => items,
        Ok(_) | Err(_) => panic!("not refused"),
    }
}

/// Another published version of a product.
async fn next_version(world: &World, product: ProductId) -> ProductVersionId {
    let admin = world.ask(&world.admin);
    let made = world.kernel.create_product_version(&admin, product, version(&[])).await.unwrap();
    let id = made.into_inner().version.id;
    world.clock().advance(chrono::TimeDelta::seconds(1));
    world.kernel.publish_product_version(&admin, product, id).await.unwrap();
    id
}

#[tokio::test]
async fn a_product_is_found_by_its_id_or_by_its_slug() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, version) = published(&world, &admin, &[]).await;
    world.ship_template("by-id", using(&json!({ "product_id": product, "config": { "rounds": 3 } }))).await;
    world.ship_template("by-slug", using(&json!({ "slug": "reviews" }))).await;

    let by_id = world.make(&admin, project("A", None, None), "by-id").await.unwrap();
    let by_slug = world.make(&admin, project("B", None, None), "by-slug").await.unwrap();

    assert_eq!((pinned(&world, by_id).await, pinned(&world, by_slug).await), (version, version));
    let board = world.board(by_id).await;
    let used = board[0].items[1].item.content.application().unwrap().clone();
    assert_eq!(Value::Object(used.config), json!({ "rounds": 3 }));
}

#[tokio::test]
async fn a_version_is_used_while_it_is_published_and_then_the_newest() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, first) = published(&world, &admin, &[]).await;
    let newest = next_version(&world, product).await;
    let content = using(&json!({ "product_id": product, "product_version_id": first }));
    world.ship_template("pinned", content).await;

    let before = world.make(&admin, project("A", None, None), "pinned").await.unwrap();
    world.kernel.retire_product_version(&admin, product, first).await.unwrap();
    let after = world.make(&admin, project("B", None, None), "pinned").await.unwrap();

    assert_eq!((pinned(&world, before).await, pinned(&world, after).await), (first, newest));
}

#[tokio::test]
async fn what_is_not_to_be_had_is_named_and_nothing_is_made() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, _) = published(&world, &admin, &[]).await;
    world.ship_template("by-id", using(&json!({ "product_id": product }))).await;
    world.ship_template("unknown", using(&json!({ "slug": "nothing-like-it" }))).await;
    let off = SetAvailability::Switch { available: false };
    world.kernel.replace_product_availability(&admin, product, off).await.unwrap();
    let seq = world.next_seq().await;

    for template in ["by-id", "unknown"] {
        let items = unusable(world.make(&admin, project("A", None, None), template).await);

        assert_eq!(items.len(), 1);
        assert_eq!(
            (items[0].phase.as_str(), items[0].item.as_str(), items[0].name.as_str()),
            ("p", "with", "With")
        );
        assert!(items[0].missing.is_empty());
    }
    assert_eq!(world.next_seq().await, seq);
}

#[tokio::test]
async fn a_product_goes_only_where_the_levels_are_that_it_requires() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, _) = published(&world, &admin, &["CLIENT", "PROJECT"]).await;
    world.ship_template("by-id", using(&json!({ "product_id": product }))).await;
    let command = NewNode { level: Level::Client, name: parsed("C"), md_id: None, categories: Vec::new() };
    let node = match world.kernel.create_node(&admin, None, command).await.unwrap().into_inner() {
        NodeShown::Whole { node, .. } => node.id,
        NodeShown::Outline { id, .. } => id,
    };

    let items = unusable(world.make(&admin, project("A", None, None), "by-id").await);

    assert_eq!(items[0].missing.iter().map(ToString::to_string).collect::<Vec<_>>(), ["CLIENT"]);
    assert_eq!(word(world.make(&admin, project("A", None, Some(node)), "by-id").await), "done");
}

#[tokio::test]
async fn a_saved_item_names_product_version_slug_and_configuration() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, version) = published(&world, &admin, &[]).await;
    let made = crate::catalogue::project(&world, None).await;
    add_item(&world, made, version).await;

    let saved = world.kernel.save_as_template(&admin, made, save("Ours")).await.unwrap().into_inner();

    let used = saved.template.phases[0].items[0].application.clone().unwrap();
    assert_eq!((used.product_id, used.product_version_id), (Some(product), Some(version)));
    assert_eq!(used.slug.as_deref(), Some("reviews"));
}

#[tokio::test]
async fn members_have_the_roles_of_a_templates_products_by_the_same_commit() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, _) = published(&world, &admin, &[]).await;
    world.ship_template("by-id", using(&json!({ "product_id": product }))).await;
    world.kernel.check_view(world.workspace.id).await.unwrap();

    let made = world.make(&admin, project("A", None, None), "by-id").await.unwrap();

    let unit = world.unit().await;
    assert_eq!(unit.items().list_products_in_use_by_project(made).await.unwrap().len(), 1);
    drop(unit);
    world.kernel.find_project(&admin, made).await.unwrap();
    assert_eq!(world.kernel.check_view(world.workspace.id).await.unwrap(), None);
}

#[tokio::test]
async fn a_change_names_products_that_are_to_be_had_here_or_stood_there_before() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let (product, first) = published(&world, &admin, &[]).await;
    let nowhere: ProductId = parsed("01900000-0000-7000-8000-00000000ffff");
    world.ship_template("used", using(&json!({ "product_id": nowhere }))).await;
    let phases = async |application: Value| {
        let content = using(&application);
        let phases = serde_json::from_value(content["phases"].clone()).unwrap();
        let patch = TemplatePatch { phases: Some(phases), ..TemplatePatch::default() };
        world.kernel.update_template(&admin, &super::named("used"), patch).await.map(drop)
    };

    phases(json!({ "product_id": nowhere })).await.unwrap();
    phases(json!({ "product_id": product, "product_version_id": first })).await.unwrap();
    let refused = phases(json!({ "product_id": nowhere })).await;

    assert_eq!(refused_at(refused), ["/phases/0/items/1/application"]);
}
