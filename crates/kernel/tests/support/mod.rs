//! A kernel on a database in memory, with a workspace and people of every role.

use std::sync::Arc;

use guildhall_artifacts::Kinds;
use guildhall_authz::Epoch;
use guildhall_core::{
    Access, Caller, Credential, IdGenerator as _, Principal, RequestId, Scope, WorkspaceId,
    testing::{FixedClock, SequentialIds},
};
use guildhall_identity::{Identity, NewUser, PasswordHasher, User};
use guildhall_kernel::{
    Database as _, Kernel, MasterKey, NewAdmin, NewWorkspaceByOperator, Request, Settings, SignInLimits,
    UnitOfWork,
};
use guildhall_store::SeaDatabase;
use guildhall_tenancy::{NewMember, Tenancy, Workspace, WorkspaceRole};
use guildhall_testkit::PlainHasher;

/// A platform with one workspace, `first`, and a second one of which nobody here is a member.
pub struct World {
    pub kernel: Kernel,
    pub workspace: Workspace,
    pub other: Workspace,
    /// The platform's admin, no member of any workspace.
    pub platform_admin: User,
    /// The workspace's admin.
    pub admin: User,
    pub internal: User,
    pub external: User,
    database: Arc<SeaDatabase>,
    clock: Arc<FixedClock>,
    ids: Arc<SequentialIds>,
}

impl World {
    pub async fn new() -> Self {
        Self::with_limits(SignInLimits::default()).await
    }

    /// The same where somebody may be wrong only so often.
    pub async fn with_limits(sign_in: SignInLimits) -> Self {
        Self::on(SeaDatabase::in_memory().await.unwrap(), sign_in).await
    }

    /// The same on a database that the test has opened.
    pub async fn on(database: SeaDatabase, sign_in: SignInLimits) -> Self {
        let database = Arc::new(database);
        let (clock, ids) = (Arc::new(FixedClock::default()), Arc::new(SequentialIds::default()));
        let kernel = kernel_on(&database, sign_in, &clock, &ids);
        let platform_admin = kernel.create_platform_admin(person("platform-admin@demo.test")).await.unwrap();
        let workspace = kernel.create_workspace(new_workspace("first")).await.unwrap();
        let other = kernel.create_workspace(new_workspace("second")).await.unwrap();
        let admin = find_user(&database, "admin@first.test").await;
        let mut world = Self {
            internal: admin.clone(),
            external: admin.clone(),
            kernel,
            workspace,
            other,
            platform_admin,
            admin,
            database,
            clock,
            ids,
        };
        world.internal = world.add_member("internal@first.test", WorkspaceRole::Internal).await;
        world.external = world.add_member("external@first.test", WorkspaceRole::External).await;
        world
    }

    /// Another node on the same database, where mail is on.
    pub fn mailing(&self) -> Kernel {
        let (database, clock, ids) = (self.database.clone(), self.clock.clone(), self.ids.clone());
        let settings = settings(SignInLimits::default(), true);
        Kernel::with(database, settings, clock, ids, Arc::new(PlainHasher))
    }

    /// Makes a user who is a member of the workspace.
    pub async fn add_member(&self, email: &str, role: WorkspaceRole) -> User {
        let scope = Scope::Workspace(self.workspace.id);
        let unit = self.database.begin(scope, Access::Write).await.unwrap();
        unit.epochs().lock().await.unwrap();
        let person = NewUser::named(parsed(email), parsed("Test"), parsed("Person"));
        let user = Identity::new(&*unit, &*self.clock, &*self.ids).create_user(person).await.unwrap();
        let member = NewMember { workspace_id: self.workspace.id, user_id: user.id, role };
        Tenancy::new(&*unit, &*self.clock, &*self.ids).add_member(member).await.unwrap();
        unit.epochs().raise(Epoch::Workspace, &[user.id.into()]).await.unwrap();
        unit.commit().await.unwrap();
        user
    }

    /// Another node on the same database, which checks passwords by this hasher.
    pub fn checking_by(&self, hasher: Arc<dyn PasswordHasher>) -> Kernel {
        let (database, clock, ids) = (self.database.clone(), self.clock.clone(), self.ids.clone());
        Kernel::with(database, self.kernel.settings().clone(), clock, ids, hasher)
    }

