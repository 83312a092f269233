//! How many statements a change of a card sends.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use guildhall_core::ItemId;
use guildhall_kernel::SignInLimits;
use guildhall_orchestration::{ItemPatch, MoveItem, Place, Status};
use guildhall_store::SeaDatabase;

use super::{Team, activity};
use crate::support::World;

/// A team whose statements are counted.
pub(super) async fn counted() -> (Team, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    let database = SeaDatabase::in_memory().await.unwrap().with_tap(move |sql| {
        let first = sql.trim_start().split(' ').next().unwrap_or_default().to_ascii_uppercase();
        if !["BEGIN", "COMMIT", "ROLLBACK"].contains(&first.as_str()) {
            seen.fetch_add(1, SeqCst);
        }
    });
    (Team::on(World::on(database, SignInLimits::default()).await).await, count)
}

fn to(status: Status) -> ItemPatch {
    ItemPatch { status: Some(status), ..ItemPatch::default() }
}

#[tokio::test]
async fn a_change_of_a_card_sends_few_statements_however_much_lies_on_the_board() {
    let (team, count) = counted().await;
    let (kernel, owner, project) = (&team.world.kernel, team.owner(), team.project);
    let mut counts = Vec::new();

    for _ in 0..2 {
        let other = team.add_item(team.phase, activity("Write")).await;
        let end = MoveItem { phase_id: team.phase, place: Place::After(Some(other)) };
        count.store(0, SeqCst);
        kernel.update_item(&owner, project, team.item, to(Status::InProgress)).await.unwrap();
        let begun = count.swap(0, SeqCst);
        kernel.update_item(&owner, project, team.item, to(Status::ToDo)).await.unwrap();
        let stopped = count.swap(0, SeqCst);
        kernel.move_item(&owner, project, team.item, end).await.unwrap();
        counts.push((begun, stopped, count.swap(0, SeqCst)));
        for _ in 0..20 {
            let _: ItemId = team.add_item(team.phase, activity("Draw")).await;
        }
    }

    // The rights, the lock, the card before, its change, the event with its number and names; the card's tasks,
    // and whether it is ahead. A move asks for its gap.
    assert_eq!(counts, [(9, 8, 9), (9, 8, 9)]);
}
