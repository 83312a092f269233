//! A workspace has a product otherwise than it is, and nobody else does.

use guildhall_artifacts::{
    ArtifactKey, ArtifactsError, Layer, ListQuery, OverrideState, Resolve, ResolveReview, Seen, UpgradeClass,
};
use guildhall_core::{Fault, PageRequest, ProductId, ProductVersionId};
use guildhall_kernel::{CanvasQuery, KernelError, Request, SetAvailability};
use guildhall_products::{CreateVersion, OfferKind, UpdateProduct, UpdateVersion};
use serde_json::{Map, Value, json};

use super::{add_item, product, project, version};
use crate::{
    followed::{key, refused_at},
    support::{World, parsed},
};

fn at(id: ProductId) -> ArtifactKey {
    key("product", &id.to_string())
}

fn config(rounds: u32) -> Map<String, Value> {
    Map::from_iter([("rounds".to_owned(), json!(rounds))])
}

/// A System product that is offered to all, with a published version that counts rounds.
async fn offered(world: &World) -> (ProductId, ProductVersionId) {
    let system = world.ask_in_system();
    let named = guildhall_products::CreateProduct { category: Some(parsed("Quality")), ..product("Reviews") };
    let id = world.kernel.create_product(&system, named).await.unwrap().into_inner().product.id;
    let schema = json!({ "type": "object", "properties": { "rounds": { "type": "integer", "maximum": 9 } } });
    let counting = CreateVersion { config_schema: Some(schema), config: config(2), ..version(&[]) };
    let made = world.kernel.create_product_version(&system, id, counting).await.unwrap().into_inner();
    world.kernel.publish_product_version(&system, id, made.version.id).await.unwrap();
    let all = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
    world.kernel.replace_product_availability(&system, id, all).await.unwrap();
    (id, made.version.id)
}

fn overlay(name: &str, version: ProductVersionId, rounds: u32) -> Value {
    json!({ "labels": { "name": name, "category": "Quality" }, "config": { version.to_string(): { "rounds": rounds } } })
}

/// What a product is called and how its newest version is configured, as somebody lists, reads and reads the version.
async fn seen(
    world: &World,
    ask: &Request,
    id: ProductId,
    version: ProductVersionId,
) -> [(String, Value); 3] {
    let kernel = &world.kernel;
    let listed = kernel.list_products(ask, &PageRequest::default()).await.unwrap().items;
    let listed = listed.into_iter().find(|shown| shown.product.id == id).unwrap();
    let read = kernel.find_product(ask, id).await.unwrap();
    let one = kernel.find_product_version(ask, id, version).await.unwrap().version;
    [
        (listed.product.name.to_string(), json!(listed.newest.unwrap().config)),
        (read.product.name.to_string(), json!(read.newest.unwrap().config)),
        (read.product.name.to_string(), json!(one.config)),
    ]
}

fn all(name: &str, rounds: u32) -> [(String, Value); 3] {
    [0; 3].map(|_| (name.to_owned(), json!({ "rounds": rounds })))
}

#[tokio::test]
async fn a_workspaces_labels_and_configuration_hold_there_and_nowhere_else() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let (here, there) = (world.ask(&world.admin), world.ask_in_other().await);
    let project = project(&world, None).await;
    let before = add_item(&world, project, version).await;

    world.put(&here, at(id), overlay("Proofing", version, 5)).await.unwrap();

    assert_eq!(seen(&world, &here, id, version).await, all("Proofing", 5));
    assert_eq!(seen(&world, &there, id, version).await, all("Reviews", 2));
    assert_eq!(seen(&world, &world.ask_in_system(), id, version).await, all("Reviews", 2));
    let fitting =
        world.kernel.list_compatible_products(&here, project, &PageRequest::default()).await.unwrap();
    assert_eq!(fitting.items[0].product.name.as_str(), "Proofing");
    let after = add_item(&world, project, version).await;
    let shown = world.kernel.find_item(&here, project, after).await.unwrap();
    assert_eq!(shown.item.item.content.name().as_str(), "Proofing");
    let old = world.kernel.find_item(&here, project, before).await.unwrap();
    assert_eq!(old.item.item.content.name().as_str(), "Reviews", "an item keeps the name that it was given");
    let canvas = world.kernel.read_canvas(&here, project, &CanvasQuery::Everything).await.unwrap();
    assert_eq!(canvas.mentioned.applications[&version].product_name.as_str(), "Proofing");
}

