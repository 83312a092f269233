//! What becomes of a customized template when System has a newer one.

use guildhall_artifacts::{Layer, OverrideState, UpgradeClass};
use guildhall_core::PageRequest;
use guildhall_kernel::{Request, ShelfQuery, TemplatePatch, TemplateShown};
use serde_json::json;

use super::{launch, named, word};
use crate::support::{World, parsed};

fn renamed(name: &str) -> TemplatePatch {
    TemplatePatch { name: Some(parsed(name)), category: Some(None), ..TemplatePatch::default() }
}

async fn listed(world: &World, ask: &Request) -> TemplateShown {
    let page =
        world.kernel.list_templates(ask, &ShelfQuery::default(), &PageRequest::default()).await.unwrap();
    page.items.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_change_makes_a_version_of_the_workspaces_own_at_the_same_id() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let (ask, there) = (world.ask(&world.internal), world.ask_in_other().await);
    let before = world.template(&ask, "launch").await;

    let changed = world.kernel.update_template(&ask, &named("launch"), renamed("Ours")).await.unwrap();

    assert_eq!((changed.listed.layer, changed.listed.overridden), (Layer::Customization, true));
    assert_eq!((changed.template.name.as_str(), &changed.template.category), ("Ours", &None));
    assert_eq!(changed.template.phases, before.phases);
    assert_eq!(world.template(&there, "launch").await, before);
    let nothing = world.kernel.update_template(&ask, &named("launch"), TemplatePatch::default()).await;
    assert_eq!(nothing.unwrap().listed.version, changed.listed.version);
}

#[tokio::test]
async fn an_update_of_a_customized_template_shows_and_merges() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let ask = world.ask(&world.internal);
    world.kernel.update_template(&ask, &named("launch"), renamed("Ours")).await.unwrap();
    assert_eq!(listed(&world, &ask).await.listed.state, Some(OverrideState::Current));
    let mut newer = launch();
    newer["phases"].as_array_mut().unwrap().push(json!({ "key": "learn", "name": "Learn" }));

    world.ship_template("launch", newer).await;

    let shown = listed(&world, &ask).await;
    assert_eq!(shown.listed.state, Some(OverrideState::UpgradeAvailable(UpgradeClass::Clean)));
    assert_eq!((shown.template.name.as_str(), shown.template.phases.len()), ("Ours", 2));
    assert_eq!(shown.listed.key.name, named("launch"));
}

#[tokio::test]
async fn a_change_that_saw_an_older_version_is_refused() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let ask = world.ask(&world.internal);
    let seen = world.kernel.find_template(&ask, &named("launch")).await.unwrap().listed.version;
    let tagged = || Request { if_match: Some(seen), ..world.ask(&world.internal) };
    world.kernel.update_template(&tagged(), &named("launch"), renamed("First")).await.unwrap();

    assert_eq!(
        word(world.kernel.update_template(&tagged(), &named("launch"), renamed("Second")).await),
        "stale"
    );
    assert_eq!(
        word(world.kernel.update_template(&ask, &named("other"), renamed("Third")).await),
        "not found"
    );
    let too_long =
        TemplatePatch { category: Some(Some(parsed(&"x".repeat(101)))), ..TemplatePatch::default() };
    assert_eq!(word(world.kernel.update_template(&ask, &named("launch"), too_long).await), "invalid");
    let external = world.ask(&world.external);
    assert_eq!(
        word(world.kernel.update_template(&external, &named("launch"), renamed("X")).await),
        "forbidden"
    );
}
