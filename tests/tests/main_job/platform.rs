//! What products read of the platform beside permissions, in the shapes of the Open OS contract.

use anyhow::Context as _;
use guildhall_testkit::{Client, Stack};
use serde_json::{Value, json};

use super::{job::Job, show};

async fn workspace(job: &Job) -> anyhow::Result<(String, String)> {
    let here = job.admin.get("/api/v1/workspace").await?.expect(200)?;
    Ok((here.text_at("/id")?, here.text_at("/az_id")?))
}

/// The names on the way up from a node, itself first.
async fn way_up(who: &Client, node: &str) -> anyhow::Result<Vec<(String, Option<Value>)>> {
    let answer = who.get(&format!("/api/workspaces/{node}/ancestors")).await?.expect(200)?;
    let (mut names, mut at) = (Vec::new(), answer.json.pointer("/data/0").cloned());
    while let Some(one) = at {
        let name = one["workspace"]["name"].as_str().unwrap_or_default().to_owned();
        names.push((name, Some(one["workspace"]["status"].clone()).filter(|status| !status.is_null())));
        at = one.pointer("/ancestors/0").cloned();
    }
    Ok(names)
}

async fn the_hierarchy_is_read_as_far_as_one_sees_it(job: &Job) -> anyhow::Result<()> {
    let (workspace_id, top) = workspace(job).await?;
    let tree = format!("/api/v2/tenants/{workspace_id}/hierarchy-tree");
    let live = Some(json!("LIVE"));
    let all = ["Brand", "Market", "Client"].map(|name| (name.to_owned(), live.clone()));
    let back = job.back_end().await?;
    let stranger = job.sign_in("choreograph", "workspace-admin@choreograph.test").await?;

    // An admin sees all of it, a back end the paths of the projects that use its product.
    for who in [&job.admin, &back] {
        let found = way_up(who, &job.brand).await?;
        assert_eq!(&found[..3], all);
        assert_eq!(found.len(), 4, "the tenant stands on top");
        let tree = who.get(&tree).await?.expect(200)?;
        let client = &tree.json["mapping"][&job.client];
        assert_eq!(client["mdId"], "MD-1");
        assert_eq!(client["children"], json!([job.market]));
        assert_eq!(tree.json["mapping"][&top]["type"], "TENANT");
    }
    // A guest without assignments sees the tenant alone, and who is no member nothing.
    let seen = job.guest.get(&tree).await?.expect(200)?;
    assert_eq!(seen.json["mapping"].as_object().map(serde_json::Map::len), Some(1));
    let path = format!("/api/workspaces/{}/ancestors", job.brand);
    let absent = "/api/workspaces/0192f0c1-2222-7000-8000-000000000001/ancestors";
    assert_eq!(job.guest.get(&path).await?.expect(404)?.json, job.guest.get(absent).await?.expect(404)?.json);
    stranger.get(&path).await?.expect(404)?;
    stranger.get(&tree).await?.expect(404)?;
    Ok(())
}

async fn what_is_above_an_assignment_is_read_by_its_name(job: &Job) -> anyhow::Result<()> {
    let assigned = json!({"node_ids": [job.market]});
    job.admin.patch(&format!("/api/v1/members/{}", job.guest_id), assigned).await?.expect(200)?;

    let found = way_up(&job.guest, &job.brand).await?;

    let live = Some(json!("LIVE"));
    let names: Vec<_> = found.iter().map(|(name, status)| (name.as_str(), status.clone())).collect();
    assert_eq!(names[..3], [("Brand", live.clone()), ("Market", live), ("Client", None)]);
    Ok(())
}

async fn a_unit_is_made_once(job: &Job) -> anyhow::Result<()> {
    let (workspace_id, top) = workspace(job).await?;
    let path = format!("/_apps/os-workspaces/api/tenants/{workspace_id}/organization-units");
    let unit = |parent: &str, level: &str| json!({"type": "predefined", "parentId": parent, "categories": [level, "Food"], "data": {"mdId": "MD-9"}});

    let made = job.admin.post(&path, unit(&top, "CLIENT")).await?.expect(201)?;
    let again = job.admin.post(&path, unit(&top, "CLIENT")).await?.expect(409)?;
    let misplaced = job.admin.post(&path, unit(&top, "BRAND")).await?.expect(422)?;
    let no_level = job.admin.post(&path, unit(&top, "Drinks")).await?.expect(400)?;

    assert_eq!(made.json["status"], "LIVE");
    let node =
        job.admin.get(&format!("/api/v1/hierarchy/nodes/{}", made.text_at("/azId")?)).await?.expect(200)?;
    assert_eq!(node.json["md_id"], "MD-9");
    assert_eq!(node.json["categories"], json!(["Food"]));
    for refused in [again, misplaced, no_level] {
        assert!(!refused.text_at("/message")?.is_empty());
    }
    job.guest.post(&path, unit(&top, "CLIENT")).await?.expect(403)?;
    Ok(())
}

