//! What people, groups and service accounts hold: of all of them, or of a few whose part has changed.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_authz::{
    Facts, Grant, Group, GroupMember, GroupMembership, Holder, ProjectMember, StoredGrant,
};
use guildhall_core::{AccountId, GroupId, Principal, ProjectId, RoleId, UserId};
use guildhall_orchestration::{ProjectAccount, ProjectState};
use guildhall_tenancy::{Member, MemberState, Workspace, WorkspaceRole};

use super::builtin_of;
use crate::{BuiltinRole, KernelError, UnitOfWork};

/// Past so many projects all are read at once.
const MANY: usize = 1_000;

/// What decides whether something that is stored counts.
pub(super) struct Here<'a> {
    pub(super) workspace: &'a Workspace,
    /// Whether there is such a role here.
    pub(super) has_role: &'a (dyn Fn(RoleId) -> bool + Sync),
    /// Whether the first account is the second one or below it.
    pub(super) is_below: &'a (dyn Fn(AccountId, AccountId) -> bool + Sync),
}

/// The rows that say what somebody holds, whether they count or not.
#[derive(Default)]
pub(super) struct Stored {
    admins: Vec<UserId>,
    members: Vec<Member>,
    project_members: Vec<guildhall_orchestration::ProjectMember>,
    /// The projects of those memberships.
    projects: BTreeMap<ProjectId, (AccountId, ProjectState)>,
    grants: Vec<StoredGrant>,
    /// The groups that hold grants.
    groups: Vec<Group>,
    group_members: Vec<GroupMembership>,
}

impl Stored {
    /// The rows about everybody.
    pub(super) async fn all(unit: &dyn UnitOfWork, projects: &[ProjectAccount]) -> Result<Self, KernelError> {
        let projects = projects.iter().map(|one| (one.project_id, (one.account_id, one.state)));
        Ok(Self {
            admins: unit.platform_admins().list().await?,
            members: unit.workspace_members().list_all().await?,
            project_members: unit.project_members().list().await?,
            projects: projects.collect(),
            grants: unit.grants().list().await?,
            groups: unit.groups().list().await?,
            group_members: unit.group_members().list().await?,
        })
    }

    /// The rows about some holders.
    pub(super) async fn of(unit: &dyn UnitOfWork, holders: &BTreeSet<Holder>) -> Result<Self, KernelError> {
        let mut stored = Self { admins: unit.platform_admins().list().await?, ..Self::default() };
        for holder in holders {
            stored.grants.extend(unit.grants().list_by_holder(*holder).await?);
            match *holder {
                Holder::User(user) => stored.read_user(unit, user).await?,
                Holder::Group(group) => stored.groups.extend(unit.groups().find(group).await?),
                Holder::ServiceAccount(_) => {}
            }
        }
        stored.projects = stored.read_projects(unit).await?;
        Ok(stored)
    }

    /// Whether any group is here, so that it matters what is below which account.
    pub(super) const fn has_groups(&self) -> bool {
        !self.groups.is_empty()
    }

    async fn read_projects(
        &self,
        unit: &dyn UnitOfWork,
    ) -> Result<BTreeMap<ProjectId, (AccountId, ProjectState)>, KernelError> {
        let ids: BTreeSet<_> = self.project_members.iter().map(|member| member.project_id).collect();
        if ids.len() > MANY {
            let all = unit.projects().list_accounts().await?.into_iter();
            return Ok(all.map(|one| (one.project_id, (one.account_id, one.state))).collect());
        }
        let found = unit.projects().list_by_ids(&Vec::from_iter(ids)).await?.into_iter();
        Ok(found.map(|one| (one.id, (one.account_id, one.state))).collect())
    }

    async fn read_user(&mut self, unit: &dyn UnitOfWork, user: UserId) -> Result<(), KernelError> {
        self.members.extend(unit.workspace_members().find(user).await?);
        self.project_members.extend(unit.project_members().list_by_user(user).await?);
        self.group_members.extend(unit.group_members().list_by_user(user).await?);
        Ok(())
    }

