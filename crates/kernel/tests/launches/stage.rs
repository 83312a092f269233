//! A project on a brand, with an item that holds a product, and the external user as its contributor.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use guildhall_authz::{Change, Epoch, Holder, StoredGrant};
use guildhall_core::{
    Caller, Credential, GrantId, IdGenerator as _, ItemId, Level, MetaRoleCode, NodeId, PermissionCode,
    Principal, SessionId, SystemIds,
};
use guildhall_identity::{Identity, NewServiceAccount, ServiceAccountKind, User};
use guildhall_kernel::{
    Bearer, BuiltinRole, Entry, KernelError, LaunchProduct, Launched, META_ROLES, Request, UnitOfWork, code,
};
use guildhall_orchestration::{
    AddMember, AppUse, CreateItem, CreatePhase, CreateProject, Gating, ItemContent, Orchestration, Place,
    Project, ProjectRole,
};
use guildhall_products::{
    CreateProduct, CreateVersion, EntryKind, Product, ProductVersion, Products, RoleDefinition, Switch,
    UrlRules, VersionRules,
};
use guildhall_tenancy::{Levels, Member, MemberState, NewNode, Requested, Tenancy};
use serde_json::{Map, json};

use crate::support::{World, parsed};

pub struct Stage {
    pub world: World,
    pub brand: NodeId,
    pub project: Project,
    pub item: ItemId,
    pub product: Product,
    pub version: ProductVersion,
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        world.kernel.prepare().await.unwrap();
        let unit = world.unit().await;
        unit.epochs().raise(Epoch::Workspace, &[Change::Everything]).await.unwrap();
        assign(&world, &*unit).await;
        let brand = brand(&world, &*unit).await;
        let (product, version) = product(&world, &*unit, EntryKind::Embedded).await;
        let command = CreateProject {
            name: parsed("Spring campaign"),
            description: None,
            node_id: Some(brand),
            start_date: None,
            due_date: None,
            gating: Gating::Advisory,
        };
        let work = orchestration(&world, &*unit);
        let project = work.create_project(world.internal.id, command).await.unwrap();
        let item = item(&world, &*unit, &project, &version).await;
        let contributor = AddMember { user_id: world.external.id, role: ProjectRole::Contributor };
        work.add_member(&project, contributor).await.unwrap();
        unit.commit().await.unwrap();
        Self { world, brand, project, item, product, version }
    }

    /// A request of somebody who has just signed in to the workspace.
    pub async fn ask(&self, user: &User) -> Request {
        let session = self.sign_in(user).await;
        self.ask_by(user, Credential::Session(session))
    }

    /// A request by some other credential.
    pub fn ask_by(&self, user: &User, credential: Credential) -> Request {
        let caller = Caller::trusted(Principal::User(user.id), credential, Some(self.world.workspace.id));
        Request { caller, ..self.world.ask(user) }
    }

    pub async fn sign_in(&self, user: &User) -> SessionId {
        let unit = self.world.unit().await;
        let workspace = Some(self.world.workspace.id);
        let session =
            self.identity(&*unit).open_session(user.id, workspace, TimeDelta::hours(1)).await.unwrap();
        unit.commit().await.unwrap();
        session.id
    }

    /// A request of the back end of a product that lives in the workspace.
    pub async fn back_end(&self, product: &Product) -> Request {
        let unit = self.world.unit().await;
        let command = NewServiceAccount {
            home: self.world.workspace.id,
            name: parsed("Back end"),
            kind: ServiceAccountKind::Product,
            product_id: Some(product.id),
            created_by: None,
        };
        let (account, _) = self.identity(&*unit).create_service_account(command).await.unwrap();
        unit.commit().await.unwrap();
        let credential = Credential::ClientCredentials { product: Some(product.id) };
        let caller = Caller::trusted(Principal::ServiceAccount(account.id), credential, None);
        Request { caller, ..self.world.ask(&self.world.admin) }
    }

    /// A launch of the item.
    pub fn of_item(&self) -> LaunchProduct {
        LaunchProduct {
            product_version_id: self.version.id,
            project_id: Some(self.project.id),
            item_id: Some(self.item),
            node_id: None,
        }
    }

    /// A launch on the brand, outside projects.
    pub fn on_brand(&self) -> LaunchProduct {
        LaunchProduct { project_id: None, item_id: None, node_id: Some(self.brand), ..self.of_item() }
    }

    pub async fn launch(&self, user: &User, launch: LaunchProduct) -> Result<Launched, KernelError> {
        self.world.kernel.create_launch(&self.ask(user).await, launch).await
    }

    /// The contributor's launch of the item.
    pub async fn launched(&self) -> Launched {
        self.launch(&self.world.external, self.of_item()).await.unwrap()
    }

    /// Whoever the token belongs to asks.
    pub async fn ask_with(&self, token: &str) -> Request {
        let Entry { caller, .. } =
            self.world.kernel.enter(&Requested::Platform, Some(Bearer::Token(token))).await.unwrap();
        Request { caller: caller.unwrap(), ..self.world.ask(&self.world.external) }
    }

    /// Something changes that rights follow from.
    pub async fn change(&self, act: impl AsyncFnOnce(&dyn UnitOfWork)) {
        let unit = self.world.unit().await;
        unit.epochs().raise(Epoch::Workspace, &[Change::Everything]).await.unwrap();
        act(&*unit).await;
        unit.commit().await.unwrap();
    }

    pub async fn remove_contributor(&self) {
        self.change(async |unit| {
            let work = orchestration(&self.world, unit);
            work.remove_member(&self.project, self.world.external.id).await.unwrap();
        })
        .await;
    }

    pub async fn archive_item(&self) {
        self.change(async |unit| {
            let work = orchestration(&self.world, unit);
            let item = work.find_item(self.project.id, self.item).await.unwrap();
            work.archive_item(&self.project, &item).await.unwrap();
        })
        .await;
    }

    pub async fn archive_project(&self) {
        self.change(async |unit| {
            orchestration(&self.world, unit).archive_project(self.project.id).await.unwrap();
        })
        .await;
    }

    pub async fn retire(&self) {
        self.change(async |unit| {
            products(&self.world, unit).retire(&self.product, &self.version).await.unwrap();
        })
        .await;
    }

    pub async fn suspend(&self, user: &User) {
        self.change(async |unit| {
            let member = unit.workspace_members().find(user.id).await.unwrap().unwrap();
            let suspended = Member { state: MemberState::Suspended, ..member };
            unit.workspace_members().update(&suspended).await.unwrap();
        })
        .await;
    }

    pub async fn end_session(&self, session: SessionId) {
        self.change(async |unit| self.identity(unit).end_session(session).await.unwrap()).await;
    }

    pub async fn switch_off(&self) {
        let switch = Switch { product_id: self.product.id, available: false };
        self.change(async |unit| unit.product_switches().replace(&switch).await.unwrap()).await;
    }

    pub fn identity<'a>(&'a self, unit: &'a dyn UnitOfWork) -> Identity<'a> {
        Identity::new(unit, self.world.clock(), &SystemIds)
    }
}

