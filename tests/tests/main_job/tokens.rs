//! The one-time code of a launch, and the token that a running product holds.

use guildhall_testkit::{Client, Stack};
use serde_json::json;

use super::{held, holds, job::Job, show};

/// Whoever holds the product token that a new launch of the contributor's was redeemed for.
async fn redeemed(job: &Job, back: &Client, guest: &Client) -> anyhow::Result<Client> {
    let code = job.launch(guest).await?.text_at("/launch_code")?;
    let redeemed = back.post("/api/v1/launches/redeem", json!({"launch_code": code})).await?.expect(200)?;
    Ok(job.holder_of(&redeemed.text_at("/access_token")?))
}

async fn a_code_is_good_once(job: &Job) -> anyhow::Result<()> {
    let back = job.back_end().await?;
    let launch = job.launch(&job.guest).await?;
    let code = json!({"launch_code": launch.text_at("/launch_code")?});
    job.guest.post("/api/v1/launches/redeem", code.clone()).await?.expect(403)?;

    let first = back.post("/api/v1/launches/redeem", code.clone()).await?.expect(200)?;
    let second = back.post("/api/v1/launches/redeem", code).await?.expect(409)?;

    assert_eq!(first.json["context"], launch.json["context"]);
    assert!(first.json["expires_in"].as_u64().is_some_and(|seconds| (1..=900).contains(&seconds)));
    assert_eq!(second.json["code"], "launch_redeemed");
    let unknown = json!({"launch_code": "nothing"});
    back.post("/api/v1/launches/redeem", unknown).await?.expect(404)?;
    Ok(())
}

#[tokio::test]
async fn a_launch_code_is_redeemed_once_on_sqlite() {
    show(Stack::Sqlite, a_code_is_good_once).await;
}

#[tokio::test]
async fn a_launch_code_is_redeemed_once_on_postgres() {
    show(Stack::Postgres, a_code_is_good_once).await;
}

async fn a_product_token_opens_little(job: &Job) -> anyhow::Result<()> {
    let back = job.back_end().await?;
    let launch = job.launch(&job.guest).await?;
    let own = format!("/api/v1/launches/{}/token", launch.text_at("/id")?);
    let own = job.guest.post(&own, json!({})).await?.expect(200)?.text_at("/access_token")?;
    for running in [redeemed(job, &back, &job.guest).await?, job.holder_of(&own)] {
        let me = running.get("/api/users/me").await?.expect(200)?;

        assert_eq!(me.text_at("/id")?, job.guest_id);
        assert_eq!(held(&running, job).await?, holds(job, &["ADD_REVIEW"]));
        let owner = json!({"account_id": job.account, "user_id": "internal@wpp.test"});
        let others = running.post("/api/v20/users/query", json!({"filters": owner})).await?.expect(200)?;
        assert_eq!(others.json, holds(job, &[]));
        for path in ["/api/v1/me", "/api/v1/projects", "/api/v1/workspace", "/api/v1/sessions/current"] {
            assert_eq!(running.get(path).await?.expect(403)?.json["code"], "token_audience", "{path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_product_token_opens_the_contract_alone_on_sqlite() {
    show(Stack::Sqlite, a_product_token_opens_little).await;
}

#[tokio::test]
async fn a_product_token_opens_the_contract_alone_on_postgres() {
    show(Stack::Postgres, a_product_token_opens_little).await;
}

async fn a_product_token_dies_at_once(job: &Job) -> anyhow::Result<()> {
    let back = job.back_end().await?;
    let guest = job.sign_in("wpp", "external@wpp.test").await?;
    let running = redeemed(job, &back, &guest).await?;
    running.get("/api/users/me").await?.expect(200)?;
    guest.delete("/api/v1/sessions/current").await?.expect(204)?;
    running.get("/api/users/me").await?.expect(401)?;

    let running = redeemed(job, &back, &job.guest).await?;
    assert_eq!(held(&running, job).await?, holds(job, &["ADD_REVIEW"]));
    job.admin.delete(&format!("/api/v1/members/{}", job.guest_id)).await?.expect(204)?;
    running.get("/api/users/me").await?.expect(401)?;
    job.guest.get("/api/v1/me").await?.expect(401)?;
    assert_eq!(held(&back, job).await?, holds(job, &[]));
    Ok(())
}

#[tokio::test]
async fn a_product_token_dies_with_session_and_membership_on_sqlite() {
    show(Stack::Sqlite, a_product_token_dies_at_once).await;
}

#[tokio::test]
async fn a_product_token_dies_with_session_and_membership_on_postgres() {
    show(Stack::Postgres, a_product_token_dies_at_once).await;
}
