//! Archiving a node with everything below it, and bringing exactly that back.

use guildhall_core::{Level, NodeId, PageRequest, ProjectId, RowVersion};
use guildhall_kernel::{ActivityQuery, KernelError, Outcome, Request};
use guildhall_orchestration::{Project, ProjectState};
use guildhall_tenancy::{NodeState, TenancyError};

use super::hierarchy::{Path, create, whole};
use crate::support::parsed;

impl Path {
    pub(super) fn admin(&self) -> Request {
        self.world.ask(&self.world.admin)
    }

    async fn project(&self, id: ProjectId) -> Project {
        self.world.kernel.find_project(&self.admin(), id).await.unwrap().project
    }

    async fn newest_of(&self, project: ProjectId) -> String {
        let page = PageRequest { limit: 1, after: None };
        let page = self
            .world
            .kernel
            .list_activity(&self.admin(), project, &ActivityQuery::default(), &page)
            .await
            .unwrap();
        page.items.first().unwrap().event.kind.clone()
    }

    async fn state(&self, node: NodeId) -> NodeState {
        whole(self.world.kernel.find_node(&self.admin(), node).await.unwrap()).state
    }
}

#[tokio::test]
async fn a_node_is_archived_with_the_nodes_and_projects_below_it() {
    let path = Path::new().await;
    let (on_market, on_brand) = (path.project_on(path.market).await, path.project_on(path.brand).await);
    let before = path.world.next_seq().await;

    path.world.kernel.archive_node(&path.admin(), path.market).await.unwrap();

    assert_eq!(path.world.next_seq().await, before + 4);
    for node in [path.market, path.brand] {
        assert_eq!(path.state(node).await, NodeState::Archived);
    }
    for project in [on_market, on_brand] {
        assert_eq!(path.project(project).await.state, ProjectState::Archived);
        assert_eq!(path.newest_of(project).await, "project.archived");
    }
    assert_eq!(path.state(path.client).await, NodeState::Live);
}

#[tokio::test]
async fn restoring_brings_back_what_the_archiving_put_away_and_nothing_else() {
    let path = Path::new().await;
    let (kernel, admin) = (&path.world.kernel, path.admin());
    let old_brand = create(&path.world, Some(path.market), Level::Brand).await;
    let (old, young) = (path.project_on(path.brand).await, path.project_on(path.brand).await);
    kernel.archive_project(&admin, old).await.unwrap();
    kernel.archive_node(&admin, old_brand).await.unwrap();
    kernel.archive_node(&admin, path.client).await.unwrap();
    let before = path.world.next_seq().await;

    let shown = kernel.restore_node(&admin, path.client).await.unwrap();

    assert_eq!(whole(shown.into_inner()).state, NodeState::Live);
    assert_eq!(path.world.next_seq().await, before + 4);
    for (node, state) in
        [(path.market, NodeState::Live), (path.brand, NodeState::Live), (old_brand, NodeState::Archived)]
    {
        assert_eq!(path.state(node).await, state);
    }
    assert_eq!(path.project(young).await.state, ProjectState::Active);
    assert_eq!(path.newest_of(young).await, "project.restored");
    assert_eq!(path.project(old).await.state, ProjectState::Archived);
}

#[tokio::test]
async fn what_an_archive_above_put_away_comes_back_with_it_alone() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    let (kernel, admin) = (&path.world.kernel, path.admin());
    kernel.archive_node(&admin, path.client).await.unwrap();
    let before = path.world.next_seq().await;

    let node = kernel.restore_node(&admin, path.brand).await;
    let project = kernel.restore_project(&admin, project).await;

    let above = TenancyError::ParentArchived { id: path.market };
    assert!(matches!(node, Err(KernelError::Tenancy(error)) if error == above));
    let archived = TenancyError::NodeArchived { id: path.brand };
    assert!(matches!(project, Err(KernelError::Tenancy(error)) if error == archived));
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn a_branch_stays_while_an_item_below_needs_a_level_of_its_path() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    path.add_item_needing_brand(project).await;
    let (kernel, admin, before) = (&path.world.kernel, path.admin(), path.world.next_seq().await);

    let refused = kernel.archive_node(&admin, path.client).await;

    let Err(KernelError::LevelInUse { items, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(items.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Look"]);
    assert_eq!(path.world.next_seq().await, before);
    kernel.archive_project(&admin, project).await.unwrap();
    kernel.archive_node(&admin, path.client).await.unwrap();
}

#[tokio::test]
async fn a_restore_repeated_by_its_key_happens_once() {
    let path = Path::new().await;
    let kernel = &path.world.kernel;
    kernel.archive_node(&path.admin(), path.client).await.unwrap();
    let ask = Request { idempotency_key: Some(parsed("once")), ..path.admin() };
    let first = kernel.restore_node(&ask, path.client).await.unwrap();
    let before = path.world.next_seq().await;

    let second = kernel.restore_node(&ask, path.client).await.unwrap();

    assert_eq!(second, Outcome::Replayed(first.into_inner()));
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn restoring_a_node_in_use_records_nothing() {
    let path = Path::new().await;
    let before = path.world.next_seq().await;

    let shown = path.world.kernel.restore_node(&path.admin(), path.client).await.unwrap();

    assert_eq!(whole(shown.into_inner()).version, RowVersion::FIRST);
    assert_eq!(path.world.next_seq().await, before);
}

#[tokio::test]
async fn restoring_needs_the_right_to_manage_and_the_version_that_was_seen() {
    let path = Path::new().await;
    path.assign(&path.world.external, path.client).await;
    path.world.kernel.archive_node(&path.admin(), path.client).await.unwrap();
    let kernel = &path.world.kernel;

    let external = kernel.restore_node(&path.world.ask(&path.world.external), path.client).await;
    let stale = Request { if_match: Some(RowVersion::FIRST), ..path.admin() };
    let stale = kernel.restore_node(&stale, path.client).await;

    assert!(matches!(external, Err(KernelError::Forbidden(_))), "{external:?}");
    assert!(matches!(stale, Err(KernelError::Stale)), "{stale:?}");
}
