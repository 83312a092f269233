//! What people find when they look for a template.

use guildhall_core::PageRequest;
use guildhall_kernel::{SearchQuery, ShelfQuery};
use guildhall_orchestration::Searched;
use serde_json::json;

use super::{launch, named};
use crate::{
    followed::key,
    support::{World, parsed},
};

#[tokio::test]
async fn words_are_looked_for_in_everything_that_has_a_name() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let ask = world.ask(&world.internal);

    for words in ["launch", "LAUNCH campaign", "small", "on AIR", "brief", "client draft"] {
        assert_eq!(world.found(&ask, words).await, ["launch"], "{words}");
    }
    for words in ["launch nothing", "by phone", "example.test"] {
        assert!(world.found(&ask, words).await.is_empty(), "{words}");
    }
}

#[tokio::test]
async fn letters_beyond_a_to_z_are_folded_too() {
    let world = World::new().await;
    let content =
        json!({ "name": "ÜBERSICHT", "category": "Größe", "phases": [{ "key": "p", "name": "ÉTÉ" }] });
    world.ship_template("overview", content).await;
    let ask = world.ask(&world.internal);

    for words in ["übersicht", "ÜberSicht", "été", "GRÖßE"] {
        assert_eq!(world.found(&ask, words).await, ["overview"], "{words}");
    }
    let query =
        ShelfQuery { words: Vec::new(), category: Some(parsed("gröSSe".replace("SS", "ß").as_str())) };
    let page = world.kernel.list_templates(&ask, &query, &PageRequest::default()).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let other = ShelfQuery { category: Some(parsed("Grö")), ..query };
    let page = world.kernel.list_templates(&ask, &other, &PageRequest::default()).await.unwrap();
    assert!(page.items.is_empty(), "a category is named whole");
}

#[tokio::test]
async fn the_list_is_paged_by_name() {
    let world = World::new().await;
    for (path, name) in [("z", "alpha"), ("a", "Beta"), ("b", "beta"), ("c", "Gamma")] {
        world.ship_template(path, json!({ "name": name, "phases": [] })).await;
    }
    let ask = world.ask(&world.internal);
    let list = async |after: Option<String>| {
        let page = PageRequest { limit: 3, after };
        world.kernel.list_templates(&ask, &ShelfQuery::default(), &page).await.unwrap()
    };

    let first = list(None).await;
    let second = list(first.next.clone()).await;

    let ids: Vec<_> = first.items.iter().map(|shown| shown.listed.key.name.clone()).collect();
    assert_eq!(ids, [named("z"), named("a"), named("b")]);
    assert_eq!((second.items.len(), second.next), (1, None));
}

#[tokio::test]
async fn what_is_disabled_hidden_or_not_understood_is_left_out() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    world.ship_template("off", json!({ "name": "Off", "enabled": false, "phases": [] })).await;
    let (admin, ask) = (world.ask(&world.admin), world.ask(&world.internal));
    assert_eq!(world.found(&ask, "").await, ["launch"]);

    world.kernel.delete_template(&admin, &named("launch")).await.unwrap();

    assert!(world.found(&ask, "").await.is_empty());
    assert_eq!(world.found(&world.ask_in_other().await, "").await, ["launch"]);
    world.kernel.restore_artifact(&admin, key("workflow_template", "launch")).await.unwrap();
    assert_eq!(world.found(&ask, "").await, ["launch"]);
}

#[tokio::test]
async fn a_search_finds_only_templates_that_may_be_used() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    world.ship_template("off", json!({ "name": "Launch off", "enabled": false, "phases": [] })).await;
    let ask = world.ask(&world.internal);
    let query = SearchQuery { q: parsed("launch"), only: Some(Searched::Template), archived: false };

    let found = world.kernel.search(&ask, &query, &PageRequest::default()).await.unwrap();

    let ids: Vec<_> = found.items.into_iter().map(|one| one.id).collect();
    assert_eq!(ids, ["launch"]);
}

#[tokio::test]
async fn another_node_finds_what_was_changed_at_once() {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let (node, ask) = (world.another_node(), world.ask(&world.internal));
    let names = async || {
        let page = node.list_templates(&ask, &ShelfQuery::default(), &PageRequest::default()).await.unwrap();
        page.items.iter().map(|shown| shown.template.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Launch"]);

    let ours = json!({ "name": "Ours", "phases": [] });
    world.put(&world.ask(&world.admin), key("workflow_template", "launch"), ours).await.unwrap();

    assert_eq!(names().await, ["Ours"]);
}
