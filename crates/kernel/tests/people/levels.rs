//! A workspace's own levels: what may stand under what, and that nothing in use loses its place.

use guildhall_core::Level;
use guildhall_kernel::{ChangeWorkspace, KernelError, NodeShown, WorkspaceShown};
use guildhall_tenancy::{LevelRule, Levels, TenancyError};

use super::hierarchy::{Path, create, new_node, whole};
use crate::support::{World, parsed};

/// `Region: TENANT Region` as a rule.
fn rule(text: &str) -> LevelRule {
    let (name, under) = text.split_once(':').unwrap();
    LevelRule { level: parsed(name), under: under.split_whitespace().map(parsed).collect() }
}

async fn set(world: &World, rules: Option<&[&str]>) -> Result<Vec<LevelRule>, KernelError> {
    let rules = rules.map(|rules| rules.iter().map(|text| rule(text)).collect());
    let command = ChangeWorkspace { levels: Some(rules), ..ChangeWorkspace::default() };
    match world.kernel.update_workspace(&world.ask(&world.admin), command).await? {
        WorkspaceShown::Whole { workspace, .. } => Ok(workspace.settings.levels.into()),
        WorkspaceShown::Outline { .. } => Ok(Vec::new()),
    }
}

#[tokio::test]
async fn a_workspace_builds_its_hierarchy_of_levels_of_its_own() {
    let world = World::new().await;
    let (admin, region) = (world.ask(&world.admin), parsed::<Level>("Region"));
    let unknown = world.kernel.create_node(&admin, None, new_node(region.clone())).await;
    assert!(matches!(unknown, Err(KernelError::Tenancy(TenancyError::LevelUnknown { .. }))));

    set(&world, Some(&["Region: TENANT Region", "CLIENT: Region"])).await.unwrap();

    let outer = create(&world, None, region.clone()).await;
    let inner = create(&world, Some(outer), region.clone()).await;
    let client = create(&world, Some(inner), Level::Client).await;
    let shown: NodeShown = world.kernel.find_node(&admin, inner).await.unwrap();
    assert_eq!(whole(shown).level, region);
    let refused = world.kernel.create_node(&admin, Some(client), new_node(region)).await;
    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::LevelNotAllowed { .. }))));
    let at_the_top = world.kernel.create_node(&admin, None, new_node(Level::Client)).await;
    assert!(matches!(at_the_top, Err(KernelError::Tenancy(TenancyError::LevelNotAllowed { .. }))));
}

#[tokio::test]
async fn levels_change_only_while_nothing_in_use_would_lose_its_place() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    path.add_item_needing_brand(project).await;
    let before = path.world.next_seq().await;

    let without_brands = set(&path.world, Some(&["CLIENT: TENANT", "MARKET: CLIENT"])).await;
    let elsewhere = set(&path.world, Some(&["CLIENT: TENANT", "MARKET: TENANT", "BRAND: MARKET"])).await;

    let Err(KernelError::LevelsInUse { nodes, items }) = without_brands else { panic!("{without_brands:?}") };
    assert_eq!(nodes, [(path.brand, "BRAND".to_owned())]);
    assert_eq!(items.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Look"]);
    let Err(KernelError::LevelsInUse { nodes, items }) = elsewhere else { panic!("{elsewhere:?}") };
    assert_eq!((nodes, items), (vec![(path.market, "MARKET".to_owned())], vec![]));
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn what_was_archived_comes_back_only_where_it_may_still_stand() {
    let path = Path::new().await;
    path.world.kernel.archive_node(&path.admin(), path.market).await.unwrap();
    set(&path.world, Some(&["CLIENT: TENANT", "BRAND: CLIENT"])).await.unwrap();

    let refused = path.world.kernel.restore_node(&path.admin(), path.market).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::LevelUnknown { .. }))), "{refused:?}");
    assert_eq!(set(&path.world, None).await.unwrap(), Vec::from(Levels::default()));
    path.world.kernel.restore_node(&path.admin(), path.market).await.unwrap();
}

#[tokio::test]
async fn a_list_of_levels_that_contradicts_itself_changes_nothing() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let refused = set(&world, Some(&["CLIENT: BRAND", "BRAND: CLIENT"])).await;

    assert!(matches!(refused, Err(KernelError::Tenancy(TenancyError::LevelsInvalid { .. }))), "{refused:?}");
    assert_eq!(world.next_seq().await, before);
}
