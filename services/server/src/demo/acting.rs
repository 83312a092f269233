//! Requests on behalf of the demo's people.

use guildhall_core::{Caller, Credential, IdGenerator as _, Principal, RequestId, SystemIds};
use guildhall_identity::User;
use guildhall_kernel::{Kernel, KernelError, Request};
use guildhall_tenancy::Workspace;

use super::parsed;

/// The workspace of that prefix, which is made before all else.
pub(super) async fn workspace(kernel: &Kernel, prefix: &str) -> Result<Workspace, KernelError> {
    let found = kernel.find_workspace_by_prefix(&parsed(prefix)?).await?;
    found.ok_or_else(|| KernelError::Internal(format!("the demo has no workspace `{prefix}`")))
}

/// The user of an address, where there is one yet.
pub(super) async fn user(kernel: &Kernel, email: &str) -> Result<Option<User>, KernelError> {
    kernel.find_user_by_email(&parsed(email)?).await
}

/// The caller that one of the demo's people is in a workspace.
pub(super) fn caller(workspace: &Workspace, user: &User) -> Caller {
    Caller::trusted(Principal::User(user.id), Credential::Embedded, Some(workspace.id))
}

/// A request of one of the demo's people, such as `internal@wpp.test`, in a workspace.
pub(super) async fn request(
    kernel: &Kernel,
    workspace: &Workspace,
    email: &str,
) -> Result<Request, KernelError> {
    let user = user(kernel, email).await?;
    let user = user.ok_or_else(|| KernelError::Internal(format!("the demo has no `{email}`")))?;
    Ok(Request::embedded(caller(workspace, &user), request_id()))
}

/// An id for a request of the demo's own.
pub(super) fn request_id() -> RequestId {
    RequestId::new(SystemIds.uuid())
}