    /// Another node on the same database, which knows these kinds of artifacts.
    pub fn knowing(&self, kinds: Kinds) -> Kernel {
        let (database, clock, ids) = (self.database.clone(), self.clock.clone(), self.ids.clone());
        let settings = Settings { kinds: Arc::new(kinds), ..self.kernel.settings().clone() };
        Kernel::with(database, settings, clock, ids, Arc::new(PlainHasher))
    }

    /// Makes another workspace, with an admin of its own.
    pub async fn add_workspace(&self, prefix: &str) -> (Workspace, User) {
        let workspace = self.kernel.create_workspace(new_workspace(prefix)).await.unwrap();
        let admin = find_user(&self.database, &format!("admin@{prefix}.test")).await;
        (workspace, admin)
    }

    /// Another node on the same database.
    pub fn another_node(&self) -> Kernel {
        kernel_on(&self.database, SignInLimits::default(), &self.clock, &self.ids)
    }

    /// A request of somebody in the workspace.
    pub fn ask(&self, user: &User) -> Request {
        self.ask_in(Some(self.workspace.id), user)
    }

    /// A request of somebody in some space.
    pub fn ask_in(&self, space: Option<WorkspaceId>, user: &User) -> Request {
        let caller = Caller::trusted(Principal::User(user.id), Credential::Embedded, space);
        Request::embedded(caller, RequestId::new(self.ids.uuid()))
    }

    /// A request of somebody on the platform itself.
    pub fn ask_platform(&self, user: &User) -> Request {
        self.ask_in(None, user)
    }

    /// A request of the platform's admin in the System space.
    pub fn ask_in_system(&self) -> Request {
        self.ask_in(Some(WorkspaceId::SYSTEM), &self.platform_admin)
    }

    /// The database itself, for units of work of the test's own.
    pub fn database(&self) -> Arc<SeaDatabase> {
        self.database.clone()
    }

    /// A unit of work in the workspace, to look at its rows. Dropping it rolls back.
    pub async fn unit(&self) -> Box<dyn UnitOfWork> {
        self.database.begin(Scope::Workspace(self.workspace.id), Access::Write).await.unwrap()
    }

    /// The number that the workspace's next event will have: it stays while nothing is recorded.
    pub async fn next_seq(&self) -> i64 {
        self.unit().await.events().next(None).await.unwrap().seq
    }

    /// An id that nothing has yet.
    pub fn id(&self) -> uuid::Uuid {
        self.ids.uuid()
    }

    /// The clock that everything here goes by.
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }
}

fn kernel_on(
    database: &Arc<SeaDatabase>,
    sign_in: SignInLimits,
    clock: &Arc<FixedClock>,
    ids: &Arc<SequentialIds>,
) -> Kernel {
    let settings = settings(sign_in, false);
    Kernel::with(database.clone(), settings, clock.clone(), ids.clone(), Arc::new(PlainHasher))
}

fn settings(sign_in: SignInLimits, mail: bool) -> Settings {
    Settings {
        public_url: parsed("http://localhost:8080"),
        base_domain: parsed("localhost"),
        master_key: MasterKey::new([7; 32]),
        password_grant: true,
        mail,
        kinds: Arc::new(Kinds::built_in().unwrap()),
        sign_in,
    }
}

async fn find_user(database: &SeaDatabase, email: &str) -> User {
    let unit = database.begin(Scope::Platform, Access::Read).await.unwrap();
    unit.users().find_by_email(&parsed(email)).await.unwrap().unwrap()
}

fn new_workspace(prefix: &str) -> NewWorkspaceByOperator {
    let admin = person(&format!("admin@{prefix}.test"));
    NewWorkspaceByOperator { prefix: parsed(prefix), name: parsed(prefix), admin }
}

fn person(email: &str) -> NewAdmin {
    NewAdmin {
        email: parsed(email),
        firstname: parsed("Test"),
        lastname: parsed("Person"),
        password: parsed("a password for tests"),
    }
}

/// What a test spells is right.
pub fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}
