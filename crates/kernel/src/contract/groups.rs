//! Groups as products of Open OS manage them: several changes at a time, all of them or none.

use guildhall_authz::{Epoch, Holder, NewGrant, StoredGrant};
use guildhall_core::{AccountId, GroupId, PageRequest, RoleId, UserId, WorkspaceId};

use super::place::named_by;
use crate::{
    Begun, CreateGroup, Event, GroupShown, Kernel, KernelError, NamedPerson, Request, code,
    granting::RefusedGrant,
    grants::{gift, may_grant},
    groups::may_add,
    place::unknown,
    project_members::seen_member,
    work::Work,
};

/// More than any workspace has.
const MOST_GROUPS: usize = 1_000_000;

/// Somebody's place in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPlace {
    /// The group.
    pub group: GroupId,
    /// The person.
    pub person: NamedPerson,
}

/// A role of a group on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupRole {
    /// The group.
    pub group: GroupId,
    /// The role.
    pub role: RoleId,
    /// Where it holds, and below.
    pub account: AccountId,
}

/// What is to be, and what is to be no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes<T> {
    /// To be made.
    pub create: Vec<T>,
    /// To be ended.
    pub delete: Vec<T>,
}

/// A step that may be refused as a grant: then with what is recorded of it.
type Step<T> = Result<T, (Option<(AccountId, RefusedGrant)>, KernelError)>;

impl Kernel {
    /// The groups of a workspace that the caller sees and whose name has the searched text in it, by name.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the workspace is not for the caller; [`KernelError::Forbidden`] where he sees no
    /// group anywhere.
    pub async fn find_groups(
        &self,
        request: &Request,
        workspace: WorkspaceId,
        search: &str,
    ) -> Result<Vec<GroupShown>, KernelError> {
        let request = request.in_workspace(named_by(request, workspace)?);
        let searched = search.to_lowercase();
        let all = PageRequest { limit: MOST_GROUPS, after: None };
        let mut groups = self.list_groups(&request, &all).await?.items;
        groups.retain(|shown| shown.group.name.as_str().to_lowercase().contains(&searched));
        Ok(groups)
    }

    /// Makes a group in the workspace of an account.
    ///
    /// # Errors
    /// As [`Self::create_group`]; [`KernelError::NotFound`] where the account is not for the caller.
    pub async fn create_group_on(
        &self,
        request: &Request,
        account: AccountId,
        command: CreateGroup,
    ) -> Result<GroupShown, KernelError> {
        let workspace = self.workspace_of(request, account).await?;
        let request = request.in_workspace(workspace);
        Ok(self.create_group(&request, command).await?.into_inner())
    }

    /// Puts people into groups and takes others out: all of it or nothing. Whoever is where he should be stays.
    ///
    /// # Errors
    /// [`KernelError::NotFound`] where the caller does not see a group; [`KernelError::Forbidden`] without `GROUP_MANAGE`, and
    /// where a group holds what he may not grant; [`KernelError::Refused`] where somebody is no member whom he sees.
    pub async fn change_group_members(
        &self,
        request: &Request,
        changes: &Changes<GroupPlace>,
    ) -> Result<(), KernelError> {
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(()) };
        request.expect_no_version()?;
        let mut events = Vec::new();
        for place in &changes.create {
            match put(&work, place).await {
                Ok(event) => events.extend(event),
                Err((refused, why)) => return Err(self.refuse(request, work, refused, why).await),
            }
        }
        for place in &changes.delete {
            events.extend(take(&work, place).await?);
        }
        let changed: Vec<_> = events.iter().map(|event| UserId::new(event.subject.id).into()).collect();
        if !changed.is_empty() {
            work.raise(Epoch::Workspace, &changed).await?;
        }
        finish(work, events).await
    }

    /// Gives groups roles and takes others away: all of it or nothing. Answers what was given, in its order.
    ///
    /// # Errors
    /// As [`Self::create_grant`]; [`KernelError::Authz`] where a group has the role there already.
    pub async fn change_group_roles(
        &self,
        request: &Request,
        changes: &Changes<GroupRole>,
    ) -> Result<Vec<StoredGrant>, KernelError> {
        let first = changes.create.iter().chain(&changes.delete).next();
        let Some(first) = first else { return Ok(Vec::new()) };
        let workspace = self.workspace_of(request, first.account).await?;
        let request = &request.in_workspace(workspace);
        let Begun::Fresh(work) = self.begin_raising(request).await? else { return Ok(Vec::new()) };
        request.expect_no_version()?;
        let changed: Vec<_> =
            changes.create.iter().chain(&changes.delete).map(|role| role.group.into()).collect();
        work.raise(Epoch::Workspace, &changed).await?;
        let (mut events, mut given) = (Vec::new(), Vec::new());
        for role in &changes.create {
            match give(&work, *role).await {
                Ok(grant) => {
                    events.push(Event::new("grant.created", grant.id.uuid(), None).creating(&grant));
                    given.push(grant);
                }
                Err((refused, why)) => return Err(self.refuse(request, work, refused, why).await),
            }
        }
        for role in &changes.delete {
            let grant = end(&work, *role).await?;
            events.push(Event::new("grant.ended", grant.id.uuid(), None).removing(&grant));
        }
        finish(work, events).await?;
        Ok(given)
    }

    async fn refuse(
        &self,
        request: &Request,
        work: Work<'_>,
        refused: Option<(AccountId, RefusedGrant)>,
        why: KernelError,
    ) -> KernelError {
        match refused {
            Some(refused) => self.refuse_grant(request, work, refused, why).await,
            None => why,
        }
    }
}

