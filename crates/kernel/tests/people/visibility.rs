//! What somebody learns of nodes and people that are not his to see: nothing, in no list and by no count.

use guildhall_core::{IdGenerator as _, Level, NodeId, PageRequest, ProjectId, SystemIds, UserId};
use guildhall_kernel::{ActivityQuery, AddProjectMember, KernelError, NamedPerson, ProjectQuery};
use guildhall_orchestration::ProjectRole;

use super::hierarchy::{Path, create};

impl Path {
    /// Makes the external member a contributor of the project.
    async fn join(&self, project: ProjectId) {
        let named = NamedPerson::User(self.world.external.id);
        let command = AddProjectMember { named, role: ProjectRole::Contributor, meta_roles: Vec::new() };
        self.world.kernel.add_project_member(&self.admin(), project, command).await.unwrap();
    }

    /// The people whom the external member finds in the directory, one page for each.
    async fn known_people(&self) -> Vec<UserId> {
        let ask = self.world.ask(&self.world.external);
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.world.kernel.list_members(&ask, &PageRequest { limit: 1, after }).await.unwrap();
            found.extend(page.items.iter().map(|shown| shown.user.id));
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    }

    /// The projects that the external member finds under a node.
    async fn found_under(&self, node: NodeId) -> Vec<ProjectId> {
        let query = ProjectQuery { node_id: Some(node), ..ProjectQuery::default() };
        let ask = self.world.ask(&self.world.external);
        let page = self.world.kernel.list_projects(&ask, query, &PageRequest::default()).await.unwrap();
        page.items.iter().map(|shown| shown.project.id).collect()
    }
}

#[tokio::test]
async fn an_external_member_knows_himself_and_those_with_whom_he_shares_a_project() {
    let path = Path::new().await;
    let (ask, admin) = (path.world.ask(&path.world.external), path.world.admin.id);
    assert_eq!(path.known_people().await, [path.world.external.id]);
    let unknown = path.world.kernel.find_member(&ask, admin).await;
    assert!(matches!(unknown, Err(KernelError::NotFound)));

    path.join(path.project_on(path.brand).await).await;

    let mut both = vec![admin, path.world.external.id];
    both.sort();
    assert_eq!(path.known_people().await, both);
    assert_eq!(path.world.kernel.find_member(&ask, admin).await.unwrap().user.id, admin);
    let internal = path.world.kernel.find_member(&ask, path.world.internal.id).await;
    assert!(matches!(internal, Err(KernelError::NotFound)));
}

#[tokio::test]
async fn a_projects_node_is_none_to_whoever_does_not_know_of_it() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    path.join(project).await;
    let ask = path.world.ask(&path.world.external);

    let unseen = path.world.kernel.find_project(&ask, project).await.unwrap().project.node_id;
    let feed = path
        .world
        .kernel
        .list_activity(&ask, project, &ActivityQuery::default(), &PageRequest::default())
        .await
        .unwrap();
    let told =
        feed.items.iter().flat_map(|shown| &shown.event.changes).any(|change| change.field == "node_id");
    path.assign(&path.world.external, path.brand).await;
    let seen = path.world.kernel.find_project(&ask, project).await.unwrap().project.node_id;
    let feed = path
        .world
        .kernel
        .list_activity(&ask, project, &ActivityQuery::default(), &PageRequest::default())
        .await
        .unwrap();
    let told_now =
        feed.items.iter().flat_map(|shown| &shown.event.changes).any(|change| change.field == "node_id");

    assert_eq!((unseen, seen), (None, Some(path.brand)));
    assert_eq!((told, told_now), (false, true));
}

#[tokio::test]
async fn a_list_by_a_node_that_is_not_seen_is_that_of_one_that_is_not_there() {
    let path = Path::new().await;
    let project = path.project_on(path.brand).await;
    path.join(project).await;
    let absent = NodeId::new(SystemIds.uuid());

    assert_eq!(path.found_under(path.brand).await, path.found_under(absent).await);
    path.assign(&path.world.external, path.brand).await;
    for node in [path.client, path.market, path.brand] {
        assert_eq!(path.found_under(node).await, [project]);
    }
}

#[tokio::test]
async fn below_a_node_in_outline_only_what_is_seen_counts() {
    let path = Path::new().await;
    let sibling = create(&path.world, Some(path.client), Level::Brand).await;
    let (own, other) = (path.project_on(path.brand).await, path.project_on(sibling).await);
    path.join(own).await;
    path.join(other).await;
    path.assign(&path.world.external, path.brand).await;

    assert_eq!(path.found_under(path.client).await, [own]);
}
