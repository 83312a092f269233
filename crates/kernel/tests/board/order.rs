//! Lists of projects: which, and in which order.

use chrono::NaiveDate;
use guildhall_core::{Level, PageRequest};
use guildhall_kernel::{CreateProject, ProjectQuery, Request};
use guildhall_orchestration::{ProjectPatch, ProjectRole, ProjectState};

use super::{Team, node, project};
use crate::support::parsed;

/// The names of all projects that the query finds, gathered page by page.
async fn names(team: &Team, ask: &Request, query: ProjectQuery, limit: usize) -> Vec<String> {
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let page = PageRequest { limit, after };
        let page = team.world.kernel.list_projects(ask, query.clone(), &page).await.unwrap();
        names.extend(page.items.iter().map(|shown| shown.project.name.to_string()));
        after = page.next;
        if after.is_none() {
            return names;
        }
    }
}

async fn all(team: &Team, ask: &Request, query: ProjectQuery) -> Vec<String> {
    names(team, ask, query, 50).await
}

/// Beside `Launch`, which is due never: `archive` on the fifth, `Zoo` on the third, both of the admin alone.
async fn with_more_projects() -> Team {
    let team = Team::new().await;
    for (name, day) in [("Zoo", 3), ("archive", 5)] {
        let due_date = NaiveDate::from_ymd_opt(2026, 1, day);
        let command = CreateProject { due_date, ..project(name, None) };
        team.world.kernel.create_project(&team.admin(), command).await.unwrap();
    }
    team
}

#[tokio::test]
async fn a_list_holds_what_its_reader_may_read() {
    let team = with_more_projects().await;
    let query = ProjectQuery::default;

    assert_eq!(all(&team, &team.admin(), query()).await, ["Launch", "Zoo", "archive"]);
    assert_eq!(all(&team, &team.contributor(), query()).await, ["Launch"]);
    assert!(all(&team, &team.stranger(), query()).await.is_empty());
    assert!(all(&team, &team.world.ask(&team.world.platform_admin), query()).await.is_empty());
}

#[tokio::test]
async fn every_order_is_the_same_in_pages_of_any_size() {
    let team = with_more_projects().await;
    let orders = [
        ("created_at", ["Launch", "Zoo", "archive"]),
        ("-created_at", ["archive", "Zoo", "Launch"]),
        ("name", ["archive", "Launch", "Zoo"]),
        ("-name", ["Zoo", "Launch", "archive"]),
        ("due_date", ["Zoo", "archive", "Launch"]),
        ("-due_date", ["archive", "Zoo", "Launch"]),
    ];

    for (order, expected) in orders {
        for limit in 1..=3 {
            let query = ProjectQuery { order: parsed(order), ..ProjectQuery::default() };
            assert_eq!(names(&team, &team.admin(), query, limit).await, expected, "{order}, {limit}");
        }
    }
}

#[tokio::test]
async fn projects_are_found_by_name_state_and_ones_own_role() {
    let team = with_more_projects().await;
    team.archive().await;
    let by_name = ProjectQuery { q: Some(parsed("CHI")), ..ProjectQuery::default() };
    let archived = ProjectQuery { state: Some(ProjectState::Archived), ..ProjectQuery::default() };
    let owned = ProjectQuery { role: Some(ProjectRole::Owner), ..ProjectQuery::default() };

    assert_eq!(all(&team, &team.admin(), by_name).await, ["archive"]);
    assert_eq!(all(&team, &team.admin(), archived).await, ["Launch"]);
    assert_eq!(all(&team, &team.admin(), owned.clone()).await, ["Zoo", "archive"]);
    assert_eq!(all(&team, &team.owner(), owned.clone()).await, ["Launch"]);
    assert!(all(&team, &team.viewer(), owned).await.is_empty());
}

#[tokio::test]
async fn a_node_stands_for_its_branch_to_those_who_see_it() {
    let team = Team::new().await;
    let client = node(&team.world, None, Level::Client).await;
    let brand = node(&team.world, Some(client), Level::Brand).await;
    let link = ProjectPatch { node_id: Some(Some(brand)), ..ProjectPatch::default() };
    team.world.kernel.update_project(&team.admin(), team.project, link).await.unwrap();
    let on = |node| ProjectQuery { node_id: Some(node), ..ProjectQuery::default() };

    assert_eq!(all(&team, &team.admin(), on(client)).await, ["Launch"]);
    assert!(all(&team, &team.contributor(), on(client)).await.is_empty());
    assert!(all(&team, &team.contributor(), on(brand)).await.is_empty());
}
