//! The demo's content: three workspaces with people of every role, and two products. It is made through the same use cases
//! that everybody calls.

mod people;
mod products;
mod welcome;

use guildhall_kernel::{Kernel, KernelError};

pub use welcome::welcome;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "guildhall-demo";

/// Makes what is not there yet.
///
/// # Errors
/// [`KernelError`] of the use case that refused.
pub async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    let platform_admin = people::fill(kernel).await?;
    products::fill(kernel, &platform_admin).await
}
