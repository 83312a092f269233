//! Templates as large as they come.

use std::sync::{Arc, Mutex};

use guildhall_kernel::SignInLimits;
use guildhall_store::SeaDatabase;
use serde_json::{Value, json};

use super::{project, save, word};
use crate::{
    board::phase,
    support::{World, parsed},
};

/// A hundred phases with forty items each: nearly as much as a content may have.
fn large() -> Value {
    let item =
        |nth: usize| json!({ "key": format!("i{nth}"), "kind": "ACTIVITY", "name": "I", "due_day": nth });
    let items: Vec<Value> = (0..40).map(item).collect();
    let phase = |nth: usize| json!({ "key": format!("p{nth}"), "name": "P", "items": items });
    json!({ "name": "Large", "phases": (0..100).map(phase).collect::<Vec<_>>() })
}

#[tokio::test]
async fn a_large_template_makes_a_project_with_few_statements() {
    let counted = Arc::new(Mutex::new(0_usize));
    let counter = counted.clone();
    let database = SeaDatabase::in_memory().await.unwrap().with_tap(move |_| *counter.lock().unwrap() += 1);
    let world = World::on(database, SignInLimits::default()).await;
    world.ship_template("large", large()).await;
    let ask = world.ask(&world.internal);
    world.found(&ask, "").await;
    *counted.lock().unwrap() = 0;

    let made = world.make(&ask, project("Large", Some("2027-01-01"), None), "large").await.unwrap();

    let statements = *counted.lock().unwrap();
    assert!(statements < 60, "{statements} statements");
    let board = world.board(made).await;
    assert_eq!((board.len(), board.iter().map(|it| it.items.len()).sum::<usize>()), (100, 4_000));
    assert!(board[99].items.iter().enumerate().all(|(nth, it)| {
        it.item.due_date.unwrap() == parsed::<chrono::NaiveDate>("2027-01-01") + chrono::Days::new(nth as u64)
    }));
    let saved = world.kernel.save_as_template(&ask, made, save("Again")).await.unwrap().into_inner();
    assert_eq!((saved.template.counts().phases, saved.template.counts().items), (100, 4_000));
}

#[tokio::test]
async fn a_project_with_more_than_a_template_may_have_is_not_saved() {
    let world = World::new().await;
    world.ship_template("large", large()).await;
    let ask = world.ask(&world.internal);
    let made = world.make(&ask, project("Large", None, None), "large").await.unwrap();
    world.kernel.create_phase(&ask, made, phase("One more")).await.unwrap();

    assert_eq!(word(world.kernel.save_as_template(&ask, made, save("Too large")).await), "invalid");
    assert_eq!(world.found(&ask, "").await, ["large"]);
}
