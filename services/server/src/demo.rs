//! The demo's content: three workspaces with people of every role and a small hierarchy, two products, four
//! projects and a template. It is made through the same use cases that everybody calls, and what is there already is left alone.

mod acting;
mod hierarchy;
mod people;
mod products;
mod projects;
mod templates;
mod welcome;

use guildhall_kernel::{Kernel, KernelError};

pub use welcome::welcome;

use crate::base;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "guildhall-demo";

/// The demo's workspaces: prefix and name.
const WORKSPACES: [(&str, &str); 3] =
    [("wpp", "WPP"), ("choreograph", "Choreograph"), ("wavemaker", "Wavemaker")];

/// Makes what is not there yet.
///
/// # Errors
/// [`KernelError`] of the use case that refused.
pub async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    base::ship(kernel).await?;
    let platform_admin = people::fill(kernel).await?;
    hierarchy::fill(kernel).await?;
    products::fill(kernel, &platform_admin).await?;
    projects::fill(kernel).await?;
    templates::fill(kernel).await
}

/// What these files spell is right; a mistake is a fault of the program.
fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, KernelError> {
    text.parse().map_err(|_| KernelError::Internal(format!("the demo spells `{text}`, which is not allowed")))
}
