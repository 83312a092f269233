//! Moving a node with everything below it.

use guildhall_core::{IdGenerator as _, Level, NodeId, RowVersion, SystemIds};
use guildhall_identity::User;
use guildhall_kernel::{KernelError, MoveNode, MovePlan, NodeShown, Outcome, PlanHash, Request, code};
use guildhall_tenancy::TenancyError;

use super::hierarchy::{Path, create, whole};
use crate::support::parsed;

fn under(parent: Option<NodeId>) -> MoveNode {
    MoveNode { parent_id: parent, plan: None }
}

impl Path {
    async fn go(&self, node: NodeId, parent: Option<NodeId>) -> Result<Outcome<NodeShown>, KernelError> {
        self.world.kernel.move_node(&self.admin(), node, under(parent)).await
    }

    async fn plan(&self, node: NodeId, parent: Option<NodeId>) -> MovePlan {
        self.world.kernel.plan_node_move(&self.admin(), node, parent).await.unwrap()
    }

    async fn go_by(&self, plan: PlanHash, node: NodeId, parent: Option<NodeId>) -> Result<(), KernelError> {
        let command = MoveNode { parent_id: parent, plan: Some(plan) };
        self.world.kernel.move_node(&self.admin(), node, command).await.map(drop)
    }

    async fn sees(&self, user: &User, node: NodeId) -> bool {
        let found = self.world.kernel.find_node(&self.world.ask(user), node).await;
        matches!(found, Ok(NodeShown::Whole { .. }))
    }
}

fn is_tenancy<T: std::fmt::Debug>(result: &Result<T, KernelError>, expected: &TenancyError) {
    assert!(matches!(result, Err(KernelError::Tenancy(error)) if error == expected), "{result:?}");
}

#[tokio::test]
async fn a_node_goes_with_what_is_below_it_and_takes_on_the_rights_of_its_new_place() {
    let path = Path::new().await;
    let other = create(&path.world, None, Level::Client).await;
    let external = path.world.external.clone();
    path.assign(&external, other).await;
    assert!(!path.sees(&external, path.brand).await);
    let before = path.world.next_seq().await;

    let moved = path.go(path.market, Some(other)).await.unwrap();

    let market = whole(moved.into_inner());
    assert_eq!((market.id, market.parent_id, market.version), (path.market, Some(other), RowVersion::new(2)));
    assert!(path.sees(&external, path.brand).await);
    assert_eq!(path.world.next_seq().await, before + 1);
    path.go(path.market, None).await.unwrap();
    assert!(!path.sees(&external, path.brand).await);
}

#[tokio::test]
async fn a_grant_on_the_branch_goes_with_it() {
    let path = Path::new().await;
    let other = create(&path.world, None, Level::Client).await;
    let external = path.world.external.clone();
    path.assign(&external, path.market).await;

    path.go(path.market, Some(other)).await.unwrap();

    assert!(path.sees(&external, path.brand).await);
    assert!(!path.sees(&external, other).await);
}

