//! What the operator does from the command line, on the database itself.

use guildhall_authz::{Change, Epoch};
use guildhall_core::{
    Access, Caller, Credential, Email, Name, Principal, Scope, ServiceAccountId, WorkspaceId,
};
use guildhall_identity::{IdentityError, NewUser, Password, Profile, User};
use guildhall_tenancy::{
    NewMember, NewWorkspace, Workspace, WorkspacePrefix, WorkspaceRole, WorkspaceSettings,
};

use crate::{Event, Kernel, KernelError, UnitOfWork, work::record};

/// A person to be put in charge.
#[derive(Debug, Clone)]
pub struct NewAdmin {
    /// His address. An address that has an account keeps its names and its password.
    pub email: Email,
    /// Given name.
    pub firstname: Name,
    /// Family name.
    pub lastname: Name,
    /// His first password.
    pub password: Password,
}

/// A workspace and its first admin.
#[derive(Debug, Clone)]
pub struct NewWorkspaceByOperator {
    /// The label of its host name.
    pub prefix: WorkspacePrefix,
    /// Its name for people.
    pub name: Name,
    /// Who runs it.
    pub admin: NewAdmin,
}

impl Kernel {
    /// Makes a platform admin, and his account where the address has none.
    ///
    /// # Errors
    /// [`KernelError::Store`] where it can't be stored.
    pub async fn create_platform_admin(&self, command: NewAdmin) -> Result<User, KernelError> {
        let hash = self.hasher().hash(&command.password).await?;
        let unit = self.unit(Scope::System, Access::Write).await?;
        unit.epochs().raise(Epoch::Platform, &[Change::Everything]).await?;
        let user = self.find_or_create_user(&*unit, command, hash).await?;
        unit.platform_admins().insert(user.id, self.clock().now()).await?;
        let event = Event::new("platform_admin.created", user.id.uuid(), user.display_name());
        record(self, &*unit, &operator(WorkspaceId::SYSTEM), self.clock().now(), event).await?;
        unit.commit().await?;
        Ok(user)
    }

    /// Makes a workspace with its first admin. It is recorded in its own log and in System's.
    ///
    /// # Errors
    /// [`KernelError::Tenancy`] where the prefix is taken or reserved.
    pub async fn create_workspace(&self, command: NewWorkspaceByOperator) -> Result<Workspace, KernelError> {
        let hash = self.hasher().hash(&command.admin.password).await?;
        let id = WorkspaceId::new(self.ids().uuid());
        let unit = self.unit(Scope::Workspace(id), Access::Write).await?;
        let tenancy = self.tenancy(&*unit);
        let workspace = tenancy
            .create_workspace(NewWorkspace {
                id,
                prefix: command.prefix,
                name: command.name,
                settings: WorkspaceSettings::default(),
            })
            .await?;
        let admin = self.find_or_create_user(&*unit, command.admin, hash).await?;
        tenancy
            .add_member(NewMember {
                workspace_id: id,
                user_id: admin.id,
                role: WorkspaceRole::WorkspaceAdmin,
            })
            .await?;
        let event =
            Event::new("workspace.created", id.uuid(), workspace.name.to_string()).creating(&workspace);
        record(self, &*unit, &operator(id), self.clock().now(), event.clone()).await?;
        let unit = unit.rebind(Scope::System).await?;
        record(self, &*unit, &operator(WorkspaceId::SYSTEM), self.clock().now(), event).await?;
        unit.commit().await?;
        Ok(workspace)
    }

    /// The platform admins, for whoever holds the database.
    ///
    /// # Errors
    /// [`KernelError::Store`] where they can't be read.
    pub async fn list_platform_admins(&self) -> Result<Vec<User>, KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let admins = unit.platform_admins().list().await?;
        Ok(unit.users().list_by_ids(&admins).await?)
    }

    /// The user of an address. It asks nobody's leave: it is for whoever holds the database.
    ///
    /// # Errors
    /// [`KernelError::Store`] where it can't be read.
    pub async fn find_user_by_email(&self, email: &Email) -> Result<Option<User>, KernelError> {
        Ok(self.unit(Scope::Platform, Access::Read).await?.users().find_by_email(email).await?)
    }

    /// The workspace of a prefix, likewise.
    ///
    /// # Errors
    /// [`KernelError::Store`] where it can't be read.
    pub async fn find_workspace_by_prefix(
        &self,
        prefix: &WorkspacePrefix,
    ) -> Result<Option<Workspace>, KernelError> {
        Ok(self.unit(Scope::Platform, Access::Read).await?.workspaces().find_by_prefix(prefix).await?)
    }

    async fn find_or_create_user(
        &self,
        unit: &dyn UnitOfWork,
        command: NewAdmin,
        hash: guildhall_identity::PasswordHash,
    ) -> Result<User, IdentityError> {
        if let Some(user) = unit.users().find_by_email(&command.email).await? {
            return Ok(user);
        }
        let profile = Profile::named(command.firstname, command.lastname);
        let user = NewUser { email: command.email, profile, password: Some(hash), verified: true };
        self.identity(unit).create_user(user).await
    }
}

/// Whoever holds the database.
pub(crate) const fn operator(workspace: WorkspaceId) -> Caller {
    Caller::trusted(
        Principal::ServiceAccount(ServiceAccountId::OPERATOR),
        Credential::Embedded,
        Some(workspace),
    )
}
