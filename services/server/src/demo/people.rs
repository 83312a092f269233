//! The demo's workspaces and people.

use guildhall_kernel::{Kernel, KernelError, NewAdmin, NewWorkspaceByOperator};
use guildhall_tenancy::TenancyError;

use super::PASSWORD;

/// The demo's workspaces: prefix and name.
const WORKSPACES: [(&str, &str); 3] =
    [("wpp", "WPP"), ("choreograph", "Choreograph"), ("wavemaker", "Wavemaker")];

pub(super) async fn fill(kernel: &Kernel) -> Result<(), KernelError> {
    kernel.create_platform_admin(person("platform-admin@demo.test", "Platform", "Admin")?).await?;
    for (prefix, name) in WORKSPACES {
        let admin = person(&format!("workspace-admin@{prefix}.test"), "Workspace", "Admin")?;
        let command = NewWorkspaceByOperator { prefix: parsed(prefix)?, name: parsed(name)?, admin };
        match kernel.create_workspace(command).await {
            Ok(_) | Err(KernelError::Tenancy(TenancyError::PrefixTaken { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn person(email: &str, firstname: &str, lastname: &str) -> Result<NewAdmin, KernelError> {
    Ok(NewAdmin {
        email: parsed(email)?,
        firstname: parsed(firstname)?,
        lastname: parsed(lastname)?,
        password: parsed(PASSWORD)?,
    })
}

/// What this file spells is right; a mistake is a fault of the program.
fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, KernelError> {
    text.parse().map_err(|_| KernelError::Internal(format!("the demo spells `{text}`, which is not allowed")))
}
