//! A user's keys for programs, each for one workspace.

use chrono::{DateTime, Utc};
use guildhall_core::{ApiKeyId, Caller, Name, Page, PageRequest, Scope, Secret, UserId, WorkspaceId};
use guildhall_identity::{ApiKey, NewApiKey};

use crate::{
    Event, Kernel, KernelError, Request, code, paging::page_of, sessions::signed_in, unit::Unit, work::record,
};

/// What a key begins with, so that it is told from a token, and found where it has leaked.
pub(crate) const KEY_MARK: &str = "ghk_";

/// A key to make for oneself.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// What the user calls it.
    pub name: Name,
    /// Whether it changes nothing.
    pub read_only: bool,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A key with the secret that it was just given, shown this once.
#[derive(Debug, Clone)]
pub struct ApiKeyMade {
    /// The key.
    pub key: ApiKey,
    secret: Secret,
}

impl ApiKeyMade {
    /// What the program sends as its bearer token.
    pub fn reveal(&self) -> String {
        format!("{KEY_MARK}{}", self.secret.reveal())
    }
}

impl Kernel {
    /// A page of the caller's own keys in the workspace, by id.
    ///
    /// # Errors
    /// [`KernelError::WorkspaceRequired`] where the request names no workspace; [`KernelError::TokenAudience`] where no
    /// person is signed in.
    pub async fn list_api_keys(
        &self,
        request: &Request,
        page: &PageRequest,
    ) -> Result<Page<ApiKey>, KernelError> {
        let (user, _) = signed_in(request)?;
        let work = self.read(request).await?;
        let own = work.api_keys().list_by_user(user).await?;
        Ok(page_of(own, page, |key| key.id.to_string()))
    }

    /// Makes a key for the caller, and answers its secret, which is shown this once.
    ///
    /// # Errors
    /// [`KernelError::Forbidden`] without `API_KEY_CREATE`; [`KernelError::Identity`] where it would have ended already, or
    /// there are too many; [`KernelError::TokenAudience`] where no person is signed in: keys make no keys.
    pub async fn create_api_key(
        &self,
        request: &Request,
        command: CreateApiKey,
    ) -> Result<ApiKeyMade, KernelError> {
        let (user_id, session) = signed_in(request)?;
        let work = self.begin_once(request).await?;
        work.expect_live(session).await?;
        work.authorize_workspace(&code::API_KEY_CREATE)?;
        let CreateApiKey { name, read_only, expires_at } = command;
        let new = NewApiKey { user_id, name, read_only, expires_at };
        let (key, secret) = self.identity(&*work).create_api_key(new).await?;
        let event = Event::new("api_key.created", key.id.uuid(), key.name.to_string());
        work.finish(event.creating(&key)).await?;
        Ok(ApiKeyMade { key, secret })
    }

    /// Gives one of the caller's keys a new secret, which is shown this once; the one before opens nothing any more.
    ///
    /// # Errors
    /// Those of [`Self::create_api_key`]; [`KernelError::NotFound`] where it is not his.
    pub async fn rotate_api_key(&self, request: &Request, id: ApiKeyId) -> Result<ApiKeyMade, KernelError> {
        let (user, session) = signed_in(request)?;
        let work = self.begin_once(request).await?;
        work.expect_live(session).await?;
        let key = work.api_keys().find(id).await?.filter(|key| key.user_id == user);
        let key = key.ok_or(KernelError::NotFound)?;
        work.authorize_workspace(&code::API_KEY_CREATE)?;
        let secret = self.identity(&*work).rotate_api_key(id).await?;
        work.finish(Event::new("api_key.rotated", id.uuid(), key.name.to_string())).await?;
        Ok(ApiKeyMade { key, secret })
    }

    /// Ends one of the caller's keys. It opens nothing from the next request on.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where it is not his; [`KernelError::TokenAudience`] where no person is signed in.
    pub async fn delete_api_key(&self, request: &Request, id: ApiKeyId) -> Result<(), KernelError> {
        let (user, _) = signed_in(request)?;
        let work = self.begin_once(request).await?;
        request.expect_no_version()?;
        let key = work.api_keys().find(id).await?.filter(|key| key.user_id == user);
        let key = key.ok_or(KernelError::NotFound)?;
        work.api_keys().delete(id).await?;
        let event = Event::new("api_key.ended", id.uuid(), key.name.to_string());
        work.finish(event.removing(&key)).await
    }

    /// Ends a user's keys in all his workspaces, each in its own log; the unit is in System's scope afterwards. The logs are
    /// taken in the order of the workspaces' ids, and System's after them.
    pub(crate) async fn end_keys_everywhere<'k>(
        &'k self,
        unit: Unit<'k>,
        user: UserId,
        caller: &Caller,
    ) -> Result<Unit<'k>, KernelError> {
        let workspaces = unit.membership_directory().list_workspaces(user).await?;
        let unit = self.end_keys_in(unit, &workspaces, user, caller).await?;
        unit.rebind(Scope::System).await
    }

    /// Ends a user's keys in those workspaces, each in its own log; the unit is in the scope of the last one afterwards.
    pub(crate) async fn end_keys_in<'k>(
        &'k self,
        unit: Unit<'k>,
        workspaces: &[WorkspaceId],
        user: UserId,
        caller: &Caller,
    ) -> Result<Unit<'k>, KernelError> {
        let mut unit = unit;
        for workspace in workspaces {
            unit = unit.rebind(Scope::of(*workspace)).await?;
            for key in self.identity(&*unit).end_api_keys(user).await? {
                let event = Event::new("api_key.ended", key.id.uuid(), key.name.to_string());
                record(self, &*unit, caller, self.clock().now(), event.removing(&key)).await?;
            }
        }
        Ok(unit)
    }
}
