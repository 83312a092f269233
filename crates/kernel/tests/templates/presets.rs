//! View presets: made, changed, chosen, looked with.

use guildhall_core::{PageRequest, RowVersion};
use guildhall_kernel::{CanvasQuery, CreatePreset, PresetPatch, PresetShown, Request, ShelfQuery};
use guildhall_orchestration::{CanvasFields, ItemField, PhaseField, Selection, TaskField};
use serde_json::json;

use super::{named, project, word};
use crate::{
    followed::{key, refused_at},
    support::{World, parsed},
};

fn dates() -> CanvasFields {
    CanvasFields { phase: vec![PhaseField::DueDate], item: vec![ItemField::DueDate], task: Vec::new() }
}

fn preset(name: &str) -> CreatePreset {
    CreatePreset { name: parsed(name), description: None, fields: dates() }
}

async fn made(world: &World, ask: &Request, name: &str) -> PresetShown {
    world.kernel.create_view_preset(ask, preset(name)).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_preset_is_made_changed_and_deleted() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);

    let first = made(&world, &admin, "Our dates").await;
    let id = first.listed.key.name.clone();
    let seen = Request { if_match: Some(first.listed.version), ..world.ask(&world.admin) };
    let patch = PresetPatch { name: Some(parsed("Deadlines")), ..PresetPatch::default() };
    let changed = world.kernel.update_view_preset(&seen, &id, patch.clone()).await.unwrap();

    assert_eq!((id.to_string().as_str(), changed.preset.name.as_str()), ("our-dates", "Deadlines"));
    assert_eq!(changed.preset.fields, dates());
    assert_eq!(word(world.kernel.update_view_preset(&seen, &id, patch).await), "stale");
    assert_eq!(word(world.kernel.delete_view_preset(&seen, &id).await), "stale");
    world.kernel.delete_view_preset(&admin, &id).await.unwrap();
    assert_eq!(word(world.kernel.find_view_preset(&admin, &id).await), "not found");
    let again = made(&world, &admin, "Our dates").await;
    assert_ne!(again.listed.key.name, id, "an id is never given twice");
}

#[tokio::test]
async fn only_those_who_write_presets_make_them_and_everybody_reads_them() {
    let world = World::new().await;
    let (admin, external) = (world.ask(&world.admin), world.ask(&world.external));
    made(&world, &admin, "Ours").await;
    let (page, any) = (PageRequest::default(), ShelfQuery::default());

    assert_eq!(word(world.kernel.create_view_preset(&external, preset("Mine")).await), "forbidden");
    assert_eq!(world.kernel.list_view_presets(&external, &any, &page).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_preset_names_fields_that_there_are() {
    let world = World::new().await;
    let content = json!({ "name": "Odd", "fields": { "item": ["status", "colour"] } });

    let refused = world.put(&world.ask(&world.admin), key("view_preset", "odd"), content).await;

    assert_eq!(refused_at(refused), ["/fields/item/1"]);
}

#[tokio::test]
async fn a_choice_is_remembered_for_its_user_and_project() {
    let world = World::new().await;
    let (admin, ask) = (world.ask(&world.admin), world.ask(&world.internal));
    let id = made(&world, &admin, "Ours").await.listed.key.name;
    let kernel = &world.kernel;
    let mut projects = Vec::new();
    for name in ["One", "Two"] {
        let made = kernel.create_project(&ask, project(name, None, None)).await.unwrap().into_inner();
        projects.push(made.project.id);
    }
    let before = kernel.find_view_choice(&ask, projects[0]).await.unwrap();

    let chosen = kernel.choose_view_preset(&ask, projects[0], Some(id.clone())).await.unwrap();

    assert_eq!(
        (before.preset_id.clone(), before.preset.is_none(), before.version),
        (None, true, RowVersion::FIRST)
    );
    assert_eq!(Selection::from(&before.fields()), Selection::ALL);
    assert_eq!((chosen.preset_id.clone(), chosen.fields()), (Some(id), dates()));
    assert_eq!(kernel.find_view_choice(&ask, projects[0]).await.unwrap(), chosen);
    assert_eq!(kernel.find_view_choice(&ask, projects[1]).await.unwrap().preset_id, None);
    assert_eq!(kernel.find_view_choice(&admin, projects[0]).await.unwrap().preset_id, None);
    let cleared = kernel.choose_view_preset(&ask, projects[0], None).await.unwrap();
    assert_eq!((cleared.preset_id, cleared.version), (None, RowVersion::new(3)));
}

#[tokio::test]
async fn what_is_not_there_any_more_gives_way_to_everything() {
    let world = World::new().await;
    let (admin, system) = (world.ask(&world.admin), world.ask_in_system());
    let everything = json!({ "name": "Everything", "fields": { "phase": ["state"] } });
    world.put(&system, key("view_preset", "everything"), everything).await.unwrap();
    let id = made(&world, &admin, "Ours").await.listed.key.name;
    let kernel = &world.kernel;
    let made = kernel.create_project(&admin, project("P", None, None)).await.unwrap().into_inner().project.id;
    kernel.choose_view_preset(&admin, made, Some(id.clone())).await.unwrap();

    kernel.delete_view_preset(&admin, &id).await.unwrap();

    let chosen = kernel.find_view_choice(&admin, made).await.unwrap();
    assert_eq!(chosen.preset_id, Some(id.clone()));
    assert_eq!(chosen.preset.unwrap().preset.name.as_str(), "Everything");
    assert_eq!(word(kernel.choose_view_preset(&admin, made, Some(id)).await), "not found");
}

#[tokio::test]
async fn nobody_chooses_for_a_project_that_he_may_not_read() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let made = world.kernel.create_project(&admin, project("P", None, None)).await.unwrap();
    let made = made.into_inner().project.id;
    let seq = world.next_seq().await;
    let external = world.ask(&world.external);

    assert_eq!(word(world.kernel.find_view_choice(&external, made).await), "not found");
    assert_eq!(word(world.kernel.choose_view_preset(&external, made, None).await), "not found");
    assert_eq!(word(world.kernel.choose_view_preset(&admin, made, None).await), "done");
    let stale = Request { if_match: Some(RowVersion::new(9)), ..world.ask(&world.admin) };
    assert_eq!(word(world.kernel.choose_view_preset(&stale, made, None).await), "stale");
    assert_eq!(world.next_seq().await, seq, "the default in place of the default changes nothing");
}

#[tokio::test]
async fn the_canvas_is_read_with_a_presets_fields() {
    let world = World::new().await;
    let admin = world.ask(&world.admin);
    let id = made(&world, &admin, "Ours").await.listed.key.name;
    let off = json!({ "name": "Off", "enabled": false, "fields": {} });
    world.put(&admin, key("view_preset", "off"), off).await.unwrap();
    let kernel = &world.kernel;
    let made = kernel.create_project(&admin, project("P", None, None)).await.unwrap().into_inner().project.id;
    let read = async |query: CanvasQuery| kernel.read_canvas(&admin, made, &query).await;

    let with = read(CanvasQuery::Preset(id)).await.unwrap().selection;

    assert!(
        with.phase(PhaseField::DueDate) && !with.phase(PhaseField::State) && !with.task(TaskField::Status)
    );
    assert_eq!(word(read(CanvasQuery::Preset(named("nothing"))).await), "not found");
    assert_eq!(word(read(CanvasQuery::Preset(named("off"))).await), "disabled");
}
