use proptest::prelude::*;

use super::*;

/// Three cards, in the order 1, 2, 3.
fn three() -> Vec<(u32, Position)> {
    let first = Position::first();
    let second = first.after();
    let third = second.after();
    vec![(1, first), (2, second), (3, third)]
}

/// The cards in order, once `moved` has been put where the place says.
fn order_after(cards: &[(u32, Position)], moved: u32, place: Place<u32>) -> Vec<u32> {
    let mut cards = cards.to_vec();
    put(&mut cards, moved, place);
    cards.into_iter().map(|(id, _)| id).collect()
}

/// Puts a card, new or old, where the place says, and keeps the cards sorted. Answers whether the place was found.
fn put(cards: &mut Vec<(u32, Position)>, card: u32, place: Place<u32>) -> bool {
    let Ok(arrangement) = arrange(cards, Some(card), place) else { return false };
    cards.retain(|(id, _)| *id != card);
    for (id, position) in cards.iter_mut() {
        if let Some(respaced) = arrangement.siblings.get(id) {
            position.clone_from(respaced);
        }
    }
    cards.push((card, arrangement.position));
    cards.sort_by(|a, b| a.1.cmp(&b.1));
    true
}

#[test]
fn a_card_moves_beside_its_neighbour() {
    let cards = three();

    assert_eq!(order_after(&cards, 3, Place::After(None)), [3, 1, 2]);
    assert_eq!(order_after(&cards, 3, Place::After(Some(1))), [1, 3, 2]);
    assert_eq!(order_after(&cards, 1, Place::Before(3)), [2, 1, 3]);
    assert_eq!(order_after(&cards, 1, Place::End), [2, 3, 1]);
}

#[test]
fn a_new_card_finds_its_place_among_cards_in_any_order() {
    let mut cards = three();
    cards.reverse();

    assert_eq!(order_after(&cards, 9, Place::Before(2)), [1, 9, 2, 3]);
    assert_eq!(arrange::<u32>(&[], None, Place::End), Ok(Arrangement::at(Position::first())));
}

#[test]
fn a_card_that_stands_there_already_keeps_its_position() {
    let cards = three();

    for place in [Place::After(Some(1)), Place::Before(3), Place::After(Some(2)), Place::Before(2)] {
        let arrangement = arrange(&cards, Some(2), place).unwrap();

        assert_eq!(arrangement, Arrangement::at(cards[1].1.clone()), "{place:?}");
    }
}

#[test]
fn a_card_of_another_parent_is_no_neighbour() {
    let cards = three();

    assert_eq!(arrange(&cards, Some(1), Place::After(Some(7))), Err(OrchestrationError::NotANeighbour));
    assert_eq!(arrange(&cards, Some(7), Place::Before(7)), Err(OrchestrationError::NotANeighbour));
    assert_eq!(arrange(&cards, None, Place::Before(7)), Err(OrchestrationError::NotANeighbour));
}

#[test]
fn positions_that_grow_too_long_are_laid_out_anew_in_the_same_order() {
    let mut cards = three();
    let mut expected = vec![1, 2, 3];

    for card in 4..3_000 {
        let index = if card % 2 == 0 { expected.len() / 2 } else { expected.len().div_ceil(2) };
        assert!(put(&mut cards, card, Place::After(Some(expected[index - 1]))));
        expected.insert(index, card);
    }

    assert_eq!(cards.iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
    assert!(cards.windows(2).all(|pair| pair[0].1 < pair[1].1));
    assert!(cards.iter().all(|(_, position)| position.length() <= Position::MAX));
}

#[test]
fn laying_out_anew_uses_no_position_that_is_taken() {
    let cards = three();
    let others: Vec<_> = cards.iter().collect();

    let arrangement = respace(&cards, &others, 1);

    let taken = |position: &Position| cards.iter().any(|(_, other)| other == position);
    assert!(!taken(&arrangement.position) && !arrangement.siblings.values().any(taken));
    assert!(
        arrangement.siblings[&1] < arrangement.position && arrangement.position < arrangement.siblings[&2]
    );
}

fn places() -> impl Strategy<Value = Place<u32>> {
    prop_oneof![
        Just(Place::After(None)),
        Just(Place::End),
        (0..12_u32).prop_map(|id| Place::After(Some(id))),
        (0..12_u32).prop_map(Place::Before),
    ]
}

/// The same move on a plain list: slow, and obviously right.
fn put_in_list(list: &mut Vec<u32>, card: u32, place: Place<u32>) {
    if list.contains(&card) && place.neighbour() == Some(card) {
        return;
    }
    let others: Vec<u32> = list.iter().copied().filter(|id| *id != card).collect();
    let index = match place {
        Place::After(None) => 0,
        Place::After(Some(id)) => others.iter().position(|other| *other == id).unwrap() + 1,
        Place::Before(id) => others.iter().position(|other| *other == id).unwrap(),
        Place::End => others.len(),
    };
    *list = others;
    list.insert(index, card);
}

proptest! {
    #[test]
    fn any_moves_between_parents_keep_every_other_card_where_it_was(
        moves in prop::collection::vec((0..12_u32, 0..3_usize, places()), 1..200)
    ) {
        let mut parents: [Vec<(u32, Position)>; 3] = Default::default();
        let mut expected: [Vec<u32>; 3] = Default::default();

        for (card, to, place) in moves {
            if put(&mut parents[to], card, place) {
                put_in_list(&mut expected[to], card, place);
                for from in (0..3).filter(|from| *from != to) {
                    parents[from].retain(|(id, _)| *id != card);
                    expected[from].retain(|id| *id != card);
                }
            }

            for (cards, list) in parents.iter().zip(&expected) {
                prop_assert_eq!(&cards.iter().map(|(id, _)| *id).collect::<Vec<_>>(), list);
                prop_assert!(cards.windows(2).all(|pair| pair[0].1 < pair[1].1));
            }
        }
    }
}

#[test]
fn many_thousand_moves_into_one_gap_keep_positions_short_and_everybody_else_in_order() {
    let mut cards: Vec<(u32, Position)> = Vec::new();
    for card in 1..=8 {
        put(&mut cards, card, Place::End);
    }

    for turn in 0..20_000 {
        // 7 and 8 go between 2 and 3, again and again, each right behind 2.
        put(&mut cards, 7 + turn % 2, Place::After(Some(2)));

        let others: Vec<u32> = cards.iter().map(|(id, _)| *id).filter(|id| *id < 7).collect();
        assert_eq!(others, [1, 2, 3, 4, 5, 6]);
        assert!(cards.iter().all(|(_, position)| position.length() <= Position::MAX));
        assert!(cards.windows(2).all(|pair| pair[0].1 < pair[1].1));
    }
}
