//! The activity feed.

use guildhall_core::PageRequest;
use guildhall_kernel::ActivityQuery;
use guildhall_orchestration::ProjectRole;

use super::{Team, project, refusal};

async fn page(team: &Team, limit: usize, after: Option<String>) -> (Vec<String>, Option<String>) {
    let page = PageRequest { limit, after };
    let page = team
        .world
        .kernel
        .list_activity(&team.viewer(), team.project, &ActivityQuery::default(), &page)
        .await
        .unwrap();
    (page.items.into_iter().map(|shown| shown.event.kind).collect(), page.next)
}

#[tokio::test]
async fn the_feed_tells_what_happened_in_the_project_newest_first() {
    let team = Team::new().await;
    team.world.kernel.create_project(&team.owner(), project("Elsewhere", None)).await.unwrap();

    let (newest, next) = page(&team, 2, None).await;
    let (oldest, end) = page(&team, 50, next).await;

    assert_eq!(newest, ["project_member.added", "project_member.added"]);
    assert_eq!(oldest, ["task.created", "item.created", "phase.created", "project.created"]);
    assert_eq!(end, None);
}

#[tokio::test]
async fn the_feed_names_people_as_they_were_then() {
    let team = Team::new().await;

    team.add(&team.stranger, ProjectRole::Viewer).await.unwrap();

    let newest = team.newest().await;
    assert_eq!(newest.actor.id, team.world.internal.id.uuid());
    assert_eq!(newest.actor.name, Some(team.world.internal.display_name()));
    assert_eq!(
        (newest.subject.id, newest.subject.name),
        (team.stranger.id.uuid(), Some(team.stranger.display_name()))
    );
}

#[tokio::test]
async fn the_feed_is_for_readers_of_the_project() {
    let team = Team::new().await;

    let asked = team
        .world
        .kernel
        .list_activity(&team.stranger(), team.project, &ActivityQuery::default(), &PageRequest::default())
        .await;

    assert_eq!(refusal(asked), "not found");
}