fn orchestration<'a>(world: &'a World, unit: &'a dyn UnitOfWork) -> Orchestration<'a> {
    Orchestration::new(unit, world.clock(), &SystemIds)
}

fn products<'a>(world: &'a World, unit: &'a dyn UnitOfWork) -> Products<'a> {
    Products::new(unit, world.workspace.id, world.clock(), &SystemIds)
}

/// The internal member works for the whole organisation.
async fn assign(world: &World, unit: &dyn UnitOfWork) {
    let grant = StoredGrant {
        id: GrantId::new(SystemIds.uuid()),
        holder: Holder::User(world.internal.id),
        role: BuiltinRole::Assigned.id(),
        account: world.workspace.organisation_account_id,
        expires_at: None,
        version: guildhall_core::RowVersion::FIRST,
    };
    unit.grants().insert(&grant).await.unwrap();
}

async fn brand(world: &World, unit: &dyn UnitOfWork) -> NodeId {
    let tenancy = Tenancy::new(unit, world.clock(), &SystemIds);
    let node = |level, name| NewNode { level, name: parsed(name), md_id: None, categories: Vec::new() };
    let levels = Levels::default();
    let client = tenancy.create_node(&levels, node(Level::Client, "Foods"), None).await.unwrap();
    tenancy.create_node(&levels, node(Level::Brand, "Oats"), Some(&client)).await.unwrap().id
}

