//! Whether those who listen still are who they were when they began.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use guildhall_core::{
    Access, ApiKeyId, Caller, Credential, Principal, Scope, ServiceAccountId, SessionId, UserId,
};

use crate::{Kernel, KernelError, UnitOfWork};

/// Those of the callers whose session or key has ended, or whose account is switched off.
pub(super) async fn ended(
    unit: &dyn UnitOfWork,
    callers: &[Caller],
    now: DateTime<Utc>,
) -> Result<HashSet<Caller>, KernelError> {
    let users = distinct(callers.iter().filter_map(Caller::user));
    let sessions = distinct(callers.iter().filter_map(session));
    let active: HashSet<UserId> = if users.is_empty() {
        HashSet::new()
    } else {
        let found = unit.users().list_by_ids(&users).await?;
        found.into_iter().filter(|user| user.active).map(|user| user.id).collect()
    };
    let live: HashSet<(SessionId, UserId)> = if sessions.is_empty() {
        HashSet::new()
    } else {
        let found = unit.sessions().list_by_ids(&sessions).await?;
        found.into_iter().filter(|session| session.is_live(now)).map(|one| (one.id, one.user_id)).collect()
    };
    let mut keys = HashSet::new();
    for key in distinct(callers.iter().filter_map(key)) {
        keys.extend(unit.api_keys().find(key).await?.filter(|key| key.is_live(now)).map(|key| key.id));
    }
    let is_there = |caller: &Caller| match caller.user() {
        None => true,
        Some(user) => {
            active.contains(&user)
                && session(caller).is_none_or(|session| live.contains(&(session, user)))
                && key(caller).is_none_or(|key| keys.contains(&key))
        }
    };
    Ok(callers.iter().filter(|caller| !is_there(caller)).copied().collect())
}

impl Kernel {
    /// Those of the callers who are service accounts that are gone. Each is looked up where it lives.
    pub(super) async fn ended_clients(&self, callers: &[Caller]) -> Result<Vec<Caller>, KernelError> {
        let mut ended = Vec::new();
        for caller in callers {
            if let Some(client) = client(caller)
                && !self.has_client(client).await?
            {
                ended.push(*caller);
            }
        }
        Ok(ended)
    }

    async fn has_client(&self, client: ServiceAccountId) -> Result<bool, KernelError> {
        let unit = self.unit(Scope::Platform, Access::Read).await?;
        let home = unit.client_directory().find(client).await?;
        drop(unit); // one unit of work at a time
        let Some(home) = home else { return Ok(false) };
        let unit = self.unit(Scope::of(home), Access::Read).await?;
        Ok(unit.service_accounts().find(client).await?.is_some())
    }
}

fn session(caller: &Caller) -> Option<SessionId> {
    match caller.credential() {
        Credential::Session(session) => Some(session),
        _ => None,
    }
}

fn key(caller: &Caller) -> Option<ApiKeyId> {
    match caller.credential() {
        Credential::ApiKey { key, .. } => Some(key),
        _ => None,
    }
}

fn client(caller: &Caller) -> Option<ServiceAccountId> {
    match (caller.principal(), caller.credential()) {
        (Principal::ServiceAccount(client), Credential::ClientCredentials { .. }) => Some(client),
        _ => None,
    }
}

fn distinct<T: Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<HashSet<_>>().into_iter().collect()
}
