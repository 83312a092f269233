//! From a template to a project, and back.

use guildhall_core::{PageRequest, ProjectId, RowVersion};
use guildhall_kernel::{ActivityQuery, Outcome, ProjectQuery, Request, ShelfQuery};
use guildhall_orchestration::{Gating, Status, Template, TemplateCounts};

use super::{launch, named, project, save, word};
use crate::{
    followed::key,
    support::{World, parsed},
};

async fn shipped() -> (World, Request) {
    let world = World::new().await;
    world.ship_template("launch", launch()).await;
    let ask = world.ask(&world.internal);
    (world, ask)
}

/// How many projects there are, as the admin sees.
async fn projects(world: &World) -> usize {
    let (ask, page) = (world.ask(&world.admin), PageRequest::default());
    world.kernel.list_projects(&ask, ProjectQuery::default(), &page).await.unwrap().items.len()
}

#[tokio::test]
async fn a_project_begins_with_all_that_its_template_has() {
    let (world, ask) = shipped().await;

    let made = world.make(&ask, project("Spring", Some("2028-03-01"), None), "launch").await.unwrap();

    let board = world.board(made).await;
    let plan = &board[0].phase;
    assert_eq!((plan.name.as_str(), plan.objective.as_ref().unwrap().as_str()), ("Plan", "Agree"));
    assert_eq!((plan.start_date, plan.due_date), (Some(parsed("2028-02-27")), Some(parsed("2028-03-05"))));
    assert_eq!(board[1].phase.due_date, Some(parsed("2028-03-21")));
    let names: Vec<_> = board[0].items.iter().map(|it| it.item.content.name().as_str()).collect();
    assert_eq!(names, ["Write the brief", "Review it"]);
    let brief = &board[0].items[0];
    assert_eq!(brief.item.due_date, Some(parsed("2028-03-03")));
    assert_eq!(brief.item.content.link().unwrap().as_str(), "https://example.test/brief");
    assert_eq!((brief.item.status, brief.item.assignees.len()), (Status::ToDo, 0));
    let tasks: Vec<_> = brief.tasks.iter().map(|task| (task.title.as_str(), task.due_date)).collect();
    assert_eq!(tasks, [("Ask the client", Some(parsed("2028-03-02"))), ("Draft", None)]);
    let shown = world.kernel.find_project(&ask, made).await.unwrap();
    assert_eq!(shown.project.gating, Gating::Strict);
    assert_eq!((shown.project.version, shown.project.board_version), (RowVersion::FIRST, RowVersion::FIRST));
}

#[tokio::test]
async fn without_a_start_date_a_project_has_no_dates() {
    let (world, ask) = shipped().await;

    let made = world.make(&ask, project("Spring", None, None), "launch").await.unwrap();

    let board = world.board(made).await;
    assert!(board.iter().all(|it| it.phase.start_date.is_none() && it.phase.due_date.is_none()));
    assert!(board[0].items.iter().all(|it| it.item.due_date.is_none()));
}

#[tokio::test]
async fn whoever_says_what_gating_is_to_be_is_heard() {
    let (world, ask) = shipped().await;
    let command = project("Spring", None, None);

    let made =
        world.kernel.create_project_from(&ask, command, &named("launch"), Some(Gating::Advisory)).await;

    assert_eq!(made.unwrap().into_inner().project.gating, Gating::Advisory);
}

#[tokio::test]
async fn the_log_says_which_version_of_which_template_a_project_was_made_from() {
    let (world, ask) = shipped().await;
    let version = world.kernel.find_template(&ask, &named("launch")).await.unwrap().listed.head.unwrap();

    let made = world.make(&ask, project("Spring", None, None), "launch").await.unwrap();

    let page = world
        .kernel
        .list_activity(&ask, made, &ActivityQuery::default(), &PageRequest::default())
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    let said = |field: &str| {
        let change = page.items[0].event.changes.iter().find(|change| change.field == field);
        change.and_then(|change| change.after.clone()).unwrap()
    };
    assert_eq!(page.items[0].event.kind, "project.created");
    assert_eq!((said("template_id").as_str(), said("name").as_str()), ("\"launch\"", "\"Spring\""));
    assert_eq!(said("template_version"), version.number.to_string());
    assert_eq!((said("phases"), said("items"), said("tasks")), ("2".into(), "2".into(), "2".into()));
    let unit = world.unit().await;
    let used = unit.project_templates().find(made).await.unwrap().unwrap();
    assert_eq!((used.path.as_str(), used.package, used.version_id), ("launch", None, version.id));
}

