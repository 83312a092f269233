use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use guildhall_core::testing::SequentialIds;
use proptest::prelude::*;
use serde_json::json;

use super::{lay_out::Structure, *};
use crate::{
    AppUse, Board, Item, OrchestrationError, Phase, Project, Status, Task,
    testing::{application, date, item, phase, project, task},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A template of one phase with one item and one task, all of which are due on a day.
fn due_on(days: i32) -> Template {
    let content = json!({ "name": "T", "phases": [{ "key": "p", "name": "P", "due_day": days, "items": [
        { "key": "i", "kind": "ACTIVITY", "name": "I", "due_day": days, "tasks": [
            { "key": "t", "title": "T", "due_day": days }
        ] }
    ] }] });
    serde_json::from_value(content).unwrap()
}

fn laid_out(template: &Template, start: Option<NaiveDate>) -> Result<Structure, OrchestrationError> {
    let uses: BTreeMap<ItemPlace, AppUse> =
        template.applications().map(|(place, _, _)| (place, application(1))).collect();
    template.lay_out(project(1).id, start, &uses, &SequentialIds::default())
}

fn saved(board: &Board) -> Template {
    Template::of(board, ("Saved".parse().unwrap(), None, None), |_| Some("app".to_owned()))
}

fn board(start_date: Option<NaiveDate>, structure: Structure) -> Board {
    let Structure { phases, items, tasks } = structure;
    Board::build(Project { start_date, ..project(1) }, phases, items, tasks)
}

#[rstest::rstest]
#[case::the_first_day("2027-01-01", 0, "2027-01-01")]
#[case::before_the_start("2027-01-01", -1, "2026-12-31")]
#[case::the_end_of_a_month("2027-01-31", 1, "2027-02-01")]
#[case::no_leap_year("2027-02-28", 1, "2027-03-01")]
#[case::a_leap_year("2028-02-28", 1, "2028-02-29")]
#[case::from_a_leap_day("2028-02-29", 366, "2029-03-01")]
#[case::as_far_as_days_go("2027-01-01", 3650, "2036-12-29")]
fn days_count_from_the_start(#[case] start: &str, #[case] days: i32, #[case] due: &str) {
    let made = laid_out(&due_on(days), Some(day(start))).unwrap();

    assert_eq!(made.phases[0].due_date, Some(day(due)));
    assert_eq!(made.items[0].due_date, Some(day(due)));
    assert_eq!(made.tasks[0].due_date, Some(day(due)));
    assert_eq!(saved(&board(Some(day(start)), made)).phases[0].due_day, Some(days));
}

#[test]
fn without_a_start_nothing_has_a_date() {
    let made = laid_out(&due_on(7), None).unwrap();

    assert_eq!((made.phases[0].due_date, made.items[0].due_date, made.tasks[0].due_date), (None, None, None));
}

#[test]
fn a_day_that_is_no_date_is_refused() {
    let start = day("9999-12-31");

    let refused = laid_out(&due_on(1), Some(start)).unwrap_err();

    assert_eq!(refused, OrchestrationError::DateOutOfReach { start, day: 1 });
}

#[test]
fn a_phase_that_is_due_before_it_begins_is_refused() {
    let mut template = due_on(1);
    template.phases[0].start_day = Some(2);

    let refused = laid_out(&template, Some(date(0))).unwrap_err();

    assert!(matches!(refused, OrchestrationError::StartAfterDue { .. }));
}

#[test]
fn an_application_without_a_product_is_refused() {
    let mut template = due_on(1);
    template.phases[0].items[0].kind = ItemKind::Application;

    let refused = laid_out(&template, None).unwrap_err();

    assert_eq!(refused, OrchestrationError::TemplateInvalid { key: "i".to_owned() });
}

#[test]
fn a_project_without_a_start_is_saved_from_its_earliest_date() {
    let phases = vec![Phase { due_date: Some(date(9)), ..phase(1) }];
    let items = vec![Item { due_date: Some(date(7)), ..item(1, 1) }];
    let tasks = vec![Task { due_date: Some(date(5)), ..task(1, 1) }, task(2, 1)];

    let template = saved(&board(None, Structure { phases, items, tasks }));

    let phase = &template.phases[0];
    assert_eq!((phase.due_day, phase.items[0].due_day), (Some(4), Some(2)));
    let tasks: Vec<_> = phase.items[0].tasks.iter().map(|task| task.due_day).collect();
    assert_eq!(tasks, [Some(0), None]);
    assert_eq!(template.duration_days(), Some(5));
}

#[test]
fn what_is_archived_is_not_saved() {
    let items = vec![Item { status: Status::Archived, ..item(1, 1) }, item(2, 1)];
    let tasks = vec![Task { status: Status::Archived, ..task(1, 2) }, task(2, 2)];

    let template = saved(&board(None, Structure { phases: vec![phase(1)], items, tasks }));

    assert_eq!(template.counts(), TemplateCounts { phases: 1, items: 1, tasks: 1 });
}

#[test]
fn keys_are_made_of_names_and_told_apart_by_numbers() {
    let named = |number: u32, name: &str| Phase { name: name.parse().unwrap(), ..phase(number) };
    let phases = vec![named(1, "To do!"), named(2, "to-do"), named(3, "東京"), named(4, "TO DO")];

    let template = saved(&board(None, Structure { phases, ..Structure::default() }));

    let keys: Vec<&str> = template.phases.iter().map(|phase| phase.key.as_str()).collect();
    assert_eq!(keys, ["to-do", "to-do-2", "phase", "to-do-3"]);
}

#[test]
fn the_time_that_a_template_takes_begins_with_the_start_or_before() {
    let days = |days: i32| due_on(days).duration_days();

    assert_eq!((days(0), days(6), days(-1)), (Some(1), Some(7), Some(2)));
    assert_eq!(Template { phases: Vec::new(), ..due_on(0) }.duration_days(), None);
}

#[test]
fn faults_are_named_with_their_places() {
    let content = json!({ "name": "T", "phases": [
        { "key": "a", "name": "A", "start_day": 3, "due_day": 2, "items": [
            { "key": "i", "kind": "ACTIVITY", "name": "I", "link": "https://[" }
        ] }
    ] });

    let faults: Vec<String> = check_template(&content).into_iter().map(|fault| fault.pointer).collect();

    assert_eq!(faults, ["/phases/0/due_day", "/phases/0/items/0/link"]);
    assert!(check_template(&serde_json::to_value(due_on(1)).unwrap()).is_empty());
}

fn days() -> impl Strategy<Value = Option<i32>> {
    prop::option::of(-400..400_i32)
}

fn names() -> impl Strategy<Value = Name> {
    "[A-Za-zé ]{0,6}[a-zé]".prop_map(|name| name.parse().unwrap())
}

fn texts() -> impl Strategy<Value = Option<Text>> {
    prop::option::of("[a-z\n]{0,8}".prop_map(|text| text.parse().unwrap()))
}

fn tasks() -> impl Strategy<Value = TemplateTask> {
    (names(), texts(), days()).prop_map(|(title, description, due_day)| TemplateTask {
        key: "k".to_owned(),
        title,
        description,
        due_day,
    })
}

/// With which of nothing, a link and a product an item comes.
fn items() -> impl Strategy<Value = TemplateItem> {
    let parts = (names(), texts(), days(), 0..4_u8, prop::collection::vec(tasks(), 0..4));
    parts.prop_map(|(name, description, due_day, with, tasks)| {
        let used = application(1);
        TemplateItem {
            key: "k".to_owned(),
            kind: if with == 3 { ItemKind::Application } else { ItemKind::Activity },
            name,
            description,
            due_day,
            link: (with == 1).then(|| "https://example.test/".parse().unwrap()),
            application: (with >= 2).then(|| TemplateApplication {
                product_id: Some(used.product_id),
                product_version_id: Some(used.product_version_id),
                slug: Some("app".to_owned()),
                config: used.config,
            }),
            tasks,
        }
    })
}

fn phases() -> impl Strategy<Value = TemplatePhase> {
    let parts = (names(), texts(), texts(), days(), 0..9_i32, prop::collection::vec(items(), 0..4));
    parts.prop_map(|(name, objective, deliverables, start_day, later, items)| TemplatePhase {
        key: "k".to_owned(),
        name,
        objective,
        deliverables,
        start_day,
        due_day: start_day.map(|start| start + later),
        items,
    })
}

fn templates() -> impl Strategy<Value = Template> {
    prop::collection::vec(phases(), 0..5).prop_map(|phases| Template {
        name: "Saved".parse().unwrap(),
        description: None,
        category: None,
        gating: Some(Gating::Advisory),
        phases,
    })
}

/// The template with the same key everywhere.
fn without_keys(mut template: Template) -> Template {
    for phase in &mut template.phases {
        phase.key = "k".to_owned();
        for item in &mut phase.items {
            item.key = "k".to_owned();
            item.tasks.iter_mut().for_each(|task| task.key = "k".to_owned());
        }
    }
    template
}

proptest! {
    #[test]
    fn what_a_project_was_made_from_is_what_it_is_saved_as(template in templates(), start in 0..20_000_u64) {
        let start = day("1990-01-01").checked_add_days(Days::new(start));

        let once = saved(&board(start, laid_out(&template, start).unwrap()));
        let twice = saved(&board(start, laid_out(&once, start).unwrap()));

        prop_assert_eq!(without_keys(once.clone()), template);
        prop_assert_eq!(&twice, &once);
        prop_assert!(check_template(&serde_json::to_value(&once).unwrap()).is_empty());
    }

    #[test]
    fn what_a_template_writes_it_reads(template in templates()) {
        let written = serde_json::to_value(&template).unwrap();

        prop_assert_eq!(serde_json::from_value::<Template>(written).unwrap(), template);
    }
}
