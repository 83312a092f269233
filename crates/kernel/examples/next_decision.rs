//! How long the first decision after a change takes, in a workspace with a hundred thousand accounts and ten thousand grants: where
//! the view is carried forward, and where everything is read. Two nodes share a SQLite file; one grants, the other decides.
//!
//! `cargo run --release -p guildhall-kernel --example next_decision`

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement may stop where its world breaks"
)]

use std::{
    fmt::Debug,
    str::FromStr,
    sync::Arc,
    time::{Duration, Instant},
};

use guildhall_artifacts::Kinds;
use guildhall_authz::{Change, Epoch, Holder, NewGrant, StoredGrant};
use guildhall_core::{
    Access, Caller, Clock as _, Credential, GrantId, IdGenerator as _, Level, NodeId, Principal, RequestId,
    RowVersion, Scope, SystemClock, SystemIds, UserId,
};
use guildhall_identity::{Identity, NewUser};
use guildhall_kernel::{
    BuiltinRole, Consistency, Database as _, Kernel, MasterKey, NewAdmin, NewWorkspaceByOperator,
    PermissionQuery, Request, Settings, SignInLimits, UnitOfWork,
};
use guildhall_store::SeaDatabase;
use guildhall_tenancy::{NewMember, Node, NodeState, Tenancy, Workspace, WorkspaceRole};

const CLIENTS: usize = 100;
const MARKETS: usize = 10;
const BRANDS: usize = 98;
const USERS: usize = 1_000;
const GRANTS_EACH: usize = 10;

#[tokio::main]
async fn main() {
    let file = std::env::temp_dir().join(format!("next-decision-{}.db", std::process::id()));
    let url = format!("sqlite://{}?mode=rwc", file.display());
    guildhall_store::migrate(&url, None).await.unwrap();
    let database = Arc::new(SeaDatabase::connect(&url).await.unwrap());
    let (one, other) = (kernel(&database), kernel(&database));
    one.prepare().await.unwrap();
    let admin = NewAdmin {
        email: parsed("admin@big.test"),
        firstname: parsed("Test"),
        lastname: parsed("Admin"),
        password: parsed("a password for tests"),
    };
    let new = NewWorkspaceByOperator { prefix: parsed("big"), name: parsed("Big"), admin };
    let workspace = one.create_workspace(new).await.unwrap();
    let scope = Scope::Workspace(workspace.id);
    let unit = database.begin(scope, Access::Write).await.unwrap();
    let admin = unit.users().find_by_email(&parsed("admin@big.test")).await.unwrap().unwrap().id;
    let nodes = add_nodes(&*unit).await;
    let users = add_users(&*unit, &workspace, &nodes).await;
    unit.epochs().raise(Epoch::Workspace, &[Change::Everything]).await.unwrap();
    unit.commit().await.unwrap();

    let asked = ask(&workspace, admin);
    println!("first decision: {:?}", decide(&other, &asked).await);
    let (mut grants, mut carried, mut loaded) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..100 {
        let holder = Holder::User(*users.get(number * 7 % users.len()).unwrap());
        let account = nodes.get(number * 31).unwrap().account();
        let grant = NewGrant { holder, role: BuiltinRole::Contributor.id(), account, expires_at: None };
        let at = Instant::now();
        one.create_grant(&asked, grant).await.unwrap();
        grants.push(at.elapsed());
        carried.push(decide(&other, &asked).await);
    }
    for _ in 0..10 {
        let unit = database.begin(scope, Access::Write).await.unwrap();
        unit.epochs().raise(Epoch::Workspace, &[Change::Everything]).await.unwrap();
        unit.commit().await.unwrap();
        loaded.push(decide(&other, &asked).await);
    }
    println!("a grant, whole use case: {:?}", median(grants));
    println!("next decision, view carried: {:?}", median(carried));
    println!("next decision, everything read: {:?}", median(loaded));
    println!("made: {:?}; faults: {:?}", other.view_counts(), other.check_view(workspace.id).await.unwrap());
    std::fs::remove_file(file).unwrap();
}

fn parsed<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn kernel(database: &Arc<SeaDatabase>) -> Kernel {
    let settings = Settings {
        public_url: parsed("http://localhost:8080"),
        base_domain: parsed("localhost"),
        master_key: MasterKey::new([7; 32]),
        password_grant: true,
        mail: false,
        kinds: Arc::new(Kinds::built_in().unwrap()),
        sign_in: SignInLimits::default(),
    };
    Kernel::new(database.clone(), settings)
}

async fn add_nodes(unit: &dyn UnitOfWork) -> Vec<NodeId> {
    let node = |parent_id: Option<NodeId>, level| Node {
        id: NodeId::new(SystemIds.uuid()),
        parent_id,
        level,
        name: parsed("Node"),
        md_id: None,
        categories: Vec::new(),
        state: NodeState::Live,
        archived_with: None,
        created_at: SystemClock.now(),
        version: RowVersion::FIRST,
    };
    let mut ids = Vec::new();
    for _ in 0..CLIENTS {
        let client = node(None, Level::Client);
        let markets = Vec::from_iter((0..MARKETS).map(|_| node(Some(client.id), Level::Market)));
        let brands =
            markets.iter().flat_map(|market| (0..BRANDS).map(|_| node(Some(market.id), Level::Brand)));
        let nodes: Vec<_> = [client].into_iter().chain(markets.clone()).chain(brands).collect();
        unit.hierarchy().insert_all(&nodes).await.unwrap();
        ids.extend(nodes.iter().map(|node| node.id));
    }
    ids
}

async fn add_users(unit: &dyn UnitOfWork, workspace: &Workspace, nodes: &[NodeId]) -> Vec<UserId> {
    let mut users = Vec::new();
    for number in 0..USERS {
        let new = NewUser::named(parsed(&format!("u{number}@big.test")), parsed("Test"), parsed("Person"));
        let user_id = Identity::new(unit, &SystemClock, &SystemIds).create_user(new).await.unwrap().id;
        let member = NewMember { workspace_id: workspace.id, user_id, role: WorkspaceRole::External };
        Tenancy::new(unit, &SystemClock, &SystemIds).add_member(member).await.unwrap();
        for place in 0..GRANTS_EACH {
            let grant = StoredGrant {
                id: GrantId::new(SystemIds.uuid()),
                holder: Holder::User(user_id),
                role: BuiltinRole::Viewer.id(),
                account: nodes.get((number * 97 + place * 1_009) % nodes.len()).unwrap().account(),
                expires_at: None,
                version: RowVersion::FIRST,
            };
            unit.grants().insert(&grant).await.unwrap();
        }
        users.push(user_id);
    }
    users
}

fn ask(workspace: &Workspace, user: UserId) -> Request {
    let caller = Caller::trusted(Principal::User(user), Credential::Embedded, Some(workspace.id));
    Request::embedded(caller, RequestId::new(SystemIds.uuid()))
}

async fn decide(kernel: &Kernel, asked: &Request) -> Duration {
    let query = PermissionQuery { limit: 100, consistency: Consistency::Full, ..PermissionQuery::default() };
    let at = Instant::now();
    kernel.query_permissions(asked, &query).await.unwrap();
    at.elapsed()
}

/// The middle one and the longest.
fn median(mut all: Vec<Duration>) -> Option<(Duration, Duration)> {
    all.sort_unstable();
    Some((*all.get(all.len() / 2)?, *all.last()?))
}
