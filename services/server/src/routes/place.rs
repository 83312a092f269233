//! Places in an order, as bodies name them.

use guildhall_orchestration::Place;

use crate::problem::{Fault, Problem};

/// The place that a body names by one neighbour: `after_id` (`null` for the first place) or `before_id`; without either the
/// end.
///
/// # Errors
/// 400 for both.
pub fn place<Id>(after: Option<Option<Id>>, before: Option<Id>) -> Result<Place<Id>, Problem> {
    match (after, before) {
        (Some(after), None) => Ok(Place::After(after)),
        (None, Some(before)) => Ok(Place::Before(before)),
        (None, None) => Ok(Place::End),
        (Some(_), Some(_)) => Err(Problem::invalid_request(vec![
            fault("/after_id", "can't stand beside `before_id`: name one neighbour"),
            fault("/before_id", "can't stand beside `after_id`: name one neighbour"),
        ])),
    }
}

fn fault(pointer: &str, detail: &str) -> Fault {
    Fault { pointer: pointer.to_owned(), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_neighbour_is_a_place_and_none_is_the_end() {
        assert_eq!(place(Some(Some(7)), None).unwrap(), Place::After(Some(7)));
        assert_eq!(place::<u8>(Some(None), None).unwrap(), Place::After(None));
        assert_eq!(place(None, Some(7)).unwrap(), Place::Before(7));
        assert_eq!(place::<u8>(None, None).unwrap(), Place::End);
    }

    #[test]
    fn two_neighbours_are_no_place() {
        assert_eq!(place(Some(Some(7)), Some(8)).unwrap_err().status(), 400);
        assert_eq!(place(Some(None), Some(8)).unwrap_err().status(), 400);
    }
}
