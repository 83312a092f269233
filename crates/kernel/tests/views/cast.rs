//! A workspace with some of everything, for random changes.

use guildhall_authz::{Holder, NewGrant};
use guildhall_core::{
    AccountId, GroupId, ItemId, NodeId, PhaseId, ProductId, ProductVersionId, ProjectId, RoleId,
};
use guildhall_identity::User;
use guildhall_kernel::{KernelError, Request};
use guildhall_orchestration::Project;
use guildhall_tenancy::WorkspaceRole;
use guildhall_testkit::Dice;

use crate::{
    board, catalogue,
    support::{World, parsed},
};

/// The world, and what there is in it to change.
pub struct Cast {
    pub world: World,
    pub people: Vec<User>,
    pub nodes: Vec<NodeId>,
    pub projects: Vec<(ProjectId, PhaseId)>,
    pub items: Vec<(ProjectId, ItemId)>,
    pub groups: Vec<GroupId>,
    pub roles: Vec<RoleId>,
    pub automations: Vec<Holder>,
    pub product: ProductId,
    pub versions: Vec<ProductVersionId>,
    pub made: usize,
}

impl Cast {
    pub async fn new(world: World) -> Self {
        let mut people = vec![world.internal.clone(), world.external.clone()];
        for number in 0..4 {
            let role = if number == 0 { WorkspaceRole::WorkspaceAdmin } else { WorkspaceRole::Internal };
            people.push(world.add_member(&format!("p{number}@first.test"), role).await);
        }
        let (product, version) = catalogue::published(&world, &world.ask(&world.admin), &[]).await;
        let mut cast = Self {
            world,
            people,
            nodes: Vec::new(),
            projects: Vec::new(),
            items: Vec::new(),
            groups: Vec::new(),
            roles: Vec::new(),
            automations: Vec::new(),
            product,
            versions: vec![version],
            made: 0,
        };
        cast.furnish().await;
        cast
    }

    async fn furnish(&mut self) {
        for permissions in [&["ROLE_GRANT", "NODE_MANAGE"][..], &["GROUP_MANAGE"], &["AUDIT_READ"]] {
            self.make_role(permissions).await.unwrap();
        }
        for parent in [None, None, Some(0)] {
            let parent = parent.map(|at: usize| self.nodes[at]);
            self.make_node(parent).await.unwrap();
        }
        for node in [None, Some(self.nodes[0]), Some(self.nodes[2])] {
            self.make_project(&self.world.admin.clone(), node).await.unwrap();
        }
        let (root, node) = (self.world.workspace.account_id, self.nodes[0].account());
        for account in [root, node] {
            self.make_group(account).await.unwrap();
        }
        // What the second group holds ends where the market goes to another client.
        let (holder, account) = (Holder::Group(self.groups[1]), self.nodes[2].account());
        let grant = NewGrant { holder, role: self.roles[0], account, expires_at: None };
        self.world.kernel.create_grant(&self.ask(), grant).await.unwrap();
        for (project, phase) in self.projects.clone().into_iter().take(2) {
            self.make_item(project, phase, self.versions[0]).await.unwrap();
        }
        self.make_automation().await.unwrap();
    }

    pub fn ask(&self) -> Request {
        self.world.ask(&self.world.admin)
    }

    /// A word that no other thing is called by.
    pub fn word(&mut self) -> String {
        self.made += 1;
        format!("THING_{}", self.made)
    }

    pub fn somebody(&self, dice: &mut Dice) -> User {
        self.people[dice.below(self.people.len())].clone()
    }

    pub fn maybe_node(&self, dice: &mut Dice) -> Option<NodeId> {
        (!dice.often(3)).then(|| dice.of(&self.nodes))
    }

    pub async fn project_of(&self, id: ProjectId) -> Project {
        self.world.unit().await.projects().find(id).await.unwrap().unwrap()
    }

    /// The workspace's own accounts, a node's or a project's.
    pub async fn account(&self, dice: &mut Dice) -> AccountId {
        let workspace = &self.world.workspace;
        match dice.below(6) {
            0 => workspace.account_id,
            1 => workspace.organisation_account_id,
            2..=4 => dice.of(&self.nodes).account(),
            _ => {
                let (project, _) = dice.of(&self.projects);
                self.project_of(project).await.account_id
            }
        }
    }

    pub fn holder(&self, dice: &mut Dice) -> Holder {
        match dice.below(6) {
            0..=2 => Holder::User(self.somebody(dice).id),
            3 | 4 => Holder::Group(dice.of(&self.groups)),
            _ => dice.of(&self.automations),
        }
    }

    pub async fn make_project(&mut self, owner: &User, node: Option<NodeId>) -> Result<(), KernelError> {
        let command = board::project(&self.word(), node);
        let project =
            self.world.kernel.create_project(&self.world.ask(owner), command).await?.into_inner().project.id;
        let phase = self.world.kernel.create_phase(&self.ask(), project, board::phase("Draft")).await?;
        self.projects.push((project, phase.into_inner().phase.phase.id));
        Ok(())
    }

    /// A version of the product with other roles.
    pub fn next_version(&mut self, dice: &mut Dice) -> guildhall_products::CreateVersion {
        let mut version = catalogue::version(&[]);
        version.name = parsed(&self.word());
        version.uses_open_authorization = !dice.often(4);
        if dice.often(2) {
            version.roles[0].permissions = vec![parsed("ADD_REVIEW"), parsed("CLOSE_REVIEW")];
        }
        version
    }
}
