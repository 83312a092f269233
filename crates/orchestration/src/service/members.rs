//! Members: adding, changing, removing, and what they leave behind.

use guildhall_core::{ItemId, MetaRoleCode, PhaseId, ProjectId, TaskId, UserId};

use super::Orchestration;
use crate::{AddMember, Item, OrchestrationError, Phase, Project, ProjectMember, ProjectRole, Task};

/// A membership that ended, with the work that its user is no longer assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedMember {
    /// What he was.
    pub member: ProjectMember,
    /// The phases that he answered for.
    pub phases: Vec<PhaseId>,
    /// The items that he worked on.
    pub items: Vec<ItemId>,
    /// The tasks that he worked on.
    pub tasks: Vec<TaskId>,
}

/// A project that somebody left because he left the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The membership that ended.
    pub removed: RemovedMember,
    /// The owner who took his place, where he was the only one.
    pub heir: Option<ProjectMember>,
}

/// A project's change of hands: memberships as they were and as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Who owns it from now on.
    pub owner: (ProjectMember, ProjectMember),
    /// The owner who gave it away and contributes from now on.
    pub former: Option<(ProjectMember, ProjectMember)>,
}

impl Orchestration<'_> {
    /// Adds a user to a project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::AlreadyMember`].
    pub async fn add_member(
        &self,
        project: &Project,
        command: AddMember,
    ) -> Result<ProjectMember, OrchestrationError> {
        project.ensure_active()?;
        if self.store.project_members().find(project.id, command.user_id).await?.is_some() {
            return Err(OrchestrationError::AlreadyMember);
        }
        let member = ProjectMember {
            project_id: project.id,
            user_id: command.user_id,
            role: command.role,
            meta_roles: Vec::new(),
            added_at: self.clock.now(),
        };
        self.store.project_members().insert(&member).await?;
        Ok(member)
    }

    /// Gives a member these meta roles besides the one that his role implies, and no others. Who may give them is decided before.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`] or [`OrchestrationError::NotFound`].
    pub async fn replace_meta_roles(
        &self,
        project: &Project,
        user_id: UserId,
        meta_roles: Vec<MetaRoleCode>,
    ) -> Result<ProjectMember, OrchestrationError> {
        project.ensure_active()?;
        let before = self.find_member(project.id, user_id).await?;
        let after = ProjectMember { meta_roles, ..before.clone() };
        if after != before {
            self.store.project_members().update(&after).await?;
        }
        Ok(after)
    }

    /// Gives a member another role.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or [`OrchestrationError::LastOwner`].
    pub async fn change_member_role(
        &self,
        project: &Project,
        user_id: UserId,
        role: ProjectRole,
    ) -> Result<ProjectMember, OrchestrationError> {
        project.ensure_active()?;
        let before = self.find_member(project.id, user_id).await?;
        if role != ProjectRole::Owner {
            self.ensure_other_owner(&before).await?;
        }
        let after = ProjectMember { role, ..before.clone() };
        if after != before {
            self.store.project_members().update(&after).await?;
        }
        Ok(after)
    }

    /// Makes a member the owner. Where `from` owns the project, he contributes from now on; other owners stay.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], or [`OrchestrationError::NotAMember`] where the one who is to own it is none.
    pub async fn transfer_project(
        &self,
        project: &Project,
        from: Option<UserId>,
        to: UserId,
    ) -> Result<Transfer, OrchestrationError> {
        project.ensure_active()?;
        let members = self.store.project_members();
        let stranger = || OrchestrationError::NotAMember { user_ids: vec![to] };
        let heir = members.find(project.id, to).await?.ok_or_else(stranger)?;
        let former = match from {
            Some(from) if from != to => members.find(project.id, from).await?,
            Some(_) | None => None,
        };
        let owner = self.with_role(heir, ProjectRole::Owner).await?;
        let former = match former {
            Some(member) if member.role == ProjectRole::Owner => {
                Some(self.with_role(member, ProjectRole::Contributor).await?)
            }
            Some(_) | None => None,
        };
        Ok(Transfer { owner, former })
    }

    async fn with_role(
        &self,
        before: ProjectMember,
        role: ProjectRole,
    ) -> Result<(ProjectMember, ProjectMember), OrchestrationError> {
        let after = ProjectMember { role, ..before.clone() };
        if after != before {
            self.store.project_members().update(&after).await?;
        }
        Ok((before, after))
    }

    /// Ends a membership and unassigns its user everywhere in the project.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::ProjectArchived`], [`OrchestrationError::NotFound`] or [`OrchestrationError::LastOwner`].
    pub async fn remove_member(
        &self,
        project: &Project,
        user_id: UserId,
    ) -> Result<RemovedMember, OrchestrationError> {
        project.ensure_active()?;
        let member = self.find_member(project.id, user_id).await?;
        self.ensure_other_owner(&member).await?;
        self.end_membership(member).await
    }

    /// Ends all memberships of a user who leaves the workspace, in archived projects too. Projects that he alone owned
    /// pass to the heir. Unlike all other use cases this one raises the boards' versions itself, since it finds its
    /// projects itself; it takes them in ascending order, so that two of them never wait for each other.
    ///
    /// # Errors
    ///
    /// [`OrchestrationError::LastOwner`] where the heir is the one who leaves.
    pub async fn withdraw(
        &self,
        user_id: UserId,
        heir: UserId,
    ) -> Result<Vec<Withdrawal>, OrchestrationError> {
        let mut projects: Vec<ProjectId> = self
            .store
            .project_members()
            .list_by_user(user_id)
            .await?
            .into_iter()
            .map(|member| member.project_id)
            .collect();
        projects.sort_unstable();

        let mut withdrawals = Vec::with_capacity(projects.len());
        for project_id in projects {
            self.store.projects().update_board_version(project_id).await?;
            // Read under the lock: somebody may have removed him since, or made him the last owner.
            let Some(member) = self.store.project_members().find(project_id, user_id).await? else {
                continue;
            };
            let heir = self.hand_over(&member, heir).await?;
            withdrawals.push(Withdrawal { removed: self.end_membership(member).await?, heir });
        }
        Ok(withdrawals)
    }

    async fn hand_over(
        &self,
        leaving: &ProjectMember,
        heir: UserId,
    ) -> Result<Option<ProjectMember>, OrchestrationError> {
        match self.ensure_other_owner(leaving).await {
            Ok(()) => return Ok(None),
            Err(OrchestrationError::LastOwner) if heir != leaving.user_id => {}
            Err(error) => return Err(error),
        }
        let members = self.store.project_members();
        match members.find(leaving.project_id, heir).await? {
            Some(member) => {
                let owner = ProjectMember { role: ProjectRole::Owner, ..member };
                members.update(&owner).await?;
                Ok(Some(owner))
            }
            None => {
                let (added_at, meta_roles) = (self.clock.now(), Vec::new());
                let owner = ProjectMember { user_id: heir, meta_roles, added_at, ..leaving.clone() };
                members.insert(&owner).await?;
                Ok(Some(owner))
            }
        }
    }

    async fn ensure_other_owner(&self, leaving: &ProjectMember) -> Result<(), OrchestrationError> {
        if leaving.role != ProjectRole::Owner {
            return Ok(());
        }
        let members = self.store.project_members().list_by_project(leaving.project_id).await?;
        let is_other_owner =
            |member: &ProjectMember| member.role == ProjectRole::Owner && member.user_id != leaving.user_id;
        if members.iter().any(is_other_owner) { Ok(()) } else { Err(OrchestrationError::LastOwner) }
    }

    async fn end_membership(&self, member: ProjectMember) -> Result<RemovedMember, OrchestrationError> {
        let (project_id, user_id) = (member.project_id, member.user_id);
        let removed = RemovedMember {
            phases: self.unassign_phases(project_id, user_id).await?,
            items: self.unassign_items(project_id, user_id).await?,
            tasks: self.unassign_tasks(project_id, user_id).await?,
            member,
        };
        self.store.project_members().delete(project_id, user_id).await?;
        Ok(removed)
    }

    async fn unassign_phases(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<Vec<PhaseId>, OrchestrationError> {
        let mut concerned = Vec::new();
        for before in self.store.phases().list_by_project(project_id).await? {
            if let Some(assignees) = without(&before.assignees, user_id) {
                let after = Phase { assignees, ..before.clone() };
                self.store.phases().update(&before, &after).await?;
                concerned.push(before.id);
            }
        }
        Ok(concerned)
    }

    async fn unassign_items(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<Vec<ItemId>, OrchestrationError> {
        let mut concerned = Vec::new();
        for before in self.store.items().list_by_project(project_id).await? {
            if let Some(assignees) = without(&before.assignees, user_id) {
                let after = Item { assignees, ..before.clone() };
                self.store.items().update(&before, &after).await?;
                concerned.push(before.id);
            }
        }
        Ok(concerned)
    }

    async fn unassign_tasks(
        &self,
        project_id: ProjectId,
        user_id: UserId,
    ) -> Result<Vec<TaskId>, OrchestrationError> {
        let mut concerned = Vec::new();
        for before in self.store.tasks().list_by_project(project_id).await? {
            if let Some(assignees) = without(&before.assignees, user_id) {
                let after = Task { assignees, ..before.clone() };
                self.store.tasks().update(&before, &after).await?;
                concerned.push(before.id);
            }
        }
        Ok(concerned)
    }
}

/// Those who are left without a user, where he was among them.
fn without(assignees: &[UserId], user_id: UserId) -> Option<Vec<UserId>> {
    let left: Vec<UserId> = assignees.iter().copied().filter(|id| *id != user_id).collect();
    (left.len() < assignees.len()).then_some(left)
}
