//! The main job over HTTP, on both databases, by a workspace's host and by the header on the base domain: from signing in to
//! launching a product as a contributor, and to the end of what he may do.

mod context;
mod job;
mod platform;
mod tokens;

use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_testkit::{Client, Stack};
use serde_json::{Value, json};

use job::{Job, Way};

const QUERIES: [&str; 2] = ["/api/v20/users/permissions/query", "/api/v20/users/query"];

/// Shows one side of the job, by each way into the workspace.
async fn show(stack: Stack, side: impl AsyncFn(&Job) -> anyhow::Result<()>) {
    for way in [Way::Host, Way::Header] {
        let job = Job::build(stack, way).await.unwrap();
        side(&job).await.unwrap();
    }
}

/// The answer to who may do what on the project's account, asked at both paths.
async fn held(client: &Client, job: &Job) -> anyhow::Result<Value> {
    let filters =
        json!({"account_id": job.account, "user_id": job.guest_id, "permission_codes": ["ADD_REVIEW"]});
    let [one, other] = QUERIES.map(|path| client.post(path, json!({"filters": filters})));
    let (one, other) = (one.await?.expect(200)?, other.await?.expect(200)?);
    assert_eq!(one.json, other.json);
    Ok(one.json)
}

fn holds(job: &Job, codes: &[&str]) -> Value {
    let data =
        if codes.is_empty() { json!([]) } else { json!([{"account_id": job.account, "permissions": codes}]) };
    json!({"total_count": usize::from(!codes.is_empty()), "data": data, "limit": 100, "offset": 0})
}

/// A contributor launches, the product asks what he may do, and it all ends with his part in the project.
async fn work_ends_with_the_membership(job: &Job) -> anyhow::Result<()> {
    let launch = job.launch(&job.guest).await?;
    context::compare(job, &launch.json["context"]).await?;
    assert!(!launch.text_at("/url")?.contains(&launch.text_at("/launch_code")?));
    let back = job.back_end().await?;
    assert_eq!(held(&back, job).await?, holds(job, &["ADD_REVIEW"]));
    assert_eq!(held(&job.guest, job).await?, holds(job, &["ADD_REVIEW"]));
    let project = format!("/api/v1/projects/{}", job.project);
    job.guest.get(&project).await?.expect(200)?;

    job.owner.delete(&format!("{project}/members/{}", job.guest_id)).await?.expect(204)?;

    assert_eq!(held(&back, job).await?, holds(job, &[]));
    assert_eq!(held(&job.guest, job).await?, holds(job, &[]));
    job.guest.get(&project).await?.expect(404)?;
    job.guest.get(&format!("{project}/canvas")).await?.expect(404)?;
    job.guest.post("/api/v1/launches", job.launch_body()).await?.expect(404)?;
    Ok(())
}

#[tokio::test]
async fn what_a_contributor_may_do_ends_with_his_membership_on_sqlite() {
    show(Stack::Sqlite, work_ends_with_the_membership).await;
}

#[tokio::test]
async fn what_a_contributor_may_do_ends_with_his_membership_on_postgres() {
    show(Stack::Postgres, work_ends_with_the_membership).await;
}

async fn elsewhere_it_is_not_there(job: &Job) -> anyhow::Result<()> {
    let stranger = job.sign_in("choreograph", "internal@choreograph.test").await?;
    let nobody = SystemIds.uuid().to_string();
    for below in ["", "/canvas", "/members", "/activity", "/compatible-products"] {
        let path = |id: &str| format!("/api/v1/projects/{id}{below}");

        let foreign = stranger.get(&path(&job.project)).await?.expect(404)?;
        let absent = stranger.get(&path(&nobody)).await?.expect(404)?;

        assert_eq!(foreign.without_request_id(), absent.without_request_id());
    }
    Ok(())
}

#[tokio::test]
async fn to_another_workspace_a_project_is_as_absent_as_any_other_on_sqlite() {
    show(Stack::Sqlite, elsewhere_it_is_not_there).await;
}

#[tokio::test]
async fn to_another_workspace_a_project_is_as_absent_as_any_other_on_postgres() {
    show(Stack::Postgres, elsewhere_it_is_not_there).await;
}

async fn a_required_level_is_kept(job: &Job) -> anyhow::Result<()> {
    let homeless = job.owner.post("/api/v1/projects", json!({"name": "Homeless"})).await?.expect(201)?;
    let homeless = format!("/api/v1/projects/{}", homeless.text_at("/id")?);
    let phase = job.owner.post(&format!("{homeless}/phases"), json!({"name": "Only"})).await?.expect(201)?;
    let items = format!("{homeless}/phases/{}/items", phase.text_at("/id")?);
    let item = json!({"kind": "APPLICATION", "product_version_id": job.version});

    let refused = job.owner.post(&items, item).await?.expect(422)?;
    let unlinked = job
        .owner
        .patch(&format!("/api/v1/projects/{}", job.project), json!({"node_id": null}))
        .await?
        .expect(409)?;

    assert_eq!(refused.json["code"], "product_incompatible");
    assert_eq!(refused.json["missing"], json!(["BRAND"]));
    assert_eq!(unlinked.json["code"], "level_in_use");
    assert_eq!(unlinked.json["items"], json!([{"id": job.item, "name": "Review the draft"}]));
    let canvas = job.owner.get(&format!("{homeless}/canvas")).await?.expect(200)?;
    assert_eq!(canvas.json["phases"][0]["items"], json!([]));
    let project = job.owner.get(&format!("/api/v1/projects/{}", job.project)).await?.expect(200)?;
    assert_eq!(project.text_at("/node_id")?, job.brand);
    let compatible =
        job.owner.get(&format!("{homeless}/compatible-products?limit=200")).await?.expect(200)?;
    let ours = compatible.json["items"].as_array().into_iter().flatten();
    let ours: Vec<&Value> =
        ours.filter(|found| found["product_version_id"] == job.version.as_str()).collect();
    assert_eq!(ours.len(), 1);
    assert_eq!((&ours[0]["compatible"], &ours[0]["missing"]), (&json!(false), &json!(["BRAND"])));
    Ok(())
}

#[tokio::test]
async fn a_level_that_a_product_requires_must_be_there_and_stay_on_sqlite() {
    show(Stack::Sqlite, a_required_level_is_kept).await;
}

#[tokio::test]
async fn a_level_that_a_product_requires_must_be_there_and_stay_on_postgres() {
    show(Stack::Postgres, a_required_level_is_kept).await;
}