#[tokio::test]
async fn what_an_overlay_leaves_out_is_the_products() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let here = world.ask(&world.admin);

    world.put(&here, at(id), json!({ "labels": { "name": "Proofing" } })).await.unwrap();

    assert_eq!(seen(&world, &here, id, version).await, all("Proofing", 2));
    let shown = world.kernel.find_product(&here, id).await.unwrap().product;
    assert_eq!(shown.category, Some(parsed("Quality")));
}

#[tokio::test]
async fn every_product_is_listed_overlaid_or_not() {
    let world = World::new().await;
    let ((one, version), (other, _)) = (offered(&world).await, offered(&world).await);
    let here = world.ask(&world.admin);
    world.put(&here, at(one), overlay("Proofing", version, 5)).await.unwrap();
    let list = async |words: &[&str], page: PageRequest| {
        let words = words.iter().map(ToString::to_string).collect();
        let query = ListQuery { kind: parsed("product"), words, hidden: false };
        world.kernel.list_artifacts(&here, query, &page).await.unwrap()
    };

    let whole = list(&[], PageRequest::default()).await;
    let first = list(&[], PageRequest { limit: 1, after: None }).await;
    let second = list(&[], PageRequest { limit: 1, after: first.next.clone() }).await;

    let row = |id| whole.items.iter().map(|shown| &shown.listed).find(|row| row.key == at(id)).unwrap();
    assert_eq!(
        (row(one).layer, row(one).overridden, row(one).state),
        (Layer::Customization, true, Some(OverrideState::Current))
    );
    assert_eq!((row(other).layer, row(other).inherited, row(other).state), (Layer::System, true, None));
    assert_eq!(row(other).head.as_ref().unwrap().title, "Reviews");
    assert_eq!([&first.items[..], &second.items[..]].concat(), whole.items);
    assert_eq!(second.next, None);
    assert_eq!(list(&["proof"], PageRequest::default()).await.items.len(), 1);
}

#[tokio::test]
async fn a_change_of_the_product_shows_in_the_overlays_state_and_is_merged() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let (here, system) = (world.ask(&world.admin), world.ask_in_system());
    world.put(&here, at(id), overlay("Proofing", version, 2)).await.unwrap();
    let nothing_yet = world.kernel.find_artifact_review(&here, &at(id)).await;
    let rounds = UpdateVersion { config: Some(Some(config(3))), ..UpdateVersion::default() };

    world.kernel.update_product_version(&system, id, version, rounds).await.unwrap();

    let state = world.kernel.find_artifact(&here, &at(id)).await.unwrap().found.state;
    assert_eq!(state, Some(OverrideState::UpgradeAvailable(UpgradeClass::Clean)));
    assert!(
        matches!(nothing_yet, Err(KernelError::Artifacts(ArtifactsError::NothingToReview))),
        "{nothing_yet:?}"
    );
    assert_eq!(seen(&world, &here, id, version).await, all("Proofing", 2));
    let review = world.kernel.find_artifact_review(&here, &at(id)).await.unwrap().review;
    let resolve = ResolveReview {
        key: at(id),
        ours: review.ours,
        theirs: review.theirs,
        resolve: Resolve::Merge(Vec::new()),
    };
    world.kernel.resolve_artifact_review(&here, resolve).await.unwrap();
    assert_eq!(seen(&world, &here, id, version).await, all("Proofing", 3));
    let state = world.kernel.find_artifact(&here, &at(id)).await.unwrap().found.state;
    assert_eq!(state, Some(OverrideState::Current));
}

