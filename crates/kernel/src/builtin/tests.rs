use std::collections::BTreeSet;

use guildhall_core::PermissionCode;

use super::{BuiltinRole, TABLE, code, is_delegable};

const DOCUMENT: &str = include_str!("../../../../docs/authorization.md");

/// The table's columns, and the role that a plain `y` in each stands for.
const COLUMNS: [BuiltinRole; 8] = [
    BuiltinRole::PlatformAdmin,
    BuiltinRole::WorkspaceAdmin,
    BuiltinRole::Internal,
    BuiltinRole::External,
    BuiltinRole::Owner,
    BuiltinRole::Contributor,
    BuiltinRole::Viewer,
    BuiltinRole::ProductAccount,
];

/// The role that a cell names; the legend stands above the table in the document.
fn role_of(cell: &str, column: BuiltinRole) -> Option<BuiltinRole> {
    match cell.split_whitespace().next()? {
        "y" => Some(column),
        "S" => Some(BuiltinRole::SystemAdmin),
        "a" => Some(BuiltinRole::Assigned),
        "m" => Some(BuiltinRole::PlatformAdminMember),
        "s" => Some(BuiltinRole::Inviter),
        "o" => Some(BuiltinRole::ProductAccount),
        "p" | "c" => None,
        other => panic!("the document's legend knows no `{other}`"),
    }
}

fn documented() -> BTreeSet<(String, BuiltinRole)> {
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| `"));
    let mut held = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), COLUMNS.len() + 1, "{row}");
        let code = cells[0].split('`').nth(1).unwrap();
        for (cell, column) in cells[1..].iter().zip(COLUMNS) {
            held.extend(role_of(cell, column).map(|role| (code.to_owned(), role)));
        }
    }
    held
}

#[test]
fn the_table_is_the_documented_one() {
    let coded: BTreeSet<_> = TABLE
        .iter()
        .flat_map(|row| row.held_by.iter().map(|role| (row.code.as_str().to_owned(), *role)))
        .collect();

    let documented = documented();

    assert_eq!(coded.difference(&documented).collect::<Vec<_>>(), Vec::<&(String, BuiltinRole)>::new());
    assert_eq!(documented.difference(&coded).collect::<Vec<_>>(), Vec::<&(String, BuiltinRole)>::new());
}

#[test]
fn a_workspaces_own_role_may_hold_what_the_document_marks() {
    let marked: BTreeSet<&str> = DOCUMENT
        .lines()
        .filter(|line| {
            line.starts_with("| `") && line.split('|').nth(1).is_some_and(|cell| cell.contains("*d*"))
        })
        .filter_map(|line| line.split('`').nth(1))
        .collect();

    let coded: BTreeSet<&str> =
        code::ALL.iter().filter(|code| is_delegable(code)).map(PermissionCode::as_str).collect();

    assert_eq!(coded, marked);
}

#[test]
fn every_code_has_one_row_and_is_well_spelled() {
    let rows: Vec<&PermissionCode> = TABLE.iter().map(|row| &row.code).collect();

    assert_eq!(rows, code::ALL.iter().collect::<Vec<_>>());
    for code in code::ALL {
        assert_eq!(code.as_str().parse::<PermissionCode>().as_ref(), Ok(code));
    }
}

#[test]
fn roles_have_ids_of_their_own() {
    let ids: BTreeSet<_> = BuiltinRole::ALL.iter().map(|role| role.id()).collect();

    assert_eq!(ids.len(), BuiltinRole::ALL.len());
}

#[test]
fn every_kind_of_artifact_is_read_and_written_by_codes_that_somebody_holds() {
    for kind in guildhall_artifacts::Kinds::built_in().unwrap().iter() {
        for code in [kind.read(), kind.write()] {
            assert!(TABLE.iter().any(|row| row.code == *code), "{}: {code}", kind.name());
        }
    }
}
