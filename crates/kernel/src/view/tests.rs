use guildhall_authz::{Account, AccountKind};
use guildhall_core::AccountId;
use uuid::Uuid;

use super::*;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A view of so many accounts, at an epoch of its workspace.
fn view(accounts: u128, epoch: i64) -> Arc<View> {
    let mut builder = Snapshot::builder();
    for number in 0..accounts {
        let parent = (number > 0).then_some(AccountId::PLATFORM);
        let id = if number == 0 { AccountId::PLATFORM } else { AccountId::new(id(number + 1_000)) };
        builder = builder.account(Account { id, parent, kind: AccountKind::Node });
    }
    Arc::new(View {
        epochs: Epochs { workspace: epoch, ..Epochs::default() },
        workspace: None,
        snapshot: builder.build().unwrap(),
        products: Arc::default(),
        roles: Arc::default(),
    })
}

fn workspace(number: u128) -> Option<WorkspaceId> {
    Some(WorkspaceId::new(id(number)))
}

fn kept(cache: &ViewCache) -> Vec<u128> {
    cache.views.run_pending_tasks();
    let mut kept: Vec<_> = cache.workspaces().iter().map(|workspace| workspace.uuid().as_u128()).collect();
    kept.sort_unstable();
    kept
}

#[test]
fn the_views_that_were_asked_for_least_lately_go_when_memory_is_full() {
    let each = u64::try_from(view(100, 1).memory()).unwrap();
    let cache = ViewCache::with_capacity(3 * each);
    for number in 1..=3 {
        cache.keep(workspace(number), &view(100, 1));
    }
    cache.views.run_pending_tasks();
    cache.views.get(&workspace(1));

    cache.keep(workspace(4), &view(100, 1));

    assert_eq!(kept(&cache), [1, 3, 4]);
}

#[test]
fn a_view_that_is_larger_than_the_memory_for_all_is_kept_alone() {
    let cache = ViewCache::with_capacity(1_000);
    cache.keep(workspace(1), &view(1, 1));

    cache.keep(workspace(2), &view(1_000, 1));

    assert_eq!(kept(&cache), [2]);
}

#[test]
fn a_view_of_an_earlier_state_does_not_take_the_place_of_a_later_one() {
    let cache = ViewCache::default();
    cache.keep(workspace(1), &view(1, 2));

    cache.keep(workspace(1), &view(1, 1));

    let kept = cache.views.get(&workspace(1)).map(|view| view.epochs.workspace);
    assert_eq!(kept, Some(2));
}
