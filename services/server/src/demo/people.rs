//! The demo's workspaces and people. Who is no admin comes as everybody does: invited, with the link that he gets.

use guildhall_identity::User;
use guildhall_kernel::{
    AcceptInvitation, InviteMember, Kernel, KernelError, NewAdmin, NewWorkspaceByOperator,
};
use guildhall_tenancy::{Workspace, WorkspaceRole};

use super::{PASSWORD, WORKSPACES, acting, parsed};

/// Somebody who is an internal member of two workspaces.
const BOTH: &str = "both@demo.test";

/// Answers the platform's admin, who makes what all workspaces share.
pub(super) async fn fill(kernel: &Kernel) -> Result<User, KernelError> {
    let address = "platform-admin@demo.test";
    let platform_admin = match acting::user(kernel, address).await? {
        Some(found) => found,
        None => kernel.create_platform_admin(admin(address, "Platform")?).await?,
    };
    for (prefix, name) in WORKSPACES {
        let workspace = find_or_create_workspace(kernel, prefix, name).await?;
        join(kernel, &workspace, &format!("internal@{prefix}.test"), "Internal", WorkspaceRole::Internal)
            .await?;
        join(kernel, &workspace, &format!("external@{prefix}.test"), "External", WorkspaceRole::External)
            .await?;
    }
    for prefix in ["wpp", "choreograph"] {
        let workspace = acting::workspace(kernel, prefix).await?;
        join(kernel, &workspace, BOTH, "Both", WorkspaceRole::Internal).await?;
    }
    Ok(platform_admin)
}

async fn find_or_create_workspace(
    kernel: &Kernel,
    prefix: &str,
    name: &str,
) -> Result<Workspace, KernelError> {
    if let Some(found) = kernel.find_workspace_by_prefix(&parsed(prefix)?).await? {
        return Ok(found);
    }
    let admin = admin(&format!("workspace-admin@{prefix}.test"), "Workspace")?;
    let command = NewWorkspaceByOperator { prefix: parsed(prefix)?, name: parsed(name)?, admin };
    kernel.create_workspace(command).await
}

/// Makes somebody a member, unless he is one.
async fn join(
    kernel: &Kernel,
    workspace: &Workspace,
    email: &str,
    firstname: &str,
    role: WorkspaceRole,
) -> Result<(), KernelError> {
    let admin = format!("workspace-admin@{}.test", workspace.prefix);
    let request = acting::request(kernel, workspace, &admin).await?;
    let user = acting::user(kernel, email).await?;
    if let Some(user) = &user
        && kernel.find_member(&request, user.id).await.is_ok()
    {
        return Ok(());
    }
    let command =
        InviteMember { email: parsed(email)?, role, node_ids: None, firstname: None, lastname: None };
    let link = kernel.invite_member(&request, command).await?.accept_url.unwrap_or_default();
    let token = link.rsplit_once('=').map(|(_, token)| token).unwrap_or_default().to_owned();
    let mut taking = AcceptInvitation {
        token,
        password: None,
        firstname: None,
        lastname: None,
        workspace: Some(workspace.id),
        caller: user.map(|user| acting::caller(workspace, &user)),
        request_id: acting::request_id(),
    };
    if taking.caller.is_none() {
        taking.password = Some(parsed(PASSWORD)?);
        taking.firstname = Some(parsed(firstname)?);
        taking.lastname = Some(parsed("User")?);
    }
    kernel.accept_invitation(taking).await.map(drop)
}

fn admin(email: &str, firstname: &str) -> Result<NewAdmin, KernelError> {
    Ok(NewAdmin {
        email: parsed(email)?,
        firstname: parsed(firstname)?,
        lastname: parsed("Admin")?,
        password: parsed(PASSWORD)?,
    })
}