#[tokio::test]
async fn a_saved_project_makes_the_same_project_again() {
    let (world, ask) = shipped().await;
    let first = world.make(&ask, project("Spring", Some("2027-01-31"), None), "launch").await.unwrap();

    let saved = world.kernel.save_as_template(&ask, first, save("Ours: launch")).await.unwrap().into_inner();
    let again = world.make(&ask, project("Again", Some("2027-01-31"), None), "ours-launch").await.unwrap();
    let resaved =
        world.kernel.save_as_template(&ask, again, save("Ours: launch")).await.unwrap().into_inner();

    assert_eq!(saved.listed.key.name, named("ours-launch"));
    assert_eq!(saved.template.counts(), TemplateCounts { phases: 2, items: 2, tasks: 2 });
    assert_eq!((saved.template.duration_days(), saved.template.gating), (Some(24), Some(Gating::Strict)));
    assert_ne!(resaved.listed.key, saved.listed.key, "an id is never given twice");
    assert_eq!(resaved.template, saved.template);
    let shipped = world.template(&ask, "launch").await;
    let phases =
        |template: &Template| template.phases.iter().map(|it| (it.start_day, it.due_day)).collect::<Vec<_>>();
    assert_eq!(phases(&saved.template), phases(&shipped));
}

#[tokio::test]
async fn a_repeated_request_saves_and_makes_nothing_twice() {
    let (world, ask) = shipped().await;
    let keyed = |key: &str| Request {
        route: "POST /x".to_owned(),
        idempotency_key: Some(parsed(key)),
        ..world.ask(&world.internal)
    };

    let made = world.make(&keyed("make"), project("Spring", None, None), "launch").await.unwrap();
    let again = world.make(&keyed("make"), project("Spring", None, None), "launch").await.unwrap();
    let saved = world.kernel.save_as_template(&keyed("save"), made, save("Ours")).await.unwrap();
    let replayed = world.kernel.save_as_template(&keyed("save"), made, save("Ours")).await.unwrap();

    assert_eq!(made, again);
    assert!(matches!((&saved, &replayed), (Outcome::Done(_), Outcome::Replayed(_))));
    assert_eq!(saved.get(), replayed.get());
    assert_eq!(world.found(&ask, "ours").await, ["ours"]);
    assert_eq!(projects(&world).await, 1);
}

#[tokio::test]
async fn a_refused_template_leaves_no_project() {
    let (world, ask) = shipped().await;
    let disabled = serde_json::json!({ "name": "Off", "enabled": false, "phases": [] });
    world.ship_template("off", disabled).await;
    let seq = world.next_seq().await;
    let late = project("Late", Some("9999-12-30"), None);

    assert_eq!(word(world.make(&ask, project("P", None, None), "nothing").await), "not found");
    assert_eq!(word(world.make(&ask, project("P", None, None), "off").await), "disabled");
    assert_eq!(word(world.make(&ask, late, "launch").await), "refused");

    assert_eq!(projects(&world).await, 0);
    assert_eq!(world.next_seq().await, seq);
}

#[tokio::test]
async fn who_may_not_read_templates_makes_no_project_and_saves_none() {
    let (world, ask) = shipped().await;
    let made = world.make(&ask, project("Spring", None, None), "launch").await.unwrap();
    let external = world.ask(&world.external);
    let (page, any) = (PageRequest::default(), ShelfQuery::default());

    assert_eq!(word(world.kernel.list_templates(&external, &any, &page).await), "forbidden");
    assert_eq!(word(world.kernel.find_template(&external, &named("launch")).await), "forbidden");
    assert_eq!(word(world.kernel.save_as_template(&external, made, save("Ours")).await), "not found");
    assert_eq!(word(world.make(&external, project("P", None, None), "launch").await), "forbidden");
}

#[tokio::test]
async fn another_workspaces_template_is_not_there() {
    let (world, ask) = shipped().await;
    let made = world.make(&ask, project("Spring", None, None), "launch").await.unwrap();
    world.kernel.save_as_template(&ask, made, save("Ours")).await.unwrap();
    let there = world.ask_in_other().await;

    assert_eq!(word(world.kernel.find_template(&there, &named("ours")).await), "not found");
    assert_eq!(word(world.make(&there, project("P", None, None), "ours").await), "not found");
    assert_eq!(world.found(&there, "").await, ["launch"]);
}

#[tokio::test]
async fn what_takes_the_place_of_a_template_takes_it_for_new_projects_alone() {
    let (world, ask) = shipped().await;
    let first = world.make(&ask, project("First", None, None), "launch").await.unwrap();
    let shorter = serde_json::json!({ "name": "Launch", "phases": [{ "key": "all", "name": "All" }] });

    world.put(&world.ask(&world.admin), key("workflow_template", "launch"), shorter).await.unwrap();
    let second = world.make(&ask, project("Second", None, None), "launch").await.unwrap();

    let phases = async |id: ProjectId| world.board(id).await.len();
    assert_eq!((phases(first).await, phases(second).await), (2, 1));
}
