//! The main job up to the contributor, with what it has made.

use guildhall_testkit::{Answer, Client, Stack, TestServer};
use reqwest::Method;
use serde_json::{Value, json};

/// How a request names its workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By its host.
    Host,
    /// By the header on the base domain.
    Header,
}

/// A project on a brand with a workflow in which a product stands, and whose contributor is the external user.
pub struct Job {
    pub admin: Client,
    pub owner: Client,
    pub guest: Client,
    pub guest_id: String,
    pub client: String,
    pub market: String,
    pub brand: String,
    pub product: String,
    pub version: String,
    pub project: String,
    pub account: String,
    pub phase: String,
    pub item: String,
    server: TestServer,
    way: Way,
}

impl Job {
    pub async fn build(stack: Stack, way: Way) -> anyhow::Result<Self> {
        let server = TestServer::start(stack).await?;
        let admin = sign_in(&server, way, "wpp", "workspace-admin@wpp.test").await?;
        let owner = sign_in(&server, way, "wpp", "internal@wpp.test").await?;
        let guest = sign_in(&server, way, "wpp", "external@wpp.test").await?;
        let (client, market, brand) = hierarchy(&admin).await?;
        let (product, version) = product(&admin).await?;
        let project = json!({"name": "Launch", "description": "Spring", "node_id": brand});
        let project = owner.post("/api/v1/projects", project).await?.expect(201)?;
        let (project, account) = (project.text_at("/id")?, project.text_at("/az_id")?);
        let (phase, item) = workflow(&owner, &project, &version).await?;
        let members = format!("/api/v1/projects/{project}/members");
        guest.get(&format!("/api/v1/projects/{project}")).await?.expect(404)?;
        let contributor = json!({"email": "external@wpp.test", "role": "CONTRIBUTOR"});
        let guest_id = owner.post(&members, contributor).await?.expect(201)?.text_at("/user/id")?;
        Ok(Self {
            admin,
            owner,
            guest,
            guest_id,
            client,
            market,
            brand,
            product,
            version,
            project,
            account,
            phase,
            item,
            server,
            way,
        })
    }

    /// Somebody signed in to a workspace, by the way of this job.
    pub async fn sign_in(&self, prefix: &str, email: &str) -> anyhow::Result<Client> {
        sign_in(&self.server, self.way, prefix, email).await
    }

    pub fn launch_body(&self) -> Value {
        json!({"product_version_id": self.version, "project_id": self.project, "item_id": self.item})
    }

    /// The product, launched from the workflow.
    pub async fn launch(&self, who: &Client) -> anyhow::Result<Answer> {
        who.post("/api/v1/launches", self.launch_body()).await?.expect(201)
    }

    /// The product's back end. It knows of no workspace where the base domain may do without one.
    pub async fn back_end(&self) -> anyhow::Result<Client> {
        let account = json!({"name": "Back end", "kind": "PRODUCT", "product_id": self.product});
        let account = self.admin.post("/api/v1/service-accounts", account).await?.expect(201)?;
        let (id, secret) = (account.text_at("/client_id")?, account.text_at("/client_secret")?);
        let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
        let host = self.server.visitor(if self.way == Way::Host { "wpp" } else { "" });
        let form_type = "application/x-www-form-urlencoded";
        let token = host.send_raw(Method::POST, "/oauth/token", form, form_type).await?.expect(200)?;
        Ok(bearing(&host, &token.text_at("/access_token")?))
    }

    /// Whoever holds a product token, which names the workspace by itself.
    pub fn holder_of(&self, token: &str) -> Client {
        bearing(&self.server.visitor(if self.way == Way::Host { "wpp" } else { "" }), token)
    }
}

fn bearing(client: &Client, token: &str) -> Client {
    client.with("authorization", &format!("Bearer {token}"))
}

async fn sign_in(server: &TestServer, way: Way, prefix: &str, email: &str) -> anyhow::Result<Client> {
    let visitor = match way {
        Way::Host => server.visitor(prefix),
        Way::Header => server.visitor("").with("guildhall-workspace", prefix),
    };
    let token = visitor.password_token(email, "guildhall-demo").await?;
    Ok(bearing(&visitor, &token))
}

async fn hierarchy(admin: &Client) -> anyhow::Result<(String, String, String)> {
    let add =
        async |node: Value| admin.post("/api/v1/hierarchy/nodes", node).await?.expect(201)?.text_at("/az_id");
    let client = add(json!({"type": "CLIENT", "name": "Client", "md_id": "MD-1"})).await?;
    let market = add(json!({"type": "MARKET", "name": "Market", "parent_id": client})).await?;
    let brand = json!({"type": "BRAND", "name": "Brand", "parent_id": market, "categories": ["Beverages"]});
    let brand = add(brand).await?;
    Ok((client, market, brand))
}

/// A published product whose reviewers are the contributors of projects.
async fn product(admin: &Client) -> anyhow::Result<(String, String)> {
    let product =
        admin.post("/api/v1/products", json!({"name": "Reviews"})).await?.expect(201)?.text_at("/id")?;
    let path = format!("/api/v1/products/{product}");
    let version = json!({
        "name": "1.0", "kind": "EMBEDDED", "entry_url": "https://reviews.test/app", "slug": "reviews",
        "required_context": ["BRAND"], "uses_open_authorization": true,
        "roles": [{"code": "REVIEWER", "name": "Reviewer", "permissions": ["ADD_REVIEW"], "meta_roles": []}],
        "config": {"greeting": "hello"}
    });
    let version = admin.post(&format!("{path}/versions"), version).await?.expect(201)?.text_at("/id")?;
    admin.post(&format!("{path}/versions/{version}/publish"), json!({})).await?.expect(200)?;
    let mapping = json!({"roles": [{"code": "REVIEWER", "meta_roles": ["PROJECT_CONTRIBUTOR"]}]});
    admin.put(&format!("{path}/meta-role-mapping"), mapping).await?.expect(200)?;
    Ok((product, version))
}

/// Phases, an application, an activity with a link and tasks; the first phase and the application are answered.
async fn workflow(owner: &Client, project: &str, version: &str) -> anyhow::Result<(String, String)> {
    let path = format!("/api/v1/projects/{project}");
    let phases = format!("{path}/phases");
    let phase =
        owner.post(&phases, json!({"name": "Draft", "objective": "A first text"})).await?.expect(201)?;
    let phase = phase.text_at("/id")?;
    owner.post(&phases, json!({"name": "Release", "after_id": phase})).await?.expect(201)?;
    let items = format!("{phases}/{phase}/items");
    let item = json!({"kind": "APPLICATION", "name": "Review the draft", "product_version_id": version});
    let item = owner.post(&items, item).await?.expect(201)?.text_at("/id")?;
    let activity = json!({"kind": "ACTIVITY", "name": "Read the brief", "link": "https://briefs.test/1"});
    let activity = owner.post(&items, activity).await?.expect(201)?.text_at("/id")?;
    for title in ["Read", "Answer"] {
        let tasks = format!("{path}/items/{activity}/tasks");
        owner.post(&tasks, json!({"title": title})).await?.expect(201)?;
    }
    let canvas = owner.get(&format!("{path}/canvas")).await?.expect(200)?;
    assert_eq!(canvas.json["phases"][0]["items"][1]["progress"], json!({"done": 0, "total": 2}));
    Ok((phase, item))
}
