//! The demo's workspaces and people.

use guildhall_identity::User;
use guildhall_kernel::{Kernel, KernelError, NewAdmin, NewWorkspaceByOperator};
use guildhall_tenancy::TenancyError;

use super::PASSWORD;

/// The demo's workspaces: prefix and name.
const WORKSPACES: [(&str, &str); 3] =
    [("wpp", "WPP"), ("choreograph", "Choreograph"), ("wavemaker", "Wavemaker")];

/// Answers the platform's admin, who makes the rest.
pub(super) async fn fill(kernel: &Kernel) -> Result<User, KernelError> {
    let platform_admin = person("platform-admin@demo.test", "Platform", "Admin")?;
    let platform_admin = kernel.create_platform_admin(platform_admin).await?;
    for (prefix, name) in WORKSPACES {
        let admin = person(&format!("workspace-admin@{prefix}.test"), "Workspace", "Admin")?;
        let command = NewWorkspaceByOperator { prefix: parsed(prefix)?, name: parsed(name)?, admin };
        match kernel.create_workspace(command).await {
            Ok(_) | Err(KernelError::Tenancy(TenancyError::PrefixTaken { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(platform_admin)
}

fn person(email: &str, firstname: &str, lastname: &str) -> Result<NewAdmin, KernelError> {
    Ok(NewAdmin {
        email: parsed(email)?,
        firstname: parsed(firstname)?,
        lastname: parsed(lastname)?,
        password: parsed(PASSWORD)?,
    })
}

/// What the demo spells is right; a mistake is a fault of the program.
pub(super) fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, KernelError> {
    text.parse().map_err(|_| KernelError::Internal(format!("the demo spells `{text}`, which is not allowed")))
}