    /// What follows from the rows. A suspended member holds nothing, whatever is stored of him, and is in no group.
    pub(super) fn add_to(self, here: &Here<'_>, facts: &mut Facts) {
        add_platform(&self.admins, facts);
        let active = self.members.iter().filter(|member| member.state == MemberState::Active);
        let members: BTreeMap<UserId, &Member> = active.map(|member| (member.user_id, member)).collect();
        self.add_members(here.workspace, members.values().copied(), facts);
        self.add_grants(here, &members, facts);
        let memberships = self.group_members.iter().filter(|one| members.contains_key(&one.user));
        facts.group_members.extend(memberships.map(|one| GroupMember { group: one.group, user: one.user }));
        self.add_project_members(&members, facts);
    }

    /// What members hold by being members; and what platform admins hold besides where they are members.
    fn add_members<'m>(
        &self,
        workspace: &Workspace,
        members: impl Iterator<Item = &'m Member>,
        facts: &mut Facts,
    ) {
        if workspace.id.is_system() {
            facts.grants.extend(self.admins.iter().map(|admin| {
                let holder = Principal::User(*admin);
                Grant::derived(holder, BuiltinRole::SystemAdmin.id(), workspace.account_id)
            }));
        }
        for member in members {
            let holder = Principal::User(member.user_id);
            let roles = roles_of(member, workspace, &self.admins).into_iter();
            facts.grants.extend(roles.map(|role| Grant::derived(holder, role.id(), workspace.account_id)));
        }
    }

    /// The stored grants that count.
    fn add_grants(&self, here: &Here<'_>, members: &BTreeMap<UserId, &Member>, facts: &mut Facts) {
        let groups: BTreeMap<GroupId, AccountId> =
            self.groups.iter().map(|group| (group.id, group.account)).collect();
        let counts = |grant: &&StoredGrant| match grant.holder {
            Holder::User(user) => members.contains_key(&user),
            Holder::ServiceAccount(_) => true,
            // A node that was moved away from below the group's account took the group's grants out of its reach.
            Holder::Group(group) => {
                groups.get(&group).is_some_and(|above| (here.is_below)(grant.account, *above))
            }
        };
        let granted = self.grants.iter().filter(|grant| (here.has_role)(grant.role)).filter(counts);
        facts.grants.extend(granted.copied().map(Grant::from));
    }

    /// What project members hold, and what auto roles follow from.
    fn add_project_members(&self, members: &BTreeMap<UserId, &Member>, facts: &mut Facts) {
        for member in self.project_members.iter().filter(|one| members.contains_key(&one.user_id)) {
            let Some(&(account, state)) = self.projects.get(&member.project_id) else { continue };
            let holder = Principal::User(member.user_id);
            facts.grants.push(Grant::derived(holder, builtin_of(member.role).id(), account));
            if state == ProjectState::Active {
                let extras = member.meta_roles.iter().cloned();
                facts.members.push(ProjectMember {
                    account,
                    user: member.user_id,
                    meta_roles: [member.role.meta_role()].into_iter().chain(extras).collect(),
                });
            }
        }
    }
}

/// What the platform's admins hold on the platform itself.
pub(super) fn add_platform(admins: &[UserId], facts: &mut Facts) {
    facts.grants.extend(admins.iter().map(|admin| {
        Grant::derived(Principal::User(*admin), BuiltinRole::PlatformAdmin.id(), AccountId::PLATFORM)
    }));
}

fn roles_of(member: &Member, workspace: &Workspace, admins: &[UserId]) -> Vec<BuiltinRole> {
    let mut roles = match member.role {
        WorkspaceRole::WorkspaceAdmin => vec![BuiltinRole::WorkspaceAdmin],
        WorkspaceRole::Internal if workspace.settings.internal_may_invite => {
            vec![BuiltinRole::Internal, BuiltinRole::Inviter]
        }
        WorkspaceRole::Internal => vec![BuiltinRole::Internal],
        WorkspaceRole::External => vec![BuiltinRole::External],
    };
    if admins.contains(&member.user_id) {
        roles.push(BuiltinRole::PlatformAdminMember);
    }
    roles
}