async fn groups_are_managed_as_products_do(job: &Job) -> anyhow::Result<()> {
    let (workspace_id, _) = workspace(job).await?;
    let roles = job.admin.get("/api/v1/roles?limit=200").await?.expect(200)?;
    let assigned =
        roles.json["items"].as_array().into_iter().flatten().find(|role| role["code"] == "ASSIGNED");
    let role = assigned.map(|role| role["id"].clone()).context("no role to see nodes")?;
    let group =
        json!({"account_uid": job.client, "name": "Reviewers", "description": null, "custom_data": {"a": 1}});
    let group = job.admin.post("/api/az/groups", group).await?.expect(201)?.text_at("/uid")?;
    let place = json!([{"groupId": group, "userId": "external@wpp.test"}]);
    let given = json!([{"group_id": group, "role_id": role, "account_id": job.market}]);
    let brand = format!("/api/v1/hierarchy/nodes/{}", job.brand);
    job.guest.get(&brand).await?.expect(404)?;

    job.admin.patch("/api/az/groups/users", json!({"create": place})).await?.expect(200)?;
    let grants = job.admin.patch("/api/az/groups/roles", json!({"create": given})).await?.expect(201)?;
    let again = job.admin.patch("/api/az/groups/roles", json!({"create": given})).await?.expect(422)?;
    job.guest.get(&brand).await?.expect(200)?;
    let found = job
        .admin
        .get(&format!("/api/tenants/{workspace_id}/groups?filter[search]=VIEW"))
        .await?
        .expect(200)?;
    job.guest.patch("/api/az/groups/users", json!({"create": place})).await?.expect(404)?;
    job.admin.patch("/api/az/groups/users", json!({"delete": place})).await?.expect(200)?;
    job.guest.get(&brand).await?.expect(404)?;

    assert_eq!(grants.json[0]["group_uid"], json!(group));
    assert_eq!(grants.json[0]["account_uid"], json!(job.market));
    assert!(again.text_at("/message")?.contains("already"));
    assert_eq!(found.json, json!({"data": [{"id": group, "name": "Reviewers"}]}));
    Ok(())
}

/// One wrong line spoils the whole change.
async fn a_change_of_groups_is_whole(job: &Job) -> anyhow::Result<()> {
    let group = json!({"account_uid": job.client, "name": "Whole"});
    let group = job.admin.post("/api/az/groups", group).await?.expect(201)?.text_at("/uid")?;
    let places = json!([
        {"groupId": group, "userId": "external@wpp.test"}, {"groupId": group, "userId": "nobody@wpp.test"}
    ]);

    job.admin.patch("/api/az/groups/users", json!({"create": places})).await?.expect(422)?;

    let members = job.admin.get(&format!("/api/v1/groups/{group}/members")).await?.expect(200)?;
    assert_eq!(members.json["items"], json!([]));
    Ok(())
}

/// The demo has four people in the workspace; a guest knows those of his projects.
async fn people_are_found(job: &Job) -> anyhow::Result<()> {
    let all = job.admin.get("/api/users/?itemsPerPage=2&page=2").await?.expect(200)?;
    let by_word = job.admin.get("/api/users/?filter[search]=EXTERNAL@wpp").await?.expect(200)?;
    let known = job.guest.get("/api/users/").await?.expect(200)?;

    let total = all.json["pagination"]["total"].as_u64().unwrap_or_default();
    assert_eq!(all.json["pagination"], json!({"itemsPerPage": 2, "page": 2, "total": total}));
    assert_eq!(by_word.json["data"][0]["email"], "external@wpp.test");
    assert_eq!(by_word.json["pagination"]["total"], 1);
    let ids: Vec<_> =
        known.json["data"].as_array().into_iter().flatten().map(|one| one["id"].clone()).collect();
    assert!(ids.contains(&json!(job.guest_id)));
    assert!((ids.len() as u64) < total, "a guest knows {} of {total}", ids.len());
    Ok(())
}

#[tokio::test]
async fn people_are_found_on_sqlite() {
    show(Stack::Sqlite, people_are_found).await;
}

#[tokio::test]
async fn groups_are_managed_on_sqlite() {
    show(Stack::Sqlite, groups_are_managed_as_products_do).await;
}

#[tokio::test]
async fn groups_are_managed_on_postgres() {
    show(Stack::Postgres, groups_are_managed_as_products_do).await;
}

#[tokio::test]
async fn groups_are_changed_as_a_whole_on_sqlite() {
    show(Stack::Sqlite, a_change_of_groups_is_whole).await;
}

#[tokio::test]
async fn the_hierarchy_is_read_on_sqlite() {
    show(Stack::Sqlite, the_hierarchy_is_read_as_far_as_one_sees_it).await;
}

#[tokio::test]
async fn the_hierarchy_is_read_on_postgres() {
    show(Stack::Postgres, the_hierarchy_is_read_as_far_as_one_sees_it).await;
}

#[tokio::test]
async fn an_assignments_way_up_is_read_on_sqlite() {
    show(Stack::Sqlite, what_is_above_an_assignment_is_read_by_its_name).await;
}

#[tokio::test]
async fn a_unit_is_made_on_sqlite() {
    show(Stack::Sqlite, a_unit_is_made_once).await;
}

#[tokio::test]
async fn a_unit_is_made_on_postgres() {
    show(Stack::Postgres, a_unit_is_made_once).await;
}
