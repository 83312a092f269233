//! What the domain needs from a store, which is bound to one workspace. Unless a method says otherwise, lists come in
//! any order, and archived things are listed too.

use std::collections::BTreeMap;

use async_trait::async_trait;
use guildhall_core::{
    AccountId, ItemId, Name, NodeId, Page, PageRequest, PhaseId, ProductId, ProjectId, StoreError, TaskId,
    UserId, WorkspaceId,
};

use crate::{
    AssignedWork, CardCounts, Gap, Item, MemberProject, Outline, Phase, Place, Project, ProjectMember,
    ProjectOrder, ProjectRole, ProjectState, Task, TemplateUse, ViewChoice,
};

/// Which projects a list holds, and in which order; the empty filter holds all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectFilter {
    /// Only these: those that the asker may read, where he may not read all.
    pub ids: Option<Vec<ProjectId>>,
    /// Only those whose name contains this; the letters `A` to `Z` match in either case, all others as they are.
    pub q: Option<Name>,
    /// Only those linked to one of these nodes.
    pub node_ids: Option<Vec<NodeId>>,
    /// Only those in this state.
    pub state: Option<ProjectState>,
    /// The order that they stand in.
    pub order: ProjectOrder,
}

/// A project as the authorization tree sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectAccount {
    /// The project.
    pub project_id: ProjectId,
    /// Its account.
    pub account_id: AccountId,
    /// The node under whose account it hangs; the organisation's where there is none.
    pub node_id: Option<NodeId>,
    /// In an archived project no roles follow from products.
    pub state: ProjectState,
    /// The node whose archiving put it away too.
    pub archived_with: Option<NodeId>,
}

/// A product that live work uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProductInUse {
    /// The project whose workflow uses it.
    pub project_id: ProjectId,
    /// The project's account.
    pub account_id: AccountId,
    /// The workspace that owns the product: this one, or System.
    pub product_workspace_id: WorkspaceId,
    /// The product.
    pub product_id: ProductId,
}

/// Projects.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProjectRepository: Send + Sync {
    /// The project, or `None` where the workspace has none with that id.
    async fn find(&self, id: ProjectId) -> Result<Option<Project>, StoreError>;
    /// The same, and nobody else changes it until the transaction ends. The board's version stays as it is.
    async fn find_for_update(&self, id: ProjectId) -> Result<Option<Project>, StoreError>;
    /// One page of the projects that the filter holds, in its order.
    async fn list(&self, filter: &ProjectFilter, page: &PageRequest) -> Result<Page<Project>, StoreError>;
    /// One page of the projects that a user is a member of and that the filter holds, in its order, with his part in each;
    /// only those in which he has the role, where one is named.
    async fn list_by_member(
        &self,
        user_id: UserId,
        role: Option<ProjectRole>,
        filter: &ProjectFilter,
        page: &PageRequest,
    ) -> Result<Page<MemberProject>, StoreError>;
    /// Those of these projects that the workspace has.
    async fn list_by_ids(&self, ids: &[ProjectId]) -> Result<Vec<Project>, StoreError>;
    /// The place of every project of the workspace in the authorization tree.
    async fn list_accounts(&self) -> Result<Vec<ProjectAccount>, StoreError>;
    /// How many cards lie on the project's board, archived ones among them.
    async fn count_cards(&self, id: ProjectId) -> Result<CardCounts, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the id is taken.
    async fn insert(&self, project: &Project) -> Result<(), StoreError>;
    /// Stores all but the board's version, with the next version of the row; fails with [`StoreError::Stale`] when the
    /// stored version is not the project's.
    async fn update(&self, project: &Project) -> Result<(), StoreError>;
    /// Removes the project with its board, its members and its account. Fails with [`StoreError::Stale`] when it is gone, with
    /// [`StoreError::Conflict`] while somebody holds a grant on its account.
    async fn delete(&self, project: &Project) -> Result<(), StoreError>;
    /// Raises the board's version and answers the project with it, or `None` where it is gone. This is the board's lock: it
    /// holds until the transaction ends, and what is read after it stays true.
    async fn update_board_version(&self, id: ProjectId) -> Result<Option<Project>, StoreError>;
}

