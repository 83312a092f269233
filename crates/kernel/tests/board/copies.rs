//! Copies of cards, as use cases.

use guildhall_kernel::{CanvasQuery, KernelError};
use guildhall_orchestration::{ItemPatch, Status};

use super::{Team, activity, application, published, refusal, task};
use crate::support::parsed;

#[tokio::test]
async fn a_copied_phase_is_one_event_with_all_that_came_with_it() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let patch = ItemPatch {
        status: Some(Status::Completed),
        assignees: Some(vec![team.viewer.id]),
        ..ItemPatch::default()
    };
    kernel.update_item(&owner, project, team.item, patch).await.unwrap();
    let (before, _, _) = team.mark().await;

    let copy = kernel.duplicate_phase(&owner, project, team.phase).await.unwrap().into_inner();

    let [item] = copy.phase.items.as_slice() else { panic!("{:?}", copy.phase.items) };
    assert_eq!((item.item.status, item.tasks.len()), (Status::ToDo, 1));
    assert_eq!(item.item.assignees, [team.viewer.id]);
    let newest = team.newest().await;
    assert_eq!((newest.kind.as_str(), newest.subject.id), ("phase.duplicated", copy.phase.phase.id.uuid()));
    let told = |field: &str| newest.changes.iter().find(|one| one.field == field).unwrap().after.clone();
    assert_eq!(told("copy_of"), Some(format!("\"{}\"", team.phase)));
    assert_eq!(told("items"), Some(format!("[\"{}\"]", item.item.id)));
    assert_eq!(team.mark().await.0, before + 1);
}

#[tokio::test]
async fn a_contributor_copies_tasks_and_nothing_else() {
    let team = Team::new().await;
    let (kernel, ask, project) = (&team.world.kernel, team.contributor(), team.project);

    let copy = kernel.duplicate_task(&ask, project, team.task).await.unwrap().into_inner();

    assert_eq!(copy.task.title.as_str(), "Think");
    assert_eq!(refusal(kernel.duplicate_item(&ask, project, team.item).await), "WORKFLOW_EDIT");
    assert_eq!(refusal(kernel.duplicate_phase(&ask, project, team.phase).await), "WORKFLOW_EDIT");
    assert_eq!(refusal(kernel.duplicate_task(&team.viewer(), project, team.task).await), "TASK_EDIT");
}

#[tokio::test]
async fn a_copy_asks_of_its_product_what_a_new_item_asks() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let (product, version) = published(&team.world, &[]).await;
    let used = team.add_item(team.phase, application(version)).await;
    let admin = team.admin();
    let (_, _, epochs) = team.mark().await;
    kernel.duplicate_item(&owner, project, used).await.unwrap();
    let (_, _, raised) = team.mark().await;
    kernel.retire_product_version(&admin, product, version).await.unwrap();
    let before = team.mark().await;

    let of_item = kernel.duplicate_item(&owner, project, used).await;
    let of_phase = kernel.duplicate_phase(&owner, project, team.phase).await;

    assert_ne!(epochs, raised);
    let is_unavailable =
        |error: &KernelError| matches!(error, KernelError::Refused { code: "product_unavailable", .. });
    assert!(is_unavailable(&of_item.unwrap_err()) && is_unavailable(&of_phase.unwrap_err()));
    assert_eq!(team.mark().await, before);
}

#[tokio::test]
async fn a_copied_item_stands_between_its_original_and_the_next() {
    let team = Team::new().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let next = team.add_item(team.phase, activity("Next")).await;
    kernel.create_task(&owner, project, task(team.item, "Then")).await.unwrap();

    let copy = kernel.duplicate_item(&owner, project, team.item).await.unwrap().into_inner().item;

    let canvas = kernel.read_canvas(&owner, project, &CanvasQuery::default()).await.unwrap();
    let order: Vec<_> = canvas.phases[0].items.iter().map(|item| item.item.id).collect();
    assert_eq!(order, [team.item, copy.item.id, next]);
    let titles: Vec<_> = copy.tasks.iter().map(|task| task.title.clone()).collect();
    assert_eq!(titles, [parsed("Think"), parsed("Then")]);
}
