use guildhall_core::Level;

use super::*;
use crate::{
    ItemKind,
    testing::{
        BRAND, CLIENT, ITEM, MARKET, ORGANISATION, PHASE, PROJECT, TENANT, VERSION, WORKSPACE,
        launch_from_item, launch_on_node, launch_on_workspace, name, node,
    },
};

/// The way up from the account launched on: each account and the one above it. Ends at a root, or where the mapping does.
fn climb(hierarchy: &Hierarchy) -> Vec<(AccountId, Option<AccountId>)> {
    let entry = |az_id| hierarchy.mapping.get(&az_id);
    iter::successors(entry(hierarchy.az_id), |item| item.parent_az_id.and_then(entry))
        .map(|item| (item.az_id, item.parent_az_id))
        .take(hierarchy.mapping.len() + 1)
        .collect()
}

fn region() -> Level {
    Level::Custom(name("Region"))
}

/// What a launch on `path`, in a project or not, lacks of `required`.
fn lacking(required: &[Required], path: &[PathNode], in_project: bool) -> Vec<Required> {
    let mut input = launch_from_item();
    input.version.required_context = required.to_vec();
    input.path = path.to_vec();
    input.project = input.project.filter(|_| in_project);

    match build(input) {
        Ok(_) => Vec::new(),
        Err(ContextError::MissingContext { missing }) => missing,
    }
}

#[test]
fn what_the_version_requires_and_the_launch_lacks_is_named_all_at_once() {
    let all = [Level::Client.into(), Level::Brand.into(), region().into(), Required::Project];
    let client = [node(CLIENT, Level::Client)];

    assert_eq!(lacking(&[], &[], false), []);
    assert_eq!(lacking(&all, &[], false), all);
    assert_eq!(lacking(&all, &[], true), all[..3]);
    assert_eq!(lacking(&all, &client, false), all[1..]);
    assert_eq!(lacking(&all, &client, true), all[1..3]);
}

#[test]
fn a_custom_level_counts_by_its_name_and_never_as_a_built_in_one() {
    let called = |text| [node(CLIENT, Level::Custom(name(text)))];

    assert_eq!(lacking(&[region().into()], &called("Region"), false), []);
    assert_eq!(lacking(&[region().into()], &called("District"), false), [region().into()]);
    assert_eq!(lacking(&[Level::Brand.into()], &called("BRAND"), false), [Level::Brand.into()]);
}

#[test]
fn a_required_level_counts_anywhere_on_the_path() {
    let mut input = launch_on_node();
    input.version.required_context = vec![Level::Client.into(), Level::Market.into(), Level::Brand.into()];

    assert!(build(input).is_ok());
}

#[test]
fn the_base_url_and_the_app_instance_carry_the_id_of_what_was_launched() {
    let mut whole_project = launch_from_item();
    whole_project.project.as_mut().unwrap().item = None;
    let cases = [
        ("from an item", launch_from_item(), AppInstanceId::Item(ITEM)),
        ("from a project as a whole", whole_project, AppInstanceId::Version(VERSION)),
        ("on a node", launch_on_node(), AppInstanceId::Version(VERSION)),
        ("on the workspace", launch_on_workspace(), AppInstanceId::Version(VERSION)),
    ];

    for (case, input, id) in cases {
        let context = build(input).unwrap();

        assert_eq!(context.app_instance.id, id, "{case}");
        assert_eq!(context.base_url, format!("application/{id}/review-room"), "{case}");
    }
}

#[test]
fn the_tenant_is_the_workspace_with_an_account_of_its_own() {
    let tenant = build(launch_from_item()).unwrap().tenant;

    assert_eq!(tenant.id, WORKSPACE);
    assert_eq!(tenant.az_id, TENANT);
    assert_eq!(tenant.organisation_az_id, ORGANISATION);
}

#[test]
fn the_hierarchy_climbs_from_the_node_launched_on_to_the_tenant() {
    let hierarchy = build(launch_from_item()).unwrap().hierarchy;

    assert_eq!(
        climb(&hierarchy),
        [(BRAND, Some(MARKET)), (MARKET, Some(CLIENT)), (CLIENT, Some(TENANT)), (TENANT, None)]
    );
    assert_eq!(hierarchy.mapping.len(), 4);
    assert_eq!(hierarchy.mapping[&TENANT].item_type, HierarchyItemType::Tenant);
}

