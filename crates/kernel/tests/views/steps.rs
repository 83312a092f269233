//! Random changes, each by a use case.

use chrono::{DateTime, TimeDelta, Utc};
use guildhall_authz::{GroupPatch, Holder, NewGrant};
use guildhall_core::{
    AccountId, Clock as _, GrantId, GroupId, Level, MetaRoleCode, NodeId, PhaseId, ProductVersionId,
    ProjectId,
};
use guildhall_identity::ServiceAccountKind;
use guildhall_kernel::{
    AcceptInvitation, AddItem, AddProjectMember, BuiltinRole, ChangeMember, ChangeProjectMember, ChangeRole,
    ChangeWorkspace, Changes, CreateGroup, CreateRole, CreateServiceAccount, GroupPlace, GroupRole,
    InviteMember, KernelError, MoveNode, NamedPerson, NewContent, NodeShown, SetAvailability, UseProduct,
};
use guildhall_orchestration::{Place, ProjectPatch, ProjectRole};
use guildhall_products::MapRole;
use guildhall_tenancy::{ImportLine, ImportTable, MemberState, NewNode, WorkspaceRole};
use guildhall_testkit::Dice;

use super::cast::Cast;
use crate::support::parsed;

type Done = Result<(), KernelError>;

const PROJECT_ROLES: [ProjectRole; 3] = [ProjectRole::Owner, ProjectRole::Contributor, ProjectRole::Viewer];

impl Cast {
    /// One change, and what it was; what is refused has changed nothing.
    pub async fn step(&mut self, dice: &mut Dice) -> (&'static str, Done) {
        match dice.below(24) {
            0..=3 => ("a grant", self.grant(dice).await),
            4 => ("a grant's end", self.end_grant(dice).await),
            5 => ("a grant's expiry", self.change_grant(dice).await),
            6 | 7 => ("a member of a group", self.change_group_member(dice).await),
            8 => ("a group", self.change_groups(dice).await),
            9 => ("groups by the contract", self.change_by_contract(dice).await),
            10 => ("a member", self.change_member(dice).await),
            11 => ("who is a member", self.change_members(dice).await),
            12 => ("a project", self.make_project(&self.somebody(dice), self.maybe_node(dice)).await),
            13 | 14 => ("a member of a project", self.change_project_member(dice).await),
            15 => ("a project's node", self.link_project(dice).await),
            16 => ("a project's state", self.archive_project(dice).await),
            17 => ("a node", self.make_nodes(dice).await),
            18 => ("a node's place", self.move_node(dice).await),
            19 => ("a node's state", self.archive_node(dice).await),
            20 | 21 => ("an item", self.change_items(dice).await),
            22 => ("service accounts", self.change_automations(dice).await),
            _ => ("what everything depends on", self.change_everything(dice).await),
        }
    }

    fn soon(&self, dice: &mut Dice) -> Option<DateTime<Utc>> {
        let hours = i64::try_from(dice.below(4)).unwrap();
        (hours > 0).then(|| self.world.clock().now() + TimeDelta::hours(hours))
    }

    async fn grant(&self, dice: &mut Dice) -> Done {
        let holder = self.holder(dice);
        let account = match holder {
            Holder::Group(group) => self.account_of(group, dice).await,
            Holder::User(_) | Holder::ServiceAccount(_) => self.account(dice).await,
        };
        let role = match dice.below(6) {
            0 => BuiltinRole::Assigned.id(),
            1 => BuiltinRole::Viewer.id(),
            2 => {
                let unit = self.world.unit().await;
                unit.product_roles().list().await.unwrap()[0].id
            }
            _ => dice.of(&self.roles),
        };
        let command = NewGrant { holder, role, account, expires_at: self.soon(dice) };
        self.world.kernel.create_grant(&self.ask(), command).await.map(drop)
    }

    /// A group holds roles on its own account and below alone.
    async fn account_of(&self, group: GroupId, dice: &mut Dice) -> AccountId {
        let unit = self.world.unit().await;
        let own = unit.groups().find(group).await.unwrap().unwrap().account;
        let nodes = unit.hierarchy().list().await.unwrap();
        let children = nodes.iter().filter(|node| node.parent_id.map(NodeId::account) == Some(own));
        let accounts: Vec<_> = children.map(|node| node.id.account()).chain([own]).collect();
        dice.of(&accounts)
    }

    async fn some_grant(&self, dice: &mut Dice) -> Option<GrantId> {
        let grants = self.world.unit().await.grants().list().await.unwrap();
        (!grants.is_empty()).then(|| grants[dice.below(grants.len())].id)
    }

