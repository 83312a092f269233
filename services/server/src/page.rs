//! Pages of a list on the wire.

use guildhall_core::{Page, PageRequest};
use guildhall_kernel::{Kernel, Request};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Fault, Problem};

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PageView<T> {
    /// The things of this page, in the list's order.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// Which page the query asks for. `filter` is the text of everything else that the list depends on.
///
/// # Errors
/// 400 where the limit is out of bounds, or the cursor was made for another list.
pub fn requested(
    kernel: &Kernel,
    request: &Request,
    limit: Option<usize>,
    cursor: Option<&str>,
    filter: &str,
) -> Result<PageRequest, Problem> {
    let limit = limit.unwrap_or(PageRequest::DEFAULT_LIMIT);
    if !(1..=PageRequest::MAX_LIMIT).contains(&limit) {
        let detail = format!("must be 1 to {}", PageRequest::MAX_LIMIT);
        return Err(Problem::invalid_request(vec![Fault { pointer: "?limit".to_owned(), detail }]));
    }
    let Some(cursor) = cursor else { return Ok(PageRequest { limit, after: None }) };
    let after = kernel.open_cursor(request, filter, cursor).ok_or_else(|| {
        let detail = "is not a cursor of this list with this filter; begin again without it".to_owned();
        Problem::invalid_request(vec![Fault { pointer: "?cursor".to_owned(), detail }])
    })?;
    Ok(PageRequest { limit, after: Some(after) })
}

/// The page as it is answered, the next cursor bound to this list, caller and filter.
///
/// # Errors
/// 500 where the cursor can't be made.
pub fn view<T, V: From<T>>(
    kernel: &Kernel,
    request: &Request,
    filter: &str,
    page: Page<T>,
) -> Result<PageView<V>, Problem> {
    let next = page.next.map(|position| kernel.seal_cursor(request, filter, &position)).transpose()?;
    Ok(PageView { items: page.items.into_iter().map(V::from).collect(), next_cursor: next })
}
