//! Invitations, and the directory entries of their secrets.

use async_trait::async_trait;
use guildhall_core::{
    Email, InvitationId, Page, PageRequest, ProjectId, RowVersion, SecretHash, StoreError, UserId, ValueError,
};
use guildhall_tenancy::{Invitation, InvitationRepository, InvitationState, InvitedTo};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::{
    SeaUnitOfWork,
    entity::{
        invitation::{ActiveModel, Column, Entity, Model},
        invitation_directory,
    },
    error::{corrupt, store_error},
    rows::{Only, expect_one, from_json, secret_hash, to_json},
};

#[async_trait]
impl InvitationRepository for SeaUnitOfWork {
    async fn find(&self, id: InvitationId) -> Result<Option<Invitation>, StoreError> {
        self.find_invitation_row(id).await?.map(invitation).transpose()
    }

    async fn find_by_secret_hash(&self, hash: &SecretHash) -> Result<Option<Invitation>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::SecretHash.eq(hash.as_bytes().to_vec()));
        found.only(self.transaction()).await.map_err(store_error)?.map(invitation).transpose()
    }

    async fn find_pending_by_email(
        &self,
        email: &Email,
        project: Option<ProjectId>,
    ) -> Result<Option<Invitation>, StoreError> {
        let to = match project {
            Some(project) => Column::ProjectId.eq(project.uuid()),
            None => Column::ProjectId.is_null(),
        };
        let found = self.pending()?.filter(Column::Email.eq(email.as_str())).filter(to);
        found.only(self.transaction()).await.map_err(store_error)?.map(invitation).transpose()
    }

    async fn list(&self, page: &PageRequest) -> Result<Page<Invitation>, StoreError> {
        self.page(self.pending()?, Column::Id, page, |row| row.id, invitation).await
    }

    async fn list_pending_by_project(&self, project: ProjectId) -> Result<Vec<Invitation>, StoreError> {
        let found = self.pending()?.filter(Column::ProjectId.eq(project.uuid())).order_by_asc(Column::Id);
        found.all(self.transaction()).await.map_err(store_error)?.into_iter().map(invitation).collect()
    }

    async fn list_pending_by_inviter(&self, user: UserId) -> Result<Vec<Invitation>, StoreError> {
        let found = self.pending()?.filter(Column::InvitedBy.eq(user.uuid())).order_by_asc(Column::Id);
        found.all(self.transaction()).await.map_err(store_error)?.into_iter().map(invitation).collect()
    }

    async fn insert(&self, invitation: &Invitation) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        self.add(row(workspace, invitation, invitation.version)?).await?;
        self.add(entry(workspace, &invitation.secret_hash)).await
    }

    async fn update(&self, invitation: &Invitation) -> Result<(), StoreError> {
        let workspace = self.workspace()?.uuid();
        let before = self.find_invitation_row(invitation.id).await?.ok_or(StoreError::Stale)?;
        let change = self
            .update::<Entity>()?
            .set(row(workspace, invitation, invitation.version.next())?)
            .filter(Column::Id.eq(invitation.id.uuid()))
            .filter(Column::Version.eq(invitation.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)?;
        if before.secret_hash.as_slice() == invitation.secret_hash.as_bytes().as_slice() {
            return Ok(());
        }
        let replaced = invitation_directory::Entity::delete_by_id(before.secret_hash);
        replaced.exec(self.transaction()).await.map_err(store_error)?;
        self.add(entry(workspace, &invitation.secret_hash)).await
    }
}

impl SeaUnitOfWork {
    fn pending(&self) -> Result<Select<Entity>, StoreError> {
        Ok(self.select::<Entity>()?.filter(Column::State.eq(InvitationState::Pending.as_str())))
    }

    async fn find_invitation_row(&self, id: InvitationId) -> Result<Option<Model>, StoreError> {
        let found = self.select::<Entity>()?.filter(Column::Id.eq(id.uuid()));
        found.only(self.transaction()).await.map_err(store_error)
    }
}

fn entry(workspace: Uuid, secret_hash: &SecretHash) -> invitation_directory::ActiveModel {
    invitation_directory::ActiveModel {
        secret_hash: Set(secret_hash.as_bytes().to_vec()),
        workspace_id: Set(workspace),
    }
}

fn row(workspace: Uuid, invitation: &Invitation, version: RowVersion) -> Result<ActiveModel, StoreError> {
    let project = invitation.project.as_ref();
    Ok(ActiveModel {
        workspace_id: Set(workspace),
        id: Set(invitation.id.uuid()),
        email: Set(invitation.email.to_string()),
        role: Set(invitation.role.as_str().to_owned()),
        node_ids: Set(invitation.node_ids.as_ref().map(to_json).transpose()?),
        firstname: Set(invitation.firstname.as_ref().map(ToString::to_string)),
        lastname: Set(invitation.lastname.as_ref().map(ToString::to_string)),
        invited_by: Set(invitation.invited_by.uuid()),
        secret_hash: Set(invitation.secret_hash.as_bytes().to_vec()),
        mailed: Set(invitation.mailed),
        project_id: Set(project.map(|project| project.project_id.uuid())),
        project_role: Set(project.map(|project| project.role.to_string())),
        created_at: Set(invitation.created_at),
        expires_at: Set(invitation.expires_at),
        state: Set(invitation.state.as_str().to_owned()),
        version: Set(version.number()),
    })
}

fn invitation(row: Model) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        id: InvitationId::new(row.id),
        email: row.email.parse().map_err(corrupt("invitation.email"))?,
        role: row.role.parse().map_err(corrupt("invitation.role"))?,
        node_ids: row.node_ids.map(|ids| from_json("invitation.node_ids", ids)).transpose()?,
        firstname: row
            .firstname
            .map(|name| name.parse())
            .transpose()
            .map_err(corrupt("invitation.firstname"))?,
        lastname: row
            .lastname
            .map(|name| name.parse())
            .transpose()
            .map_err(corrupt("invitation.lastname"))?,
        invited_by: UserId::new(row.invited_by),
        secret_hash: secret_hash(&row.secret_hash)?,
        mailed: row.mailed,
        project: project(row.project_id, row.project_role).map_err(corrupt("invitation.project"))?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        state: row.state.parse().map_err(corrupt("invitation.state"))?,
        version: RowVersion::new(row.version),
    })
}

fn project(id: Option<Uuid>, role: Option<String>) -> Result<Option<InvitedTo>, ValueError> {
    match (id, role) {
        (Some(id), Some(role)) => Ok(Some(InvitedTo { project_id: ProjectId::new(id), role: role.parse()? })),
        (None, None) => Ok(None),
        _ => Err(ValueError::new("has a project or a role in it, and not both")),
    }
}