    async fn end_grant(&self, dice: &mut Dice) -> Done {
        let Some(grant) = self.some_grant(dice).await else { return Ok(()) };
        self.world.kernel.delete_grant(&self.ask(), grant).await
    }

    async fn change_grant(&self, dice: &mut Dice) -> Done {
        self.world.clock().advance(TimeDelta::minutes(20));
        let Some(grant) = self.some_grant(dice).await else { return Ok(()) };
        self.world.kernel.update_grant(&self.ask(), grant, Some(self.soon(dice))).await.map(drop)
    }

    async fn change_group_member(&self, dice: &mut Dice) -> Done {
        let (group, user) = (dice.of(&self.groups), self.somebody(dice).id);
        if dice.often(3) {
            self.world.kernel.remove_group_member(&self.ask(), group, user).await
        } else {
            self.world.kernel.add_group_member(&self.ask(), group, user).await
        }
    }

    async fn change_groups(&mut self, dice: &mut Dice) -> Done {
        let at = dice.below(self.groups.len());
        match dice.below(3) {
            0 if self.groups.len() > 2 => {
                self.world.kernel.delete_group(&self.ask(), self.groups[at]).await?;
                self.groups.remove(at);
                Ok(())
            }
            1 => {
                let patch = GroupPatch { name: Some(parsed(&self.word())), ..GroupPatch::default() };
                self.world.kernel.update_group(&self.ask(), self.groups[at], patch).await.map(drop)
            }
            _ => {
                let account =
                    if dice.often(4) { self.account(dice).await } else { dice.of(&self.nodes).account() };
                self.make_group(account).await
            }
        }
    }

    pub async fn make_group(&mut self, account: AccountId) -> Done {
        let name = parsed(&self.word());
        let command = CreateGroup { name, description: None, account_id: Some(account) };
        let made = self.world.kernel.create_group(&self.ask(), command).await?;
        self.groups.push(made.into_inner().group.id);
        Ok(())
    }

    async fn change_by_contract(&self, dice: &mut Dice) -> Done {
        if dice.often(2) {
            let (role, group) = (dice.of(&self.roles), dice.of(&self.groups));
            let account = self.account_of(group, dice).await;
            let create = vec![GroupRole { group, role, account }];
            let changes = Changes { create, delete: Vec::new() };
            return self.world.kernel.change_group_roles(&self.ask(), &changes).await.map(drop);
        }
        let mut place = || {
            let person = NamedPerson::User(self.somebody(dice).id);
            GroupPlace { group: dice.of(&self.groups), person }
        };
        let changes = Changes { create: vec![place(), place()], delete: vec![place()] };
        self.world.kernel.change_group_members(&self.ask(), &changes).await
    }

    async fn change_member(&self, dice: &mut Dice) -> Done {
        let user = self.somebody(dice).id;
        let command = match dice.below(4) {
            0 => ChangeMember { state: Some(MemberState::Suspended), ..ChangeMember::default() },
            1 | 2 => {
                let role = dice.of(&[WorkspaceRole::External, WorkspaceRole::Internal]);
                let state = Some(MemberState::Active);
                ChangeMember { role: Some(role), state, node_ids: None }
            }
            _ => ChangeMember { node_ids: Some(Some(vec![dice.of(&self.nodes)])), ..ChangeMember::default() },
        };
        self.world.kernel.update_member(&self.ask(), user, command).await.map(drop)
    }

    async fn change_members(&mut self, dice: &mut Dice) -> Done {
        if self.people.len() > 6 && dice.often(2) {
            let at = dice.below(self.people.len());
            self.world.kernel.remove_member(&self.ask(), self.people[at].id, None).await?;
            self.people.remove(at);
            return Ok(());
        }
        let email = parsed(&format!("{}@first.test", self.word().to_lowercase()));
        let role = dice.of(&[WorkspaceRole::External, WorkspaceRole::Internal]);
        let node_ids = dice.often(2).then(|| vec![dice.of(&self.nodes)]);
        let command = InviteMember { email, role, node_ids, firstname: None, lastname: None };
        let invited = self.world.kernel.invite_member(&self.ask(), command).await?;
        let link = invited.accept_url.unwrap();
        let joined = self.world.kernel.accept_invitation(AcceptInvitation {
            token: link.split_once("#token=").map(|(_, token)| token.to_owned()).unwrap(),
            password: Some(parsed("a password for tests")),
            firstname: Some(parsed("New")),
            lastname: Some(parsed("Guest")),
            workspace: None,
            caller: None,
            request_id: self.ask().id,
        });
        let joined = joined.await?.user_id;
        let user = self.world.unit().await.users().find(joined).await.unwrap().unwrap();
        self.people.push(user);
        Ok(())
    }