#[test]
fn the_workspace_twin_has_the_first_level_node_as_its_root() {
    let workspace = build(launch_from_item()).unwrap().workspace.unwrap();

    assert_eq!(climb(&workspace), [(BRAND, Some(MARKET)), (MARKET, Some(CLIENT)), (CLIENT, None)]);
    assert_eq!(workspace.mapping.len(), 3);
}

#[test]
fn a_launch_on_the_workspace_itself_has_the_tenant_alone_and_no_twin() {
    let context = build(launch_on_workspace()).unwrap();

    assert_eq!(context.hierarchy.az_id, context.tenant.az_id);
    assert_eq!(climb(&context.hierarchy), [(TENANT, None)]);
    assert_eq!(context.workspace, None);
}

#[test]
fn a_project_without_a_node_is_launched_on_the_workspace_itself() {
    let project = launch_from_item().project;
    let input = ContextInput { project, ..launch_on_workspace() };

    let context = build(input).unwrap();

    assert_eq!(context.hierarchy.az_id, context.tenant.az_id);
    assert_eq!(context.workspace, None);
    assert_eq!(context.additional.project_az_id, Some(PROJECT));
}

#[test]
fn the_organisation_account_is_in_no_mapping() {
    for input in [launch_from_item(), launch_on_node(), launch_on_workspace()] {
        let context = build(input).unwrap();

        let mappings = [Some(context.hierarchy), context.workspace].into_iter().flatten();
        for item in mappings.flat_map(|hierarchy| hierarchy.mapping) {
            assert_ne!(item.0, ORGANISATION);
            assert_ne!(item.1.parent_az_id, Some(ORGANISATION));
        }
    }
}

#[test]
fn every_level_has_its_type_and_only_a_custom_one_a_name_of_its_own() {
    let cases = [
        (Level::Client, HierarchyItemType::Client, None),
        (Level::Market, HierarchyItemType::Market, None),
        (Level::Brand, HierarchyItemType::Brand, None),
        (region(), HierarchyItemType::Custom, Some(name("Region"))),
    ];

    for (level, item_type, custom_type_name) in cases {
        let input = ContextInput { path: vec![node(CLIENT, level)], ..launch_on_workspace() };

        let item = build(input).unwrap().hierarchy.mapping.remove(&CLIENT).unwrap();

        assert_eq!(item.item_type, item_type);
        assert_eq!(item.custom_type_name, custom_type_name);
    }
}

#[test]
fn the_project_lists_the_launched_item_alone() {
    let project = build(launch_from_item()).unwrap().project.unwrap();

    assert_eq!(project.az_id, PROJECT);
    assert_eq!(
        project.items,
        [ProjectItem { id: ITEM, kind: ItemKind::Application, name: name("Review the cut") }]
    );
}

#[test]
fn additional_repeats_the_ids_of_project_and_item() {
    let mut input = launch_from_item();
    input.project.as_mut().unwrap().item.as_mut().unwrap().kind = ItemKind::Activity;

    let additional = build(input).unwrap().additional;

    assert_eq!(
        additional,
        Additional {
            project_az_id: Some(PROJECT),
            phase_id: Some(PHASE),
            item_id: Some(ITEM),
            item_type: Some(ItemKind::Activity),
        }
    );
}

#[test]
fn a_launch_from_a_project_as_a_whole_has_no_item() {
    let mut input = launch_from_item();
    input.project.as_mut().unwrap().item = None;

    let context = build(input).unwrap();

    assert!(context.project.unwrap().items.is_empty());
    assert_eq!(context.additional, Additional { project_az_id: Some(PROJECT), ..Additional::default() });
}

#[test]
fn outside_projects_there_is_no_project_and_nothing_additional() {
    let context = build(launch_on_node()).unwrap();

    assert_eq!(context.project, None);
    assert_eq!(context.additional, Additional::default());
}

#[test]
fn both_theme_keys_carry_the_theme_of_the_launch() {
    let mut input = launch_from_item();
    input.theme.settings.font_url = Some("https://fonts.example.test/house.css".to_owned());
    let theme = input.theme.clone();

    let context = build(input).unwrap();

    assert_eq!(context.theme, theme);
    assert_eq!(context.original_theme, theme);
}
