//! What somebody has to do across his projects, and how many statements it takes to say.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use guildhall_core::PageRequest;
use guildhall_kernel::{ProjectQuery, SignInLimits};
use guildhall_orchestration::{ItemPatch, ProjectRole, Status, WorkSubject};
use guildhall_store::SeaDatabase;

use super::{Team, activity, refusal};
use crate::support::{World, parsed};

/// The tables that these lists are about.
const TABLES: [&str; 4] = ["\"item\"", "\"task\"", "\"phase\"", "\"project\""];

fn taken(user: guildhall_core::UserId, due: Option<&str>) -> ItemPatch {
    ItemPatch { assignees: Some(vec![user]), due_date: Some(due.map(parsed)), ..ItemPatch::default() }
}

#[tokio::test]
async fn ones_work_is_listed_by_when_it_is_due_and_marked_where_that_has_passed() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let me = team.world.external.id;
    let late = team.add_item(team.phase, activity("Late")).await;
    let done = team.add_item(team.phase, activity("Done")).await;
    kernel.update_item(&owner, project, late, taken(me, Some("1969-12-31"))).await.unwrap();
    kernel.update_item(&owner, project, team.item, taken(me, None)).await.unwrap();
    let finished = ItemPatch { status: Some(Status::Completed), ..taken(me, None) };
    kernel.update_item(&owner, project, done, finished).await.unwrap();
    let page = PageRequest { limit: 50, after: None };

    let found = kernel.list_my_work(&team.contributor(), &page).await.unwrap();

    let subjects: Vec<_> = found.page.items.iter().map(|work| work.subject.clone()).collect();
    assert_eq!(subjects, [WorkSubject::Item(late), WorkSubject::Item(team.item)]);
    assert!(found.today > NaiveDate::from_ymd_opt(1969, 12, 31).unwrap());
    assert!(found.page.items[0].is_overdue(found.today) && !found.page.items[1].is_overdue(found.today));
    kernel.remove_project_member(&owner, project, me).await.unwrap();
    let after = kernel.list_my_work(&team.contributor(), &page).await.unwrap();
    assert!(after.page.items.is_empty());
}

#[tokio::test]
async fn whoever_is_no_member_has_nothing_to_do_here() {
    let team = Team::new().await;
    let page = PageRequest { limit: 50, after: None };

    let found = team.world.kernel.list_my_work(&team.world.ask(&team.world.platform_admin), &page).await;

    assert_eq!(refusal(found), "done");
}

#[tokio::test]
async fn ones_work_and_ones_projects_take_one_statement_each() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    let database = SeaDatabase::in_memory().await.unwrap().with_tap(move |sql| {
        if TABLES.iter().any(|table| sql.contains(table)) {
            seen.lock().unwrap().push(sql.to_owned());
        }
    });
    let team = Team::on(World::on(database, SignInLimits::default()).await).await;
    let (kernel, ask) = (&team.world.kernel, team.contributor());
    kernel
        .update_item(&team.owner(), team.project, team.item, taken(team.world.external.id, None))
        .await
        .unwrap();
    let page = PageRequest { limit: 50, after: None };
    let mine = ProjectQuery { mine: true, order: parsed("due_date"), ..ProjectQuery::default() };
    // The rights are compiled once.
    kernel.find_project(&ask, team.project).await.unwrap();

    asked.lock().unwrap().clear();
    let work = kernel.list_my_work(&ask, &page).await.unwrap();
    let of_work = std::mem::take(&mut *asked.lock().unwrap());
    let projects = kernel.list_projects(&ask, mine, &page).await.unwrap();
    let of_projects = std::mem::take(&mut *asked.lock().unwrap());

    assert_eq!((work.page.items.len(), of_work.len()), (1, 1), "{of_work:?}");
    assert_eq!((projects.items.len(), of_projects.len()), (1, 1), "{of_projects:?}");
    let shown = &projects.items[0];
    assert_eq!((shown.role, shown.current_phase), (Some(ProjectRole::Contributor), Some(team.phase)));
    assert_eq!(*shown, kernel.find_project(&ask, team.project).await.unwrap());
}