/// A product whose role `REVIEWER`, holding `ADD_REVIEW`, follows from `PROJECT_CONTRIBUTOR`, and which requires a brand.
pub async fn product(world: &World, unit: &dyn UnitOfWork, kind: EntryKind) -> (Product, ProductVersion) {
    let products = products(world, unit);
    let named = CreateProduct { name: parsed("Reviews"), description: None, category: None, owner: None };
    let product = products.create_product(named).await.unwrap();
    let version = publish(world, unit, &product, kind).await;
    (product, version)
}

/// A draft of a product, published.
pub async fn publish(
    world: &World,
    unit: &dyn UnitOfWork,
    product: &Product,
    kind: EntryKind,
) -> ProductVersion {
    let products = products(world, unit);
    let draft = draft(world, unit, product, kind).await;
    products.publish(product, &draft, Rules::default().rules()).await.unwrap()
}

pub async fn draft(
    world: &World,
    unit: &dyn UnitOfWork,
    product: &Product,
    kind: EntryKind,
) -> ProductVersion {
    let products = products(world, unit);
    let command = CreateVersion {
        name: parsed("1.0"),
        kind,
        entry_url: parsed("https://reviews.test/app?a=b"),
        slug: parsed("reviews"),
        required_context: vec![parsed("BRAND")],
        roles: vec![RoleDefinition {
            code: parsed("REVIEWER"),
            name: parsed("Reviewer"),
            permissions: vec![parsed("ADD_REVIEW")],
            meta_roles: vec![parsed("PROJECT_CONTRIBUTOR")],
        }],
        uses_open_authorization: true,
        config_schema: None,
        config: Map::from_iter([("greeting".to_owned(), json!("hello")), ("rounds".to_owned(), json!(2))]),
    };
    products.create_version(product, command, Rules::default().rules()).await.unwrap()
}

async fn item(world: &World, unit: &dyn UnitOfWork, project: &Project, version: &ProductVersion) -> ItemId {
    let work = orchestration(world, unit);
    let phase = CreatePhase {
        name: parsed("Draft"),
        objective: None,
        deliverables: None,
        start_date: None,
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    let phase = work.create_phase(project, phase).await.unwrap();
    let application = AppUse {
        product_workspace_id: version.home,
        product_id: version.product_id,
        product_version_id: version.id,
        config: Map::from_iter([("rounds".to_owned(), json!(3))]),
    };
    let command = CreateItem {
        phase_id: phase.id,
        content: ItemContent::Application { name: parsed("Review the cut"), description: None, application },
        due_date: None,
        assignees: Vec::new(),
        place: Place::End,
    };
    work.create_item(project, command).await.unwrap().id
}

struct Rules {
    urls: UrlRules,
    reserved: BTreeSet<PermissionCode>,
    meta_roles: BTreeSet<MetaRoleCode>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            urls: UrlRules {
                public_url: parsed("http://localhost:8080"),
                base_domain: "localhost".to_owned(),
            },
            reserved: code::ALL.iter().cloned().collect(),
            meta_roles: META_ROLES.into(),
        }
    }
}

impl Rules {
    fn rules(&self) -> VersionRules<'_> {
        VersionRules { urls: &self.urls, reserved: &self.reserved, meta_roles: &self.meta_roles }
    }
}