/// Members of projects.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProjectMemberRepository: Send + Sync {
    /// The user's part in the project, or `None` where he has none.
    async fn find(&self, project_id: ProjectId, user_id: UserId)
    -> Result<Option<ProjectMember>, StoreError>;
    /// All memberships in all projects of the workspace.
    async fn list(&self) -> Result<Vec<ProjectMember>, StoreError>;
    /// The members of one project.
    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<ProjectMember>, StoreError>;
    /// One user's memberships.
    async fn list_by_user(&self, user_id: UserId) -> Result<Vec<ProjectMember>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the user is a member already.
    async fn insert(&self, member: &ProjectMember) -> Result<(), StoreError>;
    /// Fails with [`StoreError::Stale`] when the membership is gone.
    async fn update(&self, member: &ProjectMember) -> Result<(), StoreError>;
    /// Does nothing where there is none.
    async fn delete(&self, project_id: ProjectId, user_id: UserId) -> Result<(), StoreError>;
}

/// Phases, with their assignees in ascending order.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait PhaseRepository: Send + Sync {
    /// The phase, or `None` where the workspace has none with that id.
    async fn find(&self, id: PhaseId) -> Result<Option<Phase>, StoreError>;
    /// The phases of a project.
    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Phase>, StoreError>;
    /// The outline of each of these projects. Projects without phases are absent.
    async fn list_outlines(
        &self,
        project_ids: &[ProjectId],
    ) -> Result<BTreeMap<ProjectId, Outline>, StoreError>;
    /// The current phase of a phase's project, which is the first that has something to do, where it comes before this one.
    async fn find_current_before(&self, id: PhaseId) -> Result<Option<(PhaseId, Name)>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the id, or the position in the project, is taken.
    async fn insert(&self, phase: &Phase) -> Result<(), StoreError>;
    /// The same for many at once.
    async fn insert_all(&self, phases: &[Phase]) -> Result<(), StoreError>;
    /// Makes of the phase, as it was found, what it is to be. Fails with [`StoreError::Stale`] when it is gone, with
    /// [`StoreError::Conflict`] when its position in the project is taken.
    async fn update(&self, before: &Phase, after: &Phase) -> Result<(), StoreError>;
    /// Does nothing where there is none; fails with [`StoreError::Conflict`] while it has items.
    async fn delete(&self, id: PhaseId) -> Result<(), StoreError>;
}

/// Items, with their assignees in ascending order.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ItemRepository: Send + Sync {
    /// The item, or `None` where the workspace has none with that id.
    async fn find(&self, id: ItemId) -> Result<Option<Item>, StoreError>;
    /// The items of a project.
    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError>;
    /// The gap of a place in a phase, without the item that moves; `None` where the place names an item that is not in the
    /// phase, or the one that moves.
    async fn find_gap(
        &self,
        phase_id: PhaseId,
        moved: Option<ItemId>,
        place: Place<ItemId>,
    ) -> Result<Option<Gap>, StoreError>;
    /// The items of a phase.
    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Item>, StoreError>;
    /// One page of the unfinished items and tasks that a user works on in active projects: what is due first comes first,
    /// what is never due last. Tasks of archived items are left out.
    async fn list_assigned(
        &self,
        user_id: UserId,
        page: &PageRequest,
    ) -> Result<Page<AssignedWork>, StoreError>;
    /// The items of a project that use a product and are not archived.
    async fn list_with_application(&self, project_id: ProjectId) -> Result<Vec<Item>, StoreError>;
    /// Each product that an unarchived item of an active project uses, once per project, in the whole workspace.
    async fn list_products_in_use(&self) -> Result<Vec<ProductInUse>, StoreError>;
    /// The same of one project.
    async fn list_products_in_use_by_project(
        &self,
        project_id: ProjectId,
    ) -> Result<Vec<ProductInUse>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the id, or the position in the phase, is taken.
    async fn insert(&self, item: &Item) -> Result<(), StoreError>;
    /// The same for many at once.
    async fn insert_all(&self, items: &[Item]) -> Result<(), StoreError>;
    /// Makes of the item, as it was found, what it is to be. Fails with [`StoreError::Stale`] when it is gone, with
    /// [`StoreError::Conflict`] when its position in the phase is taken.
    async fn update(&self, before: &Item, after: &Item) -> Result<(), StoreError>;
    /// Deletes the item with its tasks; does nothing where there is none.
    async fn delete(&self, id: ItemId) -> Result<(), StoreError>;
}

