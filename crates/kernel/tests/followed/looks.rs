use guildhall_context::{NavigationItem, OsContext, Theme};
use guildhall_kernel::{ChangeTheme, ChangeWorkspace};
use serde_json::{Value, json};

use crate::launches::stage::Stage;
use crate::support::parsed;

fn theme(primary: &str) -> Value {
    json!({ "name": "House", "content": { "light": { "primary": primary }, "dark": { "primary": primary } } })
}

async fn context(stage: &Stage) -> OsContext {
    stage.launched().await.context
}

#[tokio::test]
async fn without_a_theme_and_a_menu_the_built_in_ones_are_told() {
    let stage = Stage::new().await;

    let context = context(&stage).await;

    assert_eq!(context.theme, Theme::default());
    assert_eq!(labels(&context), ["Projects", "Marketplace"]);
}

#[tokio::test]
async fn a_shipped_theme_reaches_a_launch_at_once_and_a_workspaces_own_wins() {
    let stage = Stage::new().await;
    stage.world.ship("theme", "default", theme("#112233")).await;
    let shipped = context(&stage).await;
    stage.world.customize("theme", "default", theme("#445566")).await;
    let own = context(&stage).await;
    stage.world.ship("theme", "default", theme("#778899")).await;

    assert_eq!(shipped.theme.content.light["primary"], "#112233");
    assert_eq!(shipped.theme.content.light["text"], Theme::default().content.light["text"]);
    assert_eq!(own.theme.content.dark["primary"], "#445566");
    assert_eq!(context(&stage).await.theme, own.theme);
}

#[tokio::test]
async fn a_workspaces_own_color_lies_over_every_theme() {
    let stage = Stage::new().await;
    stage.world.ship("theme", "default", theme("#112233")).await;
    let color = ChangeTheme { primary_color: Some(Some(parsed("#ffcc00"))), ..ChangeTheme::default() };
    let change = ChangeWorkspace { theme: Some(Some(color)), ..ChangeWorkspace::default() };

    stage.world.kernel.update_workspace(&stage.world.ask(&stage.world.admin), change).await.unwrap();

    let told = context(&stage).await.theme;
    assert_eq!(
        (&told.content.light["primary"], &told.content.light["onPrimary"]),
        (&json!("#ffcc00"), &json!("#000000"))
    );
}

#[tokio::test]
async fn a_disabled_or_hidden_theme_leaves_the_built_in_one() {
    let stage = Stage::new().await;
    let mut disabled = theme("#112233");
    disabled["enabled"] = json!(false);
    stage.world.ship("theme", "default", disabled).await;
    let while_disabled = context(&stage).await.theme;
    stage.world.ship("theme", "default", theme("#112233")).await;

    let ask = stage.world.ask(&stage.world.admin);
    stage.world.kernel.delete_artifact(&ask, super::key("theme", "default")).await.unwrap();

    assert_eq!(while_disabled, Theme::default());
    assert_eq!(context(&stage).await.theme, Theme::default());
}

fn labels(context: &OsContext) -> Vec<&str> {
    context.navigation_tree.items.iter().map(|item: &NavigationItem| item.label.as_str()).collect()
}

#[tokio::test]
async fn a_shipped_menu_shows_everybody_what_he_may_use() {
    let stage = Stage::new().await;
    let menu = json!({ "name": "Menu", "items": [
        { "id": "work", "label": "Work", "href": "/projects" },
        { "id": "help", "label": "Help", "children": [
            { "id": "house", "label": "House rules", "href": "https://rules.example.test/" },
            { "id": "rights", "label": "Rights", "href": "/admin", "needs": "WORKSPACE_SETTINGS" }
        ] },
        { "id": "admin", "label": "Administration", "children": [
            { "id": "settings", "label": "Settings", "href": "/admin", "needs": "WORKSPACE_SETTINGS" }
        ] }
    ] });
    stage.world.ship("navigation", "default", menu).await;

    let outside = context(&stage).await;
    let admins = stage.launch(&stage.world.admin, stage.of_item()).await.unwrap().context;

    assert_eq!(labels(&outside), ["Work", "Help"]);
    assert_eq!(outside.navigation_tree.items[1].children.len(), 1);
    assert_eq!(labels(&admins), ["Work", "Help", "Administration"]);
}

#[tokio::test]
async fn a_launched_product_is_told_what_it_is_called_here_and_how_it_is_configured() {
    use guildhall_kernel::SetAvailability;
    use guildhall_products::OfferKind;
    let stage = Stage::new().await;
    let (world, kernel, system) = (&stage.world, &stage.world.kernel, stage.world.ask_in_system());
    let (id, version) = crate::catalogue::published(world, &system, &[]).await;
    let all = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
    kernel.replace_product_availability(&system, id, all).await.unwrap();
    let overlay = json!({
        "labels": { "name": "Proofing" },
        "config": { version.to_string(): { "greeting": "good day" } }
    });
    world.customize("product", &id.to_string(), overlay).await;
    let launch = guildhall_kernel::LaunchProduct { product_version_id: version, ..stage.on_brand() };

    let told = stage.launch(&world.admin, launch).await.unwrap().context;

    assert_eq!(told.app_instance.product_name.as_str(), "Proofing");
    assert_eq!(json!(told.custom_config), json!({ "greeting": "good day" }));
}