/// Commits where anything was done.
async fn finish(work: Work<'_>, mut events: Vec<Event>) -> Result<(), KernelError> {
    let Some(last) = events.pop() else { return Ok(()) };
    for event in events {
        work.record(event).await?;
    }
    work.finish(last).await
}

async fn put(work: &Work<'_>, place: &GroupPlace) -> Step<Option<Event>> {
    let plain = |why| (None, why);
    let group = work.authorize_group(place.group).await.map_err(plain)?;
    let seen = seen_member(work, &place.person).await.map_err(plain)?;
    let (user, _) = seen.ok_or_else(|| (None, unknown("member")))?;
    let there = work.group_members().find(group.id, user.id).await.map_err(|error| (None, error.into()))?;
    if there.is_some() {
        return Ok(None);
    }
    if let Err((gift, why)) = may_add(work, &group).await.map_err(plain)? {
        return Err((Some((gift.account, RefusedGrant::of(Holder::User(user.id), &gift))), why));
    }
    let added = work.kernel().authz(&**work).add_to_group(group.id, user.id).await;
    let added = added.map_err(|error| (None, error.into()))?;
    Ok(Some(Event::new("group_member.added", user.id.uuid(), user.display_name()).creating(&added)))
}

async fn take(work: &Work<'_>, place: &GroupPlace) -> Result<Option<Event>, KernelError> {
    let group = work.authorize_group(place.group).await?;
    let (user, _) = seen_member(work, &place.person).await?.ok_or_else(|| unknown("member"))?;
    let Some(there) = work.group_members().find(group.id, user.id).await? else { return Ok(None) };
    work.group_members().delete(group.id, user.id).await?;
    Ok(Some(Event::new("group_member.removed", user.id.uuid(), user.display_name()).removing(&there)))
}

async fn give(work: &Work<'_>, role: GroupRole) -> Step<StoredGrant> {
    let plain = |why| (None, why);
    let command = NewGrant {
        holder: Holder::Group(role.group),
        role: role.role,
        account: role.account,
        expires_at: None,
    };
    if !work.may_anywhere(&[&code::ROLE_GRANT]) {
        return Err((None, KernelError::Forbidden(code::ROLE_GRANT)));
    }
    work.check_grant(&command).await.map_err(plain)?;
    let refused = RefusedGrant::of(command.holder, &gift(&command));
    may_grant(work, &command).map_err(|why| (Some((role.account, refused)), why))?;
    work.kernel().authz(&**work).create_grant(command).await.map_err(|error| (None, error.into()))
}

async fn end(work: &Work<'_>, role: GroupRole) -> Result<StoredGrant, KernelError> {
    let held = work.grants().list_by_holder(Holder::Group(role.group)).await?;
    let found = held.into_iter().find(|grant| grant.role == role.role && grant.account == role.account);
    let grant = work.authorize_grant(found.ok_or(KernelError::NotFound)?.id).await?;
    work.grants().delete(grant.id).await?;
    Ok(grant)
}