#[tokio::test]
async fn an_overlay_is_reverted_and_brought_back() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let here = world.ask(&world.admin);
    world.put(&here, at(id), overlay("Proofing", version, 5)).await.unwrap();

    world.kernel.revert_artifact(&here, at(id)).await.unwrap();
    let reverted = seen(&world, &here, id, version).await;
    world.kernel.reapply_artifact(&here, at(id)).await.unwrap();

    assert_eq!(reverted, all("Reviews", 2));
    assert_eq!(seen(&world, &here, id, version).await, all("Proofing", 5));
}

#[tokio::test]
async fn a_configuration_is_held_to_the_schema_of_its_version() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let here = world.ask(&world.admin);

    let too_many = refused_at(world.put(&here, at(id), overlay("Proofing", version, 10)).await);
    let unknown = ProductVersionId::new(world.id());
    let of_no_version = refused_at(world.put(&here, at(id), overlay("Proofing", unknown, 1)).await);

    assert_eq!(too_many, [format!("/config/{version}/rounds")]);
    assert_eq!(of_no_version, [format!("/config/{unknown}")]);
}

#[tokio::test]
async fn nothing_but_labels_and_configuration_is_overlaid() {
    let world = World::new().await;
    let (id, _) = offered(&world).await;
    let here = world.ask(&world.admin);

    let slug = refused_at(world.put(&here, at(id), json!({ "slug": "other" })).await);
    let disabled = world.put(&here, at(id), json!({ "enabled": false })).await;
    let hidden = world.kernel.delete_artifact(&here, at(id)).await;

    assert_eq!(slug, [""]);
    let Err(KernelError::Artifacts(ArtifactsError::FieldLocked { faults })) = disabled else { panic!() };
    assert_eq!(faults.iter().map(|fault: &Fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/enabled"]);
    assert!(matches!(hidden, Err(KernelError::Artifacts(ArtifactsError::NotOverridable(_)))), "{hidden:?}");
}

#[tokio::test]
async fn a_product_is_overlaid_where_it_is_seen_and_does_not_live() {
    let world = World::new().await;
    let here = world.ask(&world.admin);
    let (own, _) = super::published(&world, &here, &[]).await;
    let (there, shared) = (world.ask_in_other().await, offered(&world).await.0);
    let put = async |ask: &Request, id| world.put(ask, at(id), json!({ "labels": { "name": "Ours" } })).await;

    for (ask, id) in [(&here, own), (&world.ask_in_system(), shared)] {
        let refused = put(ask, id).await;
        assert!(
            matches!(refused, Err(KernelError::Artifacts(ArtifactsError::NotOverridable(_)))),
            "{refused:?}"
        );
        assert_eq!(world.kernel.find_artifact(ask, &at(id)).await.unwrap().found.layer, Layer::System);
    }
    let foreign = put(&there, own).await;
    let absent = put(&here, ProductId::new(world.id())).await;

    assert_eq!(format!("{foreign:?}"), format!("{absent:?}"));
    assert!(matches!(absent, Err(KernelError::Artifacts(ArtifactsError::NotFound))), "{absent:?}");
}

#[tokio::test]
async fn a_first_overlay_names_what_it_has_seen_of_the_product() {
    let world = World::new().await;
    let (id, version) = offered(&world).await;
    let (here, system) = (world.ask(&world.admin), world.ask_in_system());
    let seen = world.kernel.find_artifact(&here, &at(id)).await.unwrap().found.version;
    let renamed = UpdateProduct { name: Some(parsed("Reviews 2")), ..UpdateProduct::default() };
    world.kernel.update_product(&system, id, renamed).await.unwrap();

    let content = overlay("Proofing", version, 5);
    let refused = world.kernel.write_artifact(&here, at(id), content, None, Seen::Version(seen)).await;

    assert!(matches!(refused, Err(KernelError::Artifacts(ArtifactsError::Stale))), "{refused:?}");
}
