use guildhall_core::testing::SequentialIds;

use super::*;
use crate::testing::node;

/// `CLIENT | Soda Works | | MD-1 | a; b` as a line.
fn line(number: u64, text: &str) -> ImportLine {
    let mut fields = text.split('|').map(|field| field.trim().to_owned());
    let mut next = || fields.next().unwrap_or_default();
    ImportLine {
        line: number,
        level: next(),
        name: next(),
        parent: next(),
        md_id: next(),
        categories: next(),
    }
}

/// The lines of a table below its header.
fn table(lines: &[&str]) -> ImportTable {
    let lines = lines.iter().zip(2..).map(|(text, number)| line(number, text)).collect();
    ImportTable { lines, faults: Vec::new() }
}

fn plan(lines: &[&str], tree: &Tree) -> ImportPlan {
    plan_import(table(lines), tree, &Levels::default())
}

fn named(ids: &SequentialIds, level: Level, name: &str, parent: Option<&Node>) -> Node {
    Node { name: name.parse().unwrap(), ..node(ids, level, parent) }
}

fn faults(plan: &ImportPlan) -> Vec<(u64, &str, &str)> {
    let faults = plan.faults.iter();
    faults
        .map(|fault| (fault.line, fault.column.map_or("", ImportColumn::as_str), fault.detail.as_str()))
        .collect()
}

#[test]
fn lines_stand_in_any_order_and_name_parents_of_the_same_table() {
    let plan = plan(
        &["BRAND | Fizz | Soda/North", "MARKET | North | Soda", "CLIENT | Soda | | MD-1 | a; b;"],
        &Tree::default(),
    );

    assert_eq!(faults(&plan), []);
    let added: Vec<_> = plan.add.iter().map(|one| (one.line, one.node.name.as_str(), one.parent)).collect();
    assert_eq!(
        added,
        [
            (4, "Soda", ImportParent::Top),
            (3, "North", ImportParent::Added(0)),
            (2, "Fizz", ImportParent::Added(1)),
        ]
    );
    let soda = &plan.add[0].node;
    assert_eq!(soda.md_id.as_ref().unwrap().as_str(), "MD-1");
    assert_eq!(soda.categories.iter().map(Name::as_str).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn what_stands_there_is_not_added_again() {
    let ids = SequentialIds::default();
    let soda = named(&ids, Level::Client, "Soda/Works", None);
    let north = named(&ids, Level::Market, "North", Some(&soda));
    let tree = Tree::new([soda.clone(), north]);

    let plan = plan(
        &["CLIENT | Soda/Works |", "MARKET | North | Soda\\/Works", "BRAND | Fizz | Soda\\/Works"],
        &tree,
    );

    assert_eq!(faults(&plan), []);
    assert_eq!(plan.present.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(
        plan.add.iter().map(|one| (one.line, one.parent)).collect::<Vec<_>>(),
        [(4, ImportParent::Node(soda.id))]
    );
}

#[test]
fn an_archived_node_is_not_there() {
    let ids = SequentialIds::default();
    let archived = Node { state: NodeState::Archived, ..named(&ids, Level::Client, "Soda", None) };

    let plan = plan(&["CLIENT | Soda |"], &Tree::new([archived]));

    assert_eq!(plan.add.len(), 1);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_by_line_and_column() {
    let plan = plan(
        &[
            "client | | A//B | ok | x",
            "BRAND | Fizz |",
            "Region | North |",
            "MARKET | | Nowhere",
            "CLIENT | Soda |",
            "CLIENT | Soda |",
        ],
        &Tree::default(),
    );

    let places: Vec<_> = faults(&plan).into_iter().map(|(line, column, _)| (line, column)).collect();
    assert_eq!(
        places,
        [
            (2, "level"),
            (2, "name"),
            (2, "parent"),
            (3, "level"),
            (4, "level"),
            (5, "name"),
            (5, "parent"),
            (7, "name")
        ]
    );
    assert!(faults(&plan)[7].2.contains("line 6"));
}

#[test]
fn whoever_stands_under_a_line_with_a_fault_has_none_of_his_own() {
    let plan =
        plan(&["NOPE | Soda |", "MARKET | North | Soda", "BRAND | Fizz | Soda/North"], &Tree::default());

    assert_eq!(faults(&plan).into_iter().map(|(line, ..)| line).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_name_that_two_siblings_share_leads_nowhere_certain() {
    let ids = SequentialIds::default();
    let tree =
        Tree::new([named(&ids, Level::Client, "Soda", None), named(&ids, Level::Market, "Soda", None)]);

    let plan = plan(&["BRAND | Fizz | Soda"], &tree);

    assert_eq!(faults(&plan), [(2, "parent", "is ambiguous: more than one `Soda` stands there")]);
}

#[test]
fn a_name_is_not_given_to_a_second_sibling_of_another_level() {
    let ids = SequentialIds::default();
    let tree = Tree::new([named(&ids, Level::Client, "Soda", None)]);

    let plan = plan(&["MARKET | Soda |"], &tree);

    assert_eq!(faults(&plan), [(2, "name", "stands under this parent already, as `CLIENT`")]);
}

#[test]
fn a_table_leads_no_deeper_than_a_hierarchy_gets() {
    let levels = Levels::new(vec![crate::LevelRule {
        level: "Line".parse().unwrap(),
        under: vec![crate::Above::Workspace, crate::Above::Level("Line".parse().unwrap())],
    }])
    .unwrap();
    let lines: Vec<String> =
        (0..=Node::MAX_DEPTH).map(|depth| format!("Line | N | {}", vec!["N"; depth].join("/"))).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();

    let plan = plan_import(table(&lines), &Tree::default(), &levels);

    assert_eq!(plan.add.len(), Node::MAX_DEPTH);
    assert_eq!(faults(&plan), [(34, "parent", "is as deep as a hierarchy gets")]);
}

#[test]
fn the_faults_of_the_table_itself_stand_among_those_of_its_lines() {
    let fault = ImportFault { line: 9, column: None, detail: "has 2 fields, the header has 3".to_owned() };
    let table = ImportTable { faults: vec![fault], ..table(&["NOPE | Soda |"]) };

    let plan = plan_import(table, &Tree::default(), &Levels::default());

    assert_eq!(faults(&plan).into_iter().map(|(line, ..)| line).collect::<Vec<_>>(), [2, 9]);
}