/// Tasks, with their assignees in ascending order.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait TaskRepository: Send + Sync {
    /// The task, or `None` where the workspace has none with that id.
    async fn find(&self, id: TaskId) -> Result<Option<Task>, StoreError>;
    /// The tasks of all items of a project.
    async fn list_by_project(&self, project_id: ProjectId) -> Result<Vec<Task>, StoreError>;
    /// The tasks of all items of a phase.
    async fn list_by_phase(&self, phase_id: PhaseId) -> Result<Vec<Task>, StoreError>;
    /// The gap of a place in an item, without the task that moves; `None` where the place names a task that is not in the
    /// item, or the one that moves.
    async fn find_gap(
        &self,
        item_id: ItemId,
        moved: Option<TaskId>,
        place: Place<TaskId>,
    ) -> Result<Option<Gap>, StoreError>;
    /// The tasks of an item.
    async fn list_by_item(&self, item_id: ItemId) -> Result<Vec<Task>, StoreError>;
    /// Fails with [`StoreError::Conflict`] when the id, or the position in the item, is taken.
    async fn insert(&self, task: &Task) -> Result<(), StoreError>;
    /// The same for many at once.
    async fn insert_all(&self, tasks: &[Task]) -> Result<(), StoreError>;
    /// Makes of the task, as it was found, what it is to be. Fails with [`StoreError::Stale`] when it is gone, with
    /// [`StoreError::Conflict`] when its position in the item is taken.
    async fn update(&self, before: &Task, after: &Task) -> Result<(), StoreError>;
    /// Does nothing where there is none.
    async fn delete(&self, id: TaskId) -> Result<(), StoreError>;
}

/// What projects were made from.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ProjectTemplateRepository: Send + Sync {
    /// What the project was made from, or `None` where it was made from nothing.
    async fn find(&self, project_id: ProjectId) -> Result<Option<TemplateUse>, StoreError>;
    /// What the active projects were made from that were made from templates of a package.
    async fn list_by_package(&self, package: &str) -> Result<Vec<TemplateUse>, StoreError>;
    /// The workspaces, platform-wide, that have or had projects made from templates of a package.
    async fn list_workspaces(&self, package: &str) -> Result<Vec<WorkspaceId>, StoreError>;
    /// Fails with [`StoreError::Conflict`] where it is known already what the project was made from.
    async fn insert(&self, used: &TemplateUse) -> Result<(), StoreError>;
}

/// With which view presets people look at projects.
#[cfg_attr(any(test, feature = "testing"), mockall::automock)]
#[async_trait]
pub trait ViewChoiceRepository: Send + Sync {
    /// What the user has chosen for the project, or `None` where he never did.
    async fn find(&self, project_id: ProjectId, user_id: UserId) -> Result<Option<ViewChoice>, StoreError>;
    /// Puts a choice in place of the one before. It goes with the project, and with the user's membership in the workspace.
    /// Fails with [`StoreError::Stale`] where its version is not the next after the stored one.
    async fn replace(&self, choice: &ViewChoice) -> Result<(), StoreError>;
}

/// What orchestration needs from one transaction.
pub trait OrchestrationStore: Send + Sync {
    /// Projects.
    fn projects(&self) -> &dyn ProjectRepository;
    /// Members of projects.
    fn project_members(&self) -> &dyn ProjectMemberRepository;
    /// Phases.
    fn phases(&self) -> &dyn PhaseRepository;
    /// Items.
    fn items(&self) -> &dyn ItemRepository;
    /// Tasks.
    fn tasks(&self) -> &dyn TaskRepository;
    /// With which view presets people look at projects.
    fn view_choices(&self) -> &dyn ViewChoiceRepository;
    /// What projects were made from.
    fn project_templates(&self) -> &dyn ProjectTemplateRepository;
}
