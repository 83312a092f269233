//! The order of cards under one parent.

mod arrange;

use std::{fmt, str::FromStr};

use fractional_index::FractionalIndex;
use guildhall_core::ValueError;
use serde::{Deserialize, Serialize};

pub use arrange::{Arrangement, Gap, Place, arrange};

/// Where a card stands among its siblings: a fractional index, so that placing one card rewrites no other. Its text is
/// lower-case hexadecimal and sorts, byte by byte, as the positions do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Position(FractionalIndex);

impl Position {
    /// The longest text that [`arrange`] gives out while fewer than some ten thousand cards stand under one parent; it
    /// stays well below what databases can index.
    pub const MAX: usize = 512;

    /// The position of the first card under a parent.
    pub fn first() -> Self {
        Self(FractionalIndex::default())
    }

    /// A position after this one.
    #[must_use]
    pub fn after(&self) -> Self {
        Self(FractionalIndex::new_after(&self.0))
    }

    /// A position between two others, either of which may be open; `None` unless they are in order and distinct.
    pub fn between(lower: Option<&Self>, upper: Option<&Self>) -> Option<Self> {
        match (lower, upper) {
            (Some(lower), Some(upper)) => lower.up_to(upper),
            (lower, upper) => FractionalIndex::new(lower.map(|p| &p.0), upper.map(|p| &p.0)).map(Self),
        }
    }

    /// How long the text is, in characters.
    pub fn length(&self) -> usize {
        self.0.as_bytes().len() * 2
    }

    /// Cuts off what the two begin with alike before it asks the library, which subtracts one from each byte that it
    /// compares and so fails where both begin with a zero: after 128 cards put in front of the first.
    fn up_to(&self, upper: &Self) -> Option<Self> {
        if self >= upper {
            return None;
        }
        let (low, high) = (self.0.as_bytes(), upper.0.as_bytes());
        let most = low.len().min(high.len()).saturating_sub(1);
        let alike = low.iter().zip(high).take(most).take_while(|(a, b)| a == b).count();
        let rest =
            |bytes: &[u8]| FractionalIndex::from_bytes(bytes.iter().skip(alike).copied().collect()).ok();

        let middle = FractionalIndex::new_between(&rest(low)?, &rest(high)?)?;

        let bytes = low.iter().take(alike).chain(middle.as_bytes()).copied().collect();
        FractionalIndex::from_bytes(bytes).ok().map(Self)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string())
    }
}

impl FromStr for Position {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        // The library cuts text into pairs without looking whether it can be cut there.
        let is_hex = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hex || !text.len().is_multiple_of(2) {
            return Err(ValueError::new("is no position"));
        }
        FractionalIndex::from_string(text).map(Self).map_err(|_| ValueError::new("is no position"))
    }
}

impl TryFrom<String> for Position {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Position> for String {
    fn from(position: Position) -> Self {
        position.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts `count` cards, one by one, where `spot` says, and answers their positions in order.
    fn insert(count: usize, spot: fn(usize, usize) -> usize) -> Vec<Position> {
        let mut positions: Vec<Position> = Vec::new();
        for turn in 0..count {
            let index = spot(turn, positions.len());
            let lower = index.checked_sub(1).map(|i| &positions[i]);
            let position = Position::between(lower, positions.get(index)).unwrap();
            positions.insert(index, position);
        }
        positions
    }

    fn strictly_ordered(positions: &[Position]) -> bool {
        positions.windows(2).all(|pair| pair[0] < pair[1] && pair[0].to_string() < pair[1].to_string())
    }

    #[test]
    fn thousands_of_cards_at_one_spot_stay_in_order() {
        let spots: [fn(usize, usize) -> usize; 4] =
            [|_, _| 0, |_, len| len, |_, len| len.min(1), |_, len| len.saturating_sub(1)];

        for spot in spots {
            let positions = insert(5_000, spot);

            assert!(strictly_ordered(&positions));
            assert!(positions.iter().all(|p| p.length() <= Position::MAX));
        }
    }

    #[test]
    fn cards_that_nest_ever_deeper_stay_in_order() {
        let positions = insert(1_000, |turn, len| if turn % 2 == 0 { len / 2 } else { len.div_ceil(2) });

        assert!(strictly_ordered(&positions));
    }

    #[test]
    fn there_is_room_between_positions_that_begin_with_zeros() {
        let front = insert(300, |_, _| 0);

        for pair in front.windows(2) {
            let middle = Position::between(Some(&pair[0]), Some(&pair[1])).unwrap();
            assert!(pair[0] < middle && middle < pair[1]);
        }
    }

    #[test]
    fn nothing_stands_between_a_position_and_itself_or_one_before() {
        let first = Position::first();
        let second = first.after();

        assert_eq!(Position::between(Some(&first), Some(&first)), None);
        assert_eq!(Position::between(Some(&second), Some(&first)), None);
    }

    #[test]
    fn a_position_reads_back_what_it_writes() {
        let position = Position::first().after();

        assert_eq!(position.to_string().parse(), Ok(position));
    }

    #[test]
    fn other_text_is_no_position() {
        for bad in ["", "8", "808", "7f", "8G", "FF80", "ä80", "8ä0", " 80"] {
            assert!(bad.parse::<Position>().is_err(), "{bad:?}");
        }
    }
}