    async fn change_project_member(&self, dice: &mut Dice) -> Done {
        let ((project, _), user) = (dice.of(&self.projects), self.somebody(dice).id);
        let (role, kernel) = (dice.of(&PROJECT_ROLES), &self.world.kernel);
        let extra = || -> Vec<MetaRoleCode> { vec![parsed("PROJECT_CONTRIBUTOR")] };
        match dice.below(5) {
            0..=2 => {
                let meta_roles =
                    if role == ProjectRole::Viewer && dice.often(2) { extra() } else { Vec::new() };
                let command = AddProjectMember { named: NamedPerson::User(user), role, meta_roles };
                kernel.add_project_member(&self.ask(), project, command).await.map(drop)
            }
            3 => {
                let command = ChangeProjectMember { role: Some(role), meta_roles: Some(Vec::new()) };
                kernel.update_project_member(&self.ask(), project, user, command).await.map(drop)
            }
            _ => kernel.remove_project_member(&self.ask(), project, user).await,
        }
    }

    async fn link_project(&self, dice: &mut Dice) -> Done {
        let (project, _) = dice.of(&self.projects);
        let node_id = Some(self.maybe_node(dice));
        let patch = ProjectPatch { node_id, ..ProjectPatch::default() };
        self.world.kernel.update_project(&self.ask(), project, patch).await.map(drop)
    }

    async fn archive_project(&self, dice: &mut Dice) -> Done {
        let (project, _) = dice.of(&self.projects);
        if dice.often(2) {
            self.world.kernel.archive_project(&self.ask(), project).await.map(drop)
        } else {
            self.world.kernel.restore_project(&self.ask(), project).await.map(drop)
        }
    }

    async fn make_nodes(&mut self, dice: &mut Dice) -> Done {
        if dice.often(2) {
            let parent = self.nodes.len().is_multiple_of(2).then(|| self.nodes[0]);
            return self.make_node(parent).await;
        }
        let (client, market) = (self.word(), self.word());
        let lines = [("CLIENT", &client, String::new()), ("MARKET", &market, client.clone())];
        let lines = lines.into_iter().zip(2..).map(|((level, name, parent), line)| ImportLine {
            line,
            level: level.to_owned(),
            name: name.clone(),
            parent,
            ..ImportLine::default()
        });
        let table = ImportTable { lines: lines.collect(), faults: Vec::new() };
        let imported = self.world.kernel.import_hierarchy(&self.ask(), table).await?.into_inner();
        self.nodes.extend(imported.added.iter().map(|(_, node)| node.id));
        Ok(())
    }

    pub async fn make_node(&mut self, parent: Option<NodeId>) -> Done {
        let level = if parent.is_some() { Level::Market } else { Level::Client };
        let node = NewNode { level, name: parsed(&self.word()), md_id: None, categories: Vec::new() };
        let made = self.world.kernel.create_node(&self.ask(), parent, node).await?.into_inner();
        self.nodes.push(match made {
            NodeShown::Whole { node, .. } => node.id,
            NodeShown::Outline { id, .. } => id,
        });
        Ok(())
    }

    /// A market goes to another client, and its grants go with it: out of the reach of some groups.
    async fn move_node(&self, dice: &mut Dice) -> Done {
        let unit = self.world.unit().await;
        let (nodes, grants) = (unit.hierarchy().list().await.unwrap(), unit.grants().list().await.unwrap());
        drop(unit);
        let of_group = |node: &NodeId| {
            let on_node = grants.iter().filter(|grant| grant.account == node.account());
            on_node.into_iter().any(|grant| matches!(grant.holder, Holder::Group(_)))
        };
        let ids = |level: Level| -> Vec<NodeId> {
            nodes.iter().filter(|node| node.level == level).map(|node| node.id).collect()
        };
        let (mut markets, client) = (ids(Level::Market), dice.of(&ids(Level::Client)));
        if markets.iter().any(of_group) {
            markets.retain(of_group);
        }
        let market = dice.of(&markets);
        let command = MoveNode { parent_id: (!dice.often(5)).then_some(client), plan: None };
        self.world.kernel.move_node(&self.ask(), market, command).await.map(drop)
    }

    async fn archive_node(&self, dice: &mut Dice) -> Done {
        let node = dice.of(&self.nodes);
        if dice.often(3) {
            self.world.kernel.archive_node(&self.ask(), node).await
        } else {
            self.world.kernel.restore_node(&self.ask(), node).await.map(drop)
        }
    }