#[tokio::test]
async fn a_node_stands_neither_below_itself_nor_where_its_level_may_not() {
    let path = Path::new().await;
    let archived = create(&path.world, None, Level::Client).await;
    path.world.kernel.archive_node(&path.admin(), archived).await.unwrap();
    let before = path.world.next_seq().await;

    is_tenancy(&path.go(path.client, Some(path.client)).await, &TenancyError::NodeBelowItself);
    is_tenancy(&path.go(path.client, Some(path.brand)).await, &TenancyError::NodeBelowItself);
    let misplaced = TenancyError::LevelNotAllowed { level: Level::Brand, parent: None };
    is_tenancy(&path.go(path.brand, None).await, &misplaced);
    is_tenancy(&path.go(path.market, Some(archived)).await, &TenancyError::NodeArchived { id: archived });
    is_tenancy(&path.go(archived, Some(path.client)).await, &TenancyError::NodeArchived { id: archived });
    let nowhere = path.go(path.market, Some(NodeId::new(SystemIds.uuid()))).await;
    assert!(matches!(nowhere, Err(KernelError::NotFound)));
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn a_move_to_where_the_node_stands_records_nothing() {
    let path = Path::new().await;
    let before = path.world.next_seq().await;

    path.go(path.market, Some(path.client)).await.unwrap();

    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn moving_needs_the_right_to_manage_both_parents() {
    let path = Path::new().await;
    let external = path.world.external.clone();
    let ask = path.world.ask(&external);
    let unseen = path.world.kernel.move_node(&ask, path.market, under(None)).await;
    path.assign(&external, path.client).await;

    let seen = path.world.kernel.move_node(&ask, path.market, under(None)).await;
    let planned = path.world.kernel.plan_node_move(&ask, path.market, None).await;

    assert!(matches!(unseen, Err(KernelError::NotFound)));
    assert!(matches!(seen, Err(KernelError::Forbidden(code)) if code == code::NODE_MANAGE));
    assert!(matches!(planned, Err(KernelError::Forbidden(code)) if code == code::NODE_MANAGE));
}

#[tokio::test]
async fn a_plan_says_which_projects_move_and_who_gains_or_loses_what() {
    let path = Path::new().await;
    let other = create(&path.world, None, Level::Client).await;
    let (external, internal) = (path.world.external.clone(), path.world.internal.clone());
    path.assign(&external, other).await;
    path.assign(&internal, path.client).await;
    let project = path.project_on(path.brand).await;
    let before = path.world.next_seq().await;

    let plan = path.plan(path.market, Some(other)).await;

    assert_eq!(plan.projects, [(project, parsed("Project"))]);
    let of = |user: &User| plan.changes.iter().filter(|change| change.user.id == user.id).collect::<Vec<_>>();
    let accounts = |user: &User| of(user).iter().map(|change| change.account.id).collect::<Vec<_>>();
    assert_eq!(accounts(&external)[..2], [path.market.account(), path.brand.account()]);
    assert!(of(&external).iter().all(|change| change.gained == [code::NODE_READ] && change.lost.is_empty()));
    assert!(of(&internal).iter().all(|change| change.lost == [code::NODE_READ] && change.gained.is_empty()));
    assert_eq!(of(&path.world.admin), Vec::<&guildhall_kernel::RightsChange>::new());
    assert!(plan.complete);
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn a_move_by_a_plan_happens_only_while_the_plan_holds() {
    let path = Path::new().await;
    let other = create(&path.world, None, Level::Client).await;
    let old = path.plan(path.market, Some(other)).await.plan;
    assert_eq!(path.plan(path.market, Some(other)).await.plan, old);
    path.assign(&path.world.external, other).await;

    let refused = path.go_by(old, path.market, Some(other)).await;
    let new = path.plan(path.market, Some(other)).await.plan;

    assert!(matches!(refused, Err(KernelError::PlanOutdated)), "{refused:?}");
    path.go_by(new, path.market, Some(other)).await.unwrap();
}

#[tokio::test]
async fn a_move_repeated_by_its_key_happens_once_and_a_stale_one_not_at_all() {
    let path = Path::new().await;
    let ask = Request { idempotency_key: Some(parsed("once")), ..path.admin() };
    let first = path.world.kernel.move_node(&ask, path.market, under(None)).await.unwrap();
    let before = path.world.next_seq().await;

    let second = path.world.kernel.move_node(&ask, path.market, under(None)).await.unwrap();
    let stale = Request { if_match: Some(RowVersion::FIRST), ..path.admin() };
    let stale = path.world.kernel.move_node(&stale, path.market, under(Some(path.client))).await;

    assert_eq!(second, Outcome::Replayed(first.into_inner()));
    assert!(matches!(stale, Err(KernelError::Stale)));
    assert_eq!(path.world.next_seq().await, before);
}
