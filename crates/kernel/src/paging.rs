//! Pages of lists that stand in memory.

use guildhall_core::{Page, PageRequest};

/// One page of all these things, in the order of their positions, which differ from each other.
pub(crate) fn page_of<T>(
    mut things: Vec<T>,
    request: &PageRequest,
    position: impl Fn(&T) -> String,
) -> Page<T> {
    things.sort_by_cached_key(&position);
    let first = request
        .after
        .as_ref()
        .map_or(0, |after| things.partition_point(|thing| position(thing).as_str() <= after.as_str()));
    let mut items = things.split_off(first);
    let more = items.len() > request.limit;
    items.truncate(request.limit);
    let next = if more { items.last().map(position) } else { None };
    Page { items, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(limit: usize, after: Option<&str>) -> Page<&'static str> {
        let request = PageRequest { limit, after: after.map(ToOwned::to_owned) };
        page_of(vec!["c", "a", "b"], &request, ToString::to_string)
    }

    #[test]
    fn a_page_goes_on_where_the_one_before_ended() {
        let first = page(2, None);

        let second = page(2, first.next.as_deref());

        assert_eq!(first, Page { items: vec!["a", "b"], next: Some("b".to_owned()) });
        assert_eq!(second, Page { items: vec!["c"], next: None });
    }

    #[test]
    fn a_page_goes_on_although_what_it_ended_with_is_gone() {
        assert_eq!(page(2, Some("aa")).items, ["b", "c"]);
        assert_eq!(page(2, Some("d")).items, Vec::<&str>::new());
    }
}