    async fn change_items(&mut self, dice: &mut Dice) -> Done {
        let ((project, phase), version) = (dice.of(&self.projects), dice.of(&self.versions));
        let (of_project, item) = dice.of(&self.items);
        match dice.below(5) {
            0 | 1 => self.make_item(project, phase, version).await,
            2 => self.world.kernel.archive_item(&self.ask(), of_project, item).await.map(drop),
            3 => self.world.kernel.restore_item(&self.ask(), of_project, item).await.map(drop),
            _ if self.items.len() < 3 => Ok(()),
            _ => {
                self.world.kernel.delete_item(&self.ask(), of_project, item).await?;
                self.items.retain(|(_, other)| *other != item);
                Ok(())
            }
        }
    }

    pub async fn make_item(
        &mut self,
        project: ProjectId,
        phase: PhaseId,
        product_version_id: ProductVersionId,
    ) -> Done {
        let product = UseProduct { product_version_id, config: serde_json::Map::new() };
        let content = NewContent::Application { name: None, description: None, product };
        let item =
            AddItem { phase_id: phase, content, due_date: None, assignees: Vec::new(), place: Place::End };
        let made = self.world.kernel.add_item(&self.ask(), project, item).await?;
        self.items.push((project, made.into_inner().item.item.id));
        Ok(())
    }

    async fn change_automations(&mut self, dice: &mut Dice) -> Done {
        if self.automations.len() > 1 {
            let at = dice.below(self.automations.len());
            let Holder::ServiceAccount(id) = self.automations.remove(at) else { return Ok(()) };
            return self.world.kernel.delete_service_account(&self.ask(), id).await;
        }
        self.make_automation().await
    }

    pub async fn make_automation(&mut self) -> Done {
        let (name, kind) = (parsed(&self.word()), ServiceAccountKind::Automation);
        let command = CreateServiceAccount { name, kind, product_id: None };
        let made = self.world.kernel.create_service_account(&self.ask(), command).await?;
        self.automations.push(Holder::ServiceAccount(made.shown.account.id));
        Ok(())
    }

    async fn change_everything(&mut self, dice: &mut Dice) -> Done {
        let (ask, product) = (self.ask(), self.product);
        match dice.below(6) {
            0 => {
                let permissions = dice.of(&[&["ROLE_GRANT"][..], &["AUDIT_READ", "GROUP_MANAGE"]]);
                if self.roles.len() < 6 {
                    return self.make_role(permissions).await;
                }
                let permissions = Some(permissions.iter().map(|code| parsed(code)).collect());
                let change = ChangeRole { permissions, ..ChangeRole::default() };
                self.world.kernel.update_role(&ask, dice.of(&self.roles), change).await.map(drop)
            }
            1 => {
                let to = dice.of(&["PROJECT_OWNER", "PROJECT_CONTRIBUTOR", "PROJECT_VIEWER"]);
                let mapped = vec![MapRole { code: parsed("REVIEWER"), meta_roles: vec![parsed(to)] }];
                self.world.kernel.replace_product_mapping(&ask, product, mapped).await.map(drop)
            }
            2 => {
                let version = self.next_version(dice);
                let made = self.world.kernel.create_product_version(&ask, product, version).await?;
                let id = made.into_inner().version.id;
                self.world.kernel.publish_product_version(&ask, product, id).await?;
                self.versions.push(id);
                Ok(())
            }
            3 => {
                let version = dice.of(&self.versions);
                self.world.kernel.retire_product_version(&ask, product, version).await.map(drop)
            }
            4 => {
                let switch = SetAvailability::Switch { available: !dice.often(3) };
                self.world.kernel.replace_product_availability(&ask, product, switch).await.map(drop)
            }
            _ => {
                let internal_may_invite = Some(dice.often(2));
                let command = ChangeWorkspace { internal_may_invite, ..ChangeWorkspace::default() };
                self.world.kernel.update_workspace(&ask, command).await.map(drop)
            }
        }
    }

    pub async fn make_role(&mut self, permissions: &[&str]) -> Done {
        let (code, name) = (self.word(), self.word());
        let permissions = permissions.iter().map(|permission| parsed(permission)).collect();
        let command = CreateRole { code: parsed(&code), name: parsed(&name), permissions };
        let made = self.world.kernel.create_role(&self.ask(), command).await?;
        self.roles.push(made.into_inner().role.id);
        Ok(())
    }
}
