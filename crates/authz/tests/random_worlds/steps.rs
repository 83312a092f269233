//! Which changes worlds go through.

use proptest::prelude::*;

use super::world::{Change::*, Step};

/// Changes that fill a world in which nobody holds anything, then changes of every kind.
pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fill =
        || prop_oneof![Just(Grant), Just(GrantForAnHour), Just(JoinGroup), Just(Join), Just(Use), Just(Map)];
    let end = prop_oneof![
        Just(EndGrant),
        Just(LeaveGroup),
        Just(Leave),
        Just(StopUsing),
        Just(Unmap),
        Just(PassHalfAnHour)
    ];
    let shift = prop_oneof![
        2 => Just(Move),
        2 => Just(EditRole),
        2 => Just(AddAccount),
        1 => Just(RemoveAccount),
        1 => Just(Withdraw),
    ];
    let any_change = prop_oneof![2 => fill(), 1 => end, 1 => shift];
    let first = prop::collection::vec((fill(), any::<[usize; 3]>()), 30..60);
    let then = prop::collection::vec((any_change, any::<[usize; 3]>()), 10..40);
    (first, then).prop_map(|(first, then)| [first, then].concat())
}
