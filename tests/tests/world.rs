//! One of everything in a workspace, made over HTTP, so that tests have ids to ask for.

use std::collections::BTreeMap;

use anyhow::Context as _;
use guildhall_artifacts::{Kinds, pack};
use guildhall_testkit::{Answer, Client, TestServer};
use reqwest::Method;
use serde_json::json;

/// Ids by what they are of, such as `project` or `spare_item`.
#[derive(Debug, Clone, Default)]
pub struct Ids(BTreeMap<&'static str, String>);

impl Ids {
    /// The id of that name.
    pub fn of(&self, name: &str) -> String {
        self.0.get(name).unwrap_or_else(|| panic!("the world has no `{name}`")).clone()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.0.values()
    }

    fn keep(&mut self, name: &'static str, answer: &Answer, pointer: &str) -> anyhow::Result<String> {
        let id = answer.text_at(pointer).with_context(|| format!("the id of `{name}`"))?;
        self.0.insert(name, id.clone());
        Ok(id)
    }
}

/// One of everything in the workspace with that prefix, with its admin and its external member as contributor.
pub async fn build(server: &TestServer, prefix: &str) -> anyhow::Result<Ids> {
    let admin = server.sign_in(prefix, &format!("workspace-admin@{prefix}.test")).await?;
    let mut ids = Ids::default();
    ids.keep("workspace", &admin.get("/api/v1/workspace").await?.expect(200)?, "/id")?;
    hierarchy(&admin, &mut ids).await?;
    product(&admin, &mut ids).await?;
    project(&admin, &mut ids).await?;
    people(server, &admin, prefix, &mut ids).await?;
    access(&admin, &mut ids).await?;
    meta_role(server, prefix, &mut ids).await?;
    launch(&admin, &mut ids).await?;
    package(server, &admin, prefix, &mut ids).await?;
    spare_workspace(server, prefix, &mut ids).await?;
    artifacts(server, &admin, prefix, &mut ids).await?;
    let key = admin.post("/api/v1/api-keys", json!({"name": "Script"})).await?.expect(201)?;
    ids.keep("api_key", &key, "/id")?;
    let again = server.sign_in(prefix, &format!("workspace-admin@{prefix}.test")).await?;
    ids.keep("spare_session", &again.get("/api/v1/sessions/current").await?.expect(200)?, "/id")?;
    Ok(ids)
}

/// The product's back end, by its service account.
pub async fn back_end(server: &TestServer, prefix: &str, ids: &Ids) -> anyhow::Result<Client> {
    let visitor = server.visitor(prefix);
    let (id, secret) = (ids.of("client_id"), ids.of("client_secret"));
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let form_type = "application/x-www-form-urlencoded";
    let token = visitor.send_raw(Method::POST, "/oauth/token", form, form_type).await?.expect(200)?;
    Ok(visitor.with("authorization", &format!("Bearer {}", token.text_at("/access_token")?)))
}

async fn hierarchy(admin: &Client, ids: &mut Ids) -> anyhow::Result<()> {
    let path = "/api/v1/hierarchy/nodes";
    let client = admin.post(path, json!({"type": "CLIENT", "name": "Client"})).await?.expect(201)?;
    let client = ids.keep("client", &client, "/id")?;
    let market = json!({"type": "MARKET", "name": "Market", "parent_id": client});
    let market = ids.keep("market", &admin.post(path, market).await?.expect(201)?, "/id")?;
    let brand = json!({"type": "BRAND", "name": "Brand", "parent_id": market});
    ids.keep("brand", &admin.post(path, brand).await?.expect(201)?, "/id")?;
    let spare = json!({"type": "CLIENT", "name": "Spare client"});
    ids.keep("spare_node", &admin.post(path, spare).await?.expect(201)?, "/id")?;
    let spare = json!({"type": "MARKET", "name": "Spare market"});
    ids.keep("spare_market", &admin.post(path, spare).await?.expect(201)?, "/id")?;
    Ok(())
}

/// A version of a product, as a body.
pub fn version(name: &str) -> serde_json::Value {
    json!({
        "name": name, "kind": "EMBEDDED", "entry_url": "https://review.example.test/app", "slug": "review",
        "required_context": ["BRAND"], "uses_open_authorization": true,
        "roles": [{"code": "REVIEWER", "name": "Reviewer", "permissions": ["ADD_REVIEW"],
                   "meta_roles": ["PROJECT_CONTRIBUTOR"]}]
    })
}

async fn product(admin: &Client, ids: &mut Ids) -> anyhow::Result<()> {
    let product = admin.post("/api/v1/products", json!({"name": "Review"})).await?.expect(201)?;
    let product = ids.keep("product", &product, "/id")?;
    let versions = format!("/api/v1/products/{product}/versions");
    let made = admin.post(&versions, version("1")).await?.expect(201)?;
    let published = ids.keep("version", &made, "/id")?;
    admin.post(&format!("{versions}/{published}/publish"), json!({})).await?;
    let draft = admin.post(&versions, version("2")).await?.expect(201)?;
    ids.keep("draft", &draft, "/id")?;
    let account = json!({"name": "Back end", "kind": "PRODUCT", "product_id": product});
    let account = admin.post("/api/v1/service-accounts", account).await?.expect(201)?;
    ids.keep("service_account", &account, "/id")?;
    ids.keep("client_id", &account, "/client_id")?;
    ids.keep("client_secret", &account, "/client_secret")?;
    let spare = json!({"name": "Spare", "kind": "AUTOMATION"});
    let spare = admin.post("/api/v1/service-accounts", spare).await?.expect(201)?;
    ids.keep("spare_service_account", &spare, "/id")?;
    Ok(())
}

async fn project(admin: &Client, ids: &mut Ids) -> anyhow::Result<()> {
    let brand = ids.of("brand");
    let made =
        admin.post("/api/v1/projects", json!({"name": "Project", "node_id": brand})).await?.expect(201)?;
    let project = ids.keep("project", &made, "/id")?;
    ids.keep("project_account", &made, "/az_id")?;
    let spare = admin.post("/api/v1/projects", json!({"name": "Spare project"})).await?.expect(201)?;
    ids.keep("spare_project", &spare, "/id")?;
    let phases = format!("/api/v1/projects/{project}/phases");
    for name in ["phase", "other_phase", "spare_phase"] {
        let phase = admin.post(&phases, json!({"name": name})).await?.expect(201)?;
        ids.keep(name, &phase, "/id")?;
    }
    let items = format!("{phases}/{}/items", ids.of("phase"));
    for name in ["item", "other_item", "spare_item"] {
        let body = json!({"kind": "ACTIVITY", "name": name, "link": "https://example.test/brief"});
        ids.keep(name, &admin.post(&items, body).await?.expect(201)?, "/id")?;
    }
    let application =
        json!({"kind": "APPLICATION", "name": "Review", "product_version_id": ids.of("version")});
    ids.keep("application", &admin.post(&items, application).await?.expect(201)?, "/id")?;
    let tasks = format!("/api/v1/projects/{project}/items/{}/tasks", ids.of("item"));
    for name in ["task", "other_task", "spare_task"] {
        ids.keep(name, &admin.post(&tasks, json!({"title": name})).await?.expect(201)?, "/id")?;
    }
    Ok(())
}

/// An internal member of this workspace and of no other, by invitation.
async fn colleague(server: &TestServer, admin: &Client, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    let body = json!({"email": format!("colleague@{prefix}.test"), "role": "INTERNAL", "firstname": "C", "lastname": "L"});
    let invited = admin.post("/api/v1/members", body).await?.expect(201)?;
    let url = invited.text_at("/invitation/accept_url")?;
    let token = url.split_once("#token=").context("no token in the link")?.1;
    let body = json!({"token": token, "password": "guildhall-demo"});
    let joined = server.visitor(prefix).post("/api/v1/invitations/accept", body).await?.expect(200)?;
    ids.keep("colleague", &joined, "/user_id")?;
    Ok(())
}

async fn people(server: &TestServer, admin: &Client, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    for (name, local) in [("external", "external"), ("internal", "internal"), ("admin", "workspace-admin")] {
        let person = server.sign_in(prefix, &format!("{local}@{prefix}.test")).await?;
        ids.keep(name, &person.get("/api/v1/me").await?.expect(200)?, "/id")?;
    }
    colleague(server, admin, prefix, ids).await?;
    let members = format!("/api/v1/projects/{}/members", ids.of("project"));
    let contributor = json!({"user_id": ids.of("external"), "role": "CONTRIBUTOR"});
    admin.post(&members, contributor).await?.expect(201)?;
    for (name, email) in [("invitation", "one"), ("spare_invitation", "two")] {
        let body = json!({"email": format!("{email}@invited-to-{prefix}.test"), "role": "EXTERNAL"});
        let made = admin.post("/api/v1/members", body).await?.expect(201)?;
        ids.keep(name, &made, "/invitation/id")?;
    }
    Ok(())
}

/// Groups, roles of the workspace's own, and grants. The external member's grant is his alone.
async fn access(admin: &Client, ids: &mut Ids) -> anyhow::Result<()> {
    for name in ["group", "spare_group"] {
        let body = json!({"name": name, "account_id": ids.of("client")});
        ids.keep(name, &admin.post("/api/v1/groups", body).await?.expect(201)?, "/id")?;
    }
    for (name, code) in [("role", "READER"), ("spare_role", "SPARE")] {
        let body = json!({"code": code, "name": code, "permissions": ["ROLE_READ"]});
        ids.keep(name, &admin.post("/api/v1/roles", body).await?.expect(201)?, "/id")?;
    }
    for (name, account) in [("grant", "market"), ("spare_grant", "brand")] {
        let body =
            json!({"group_id": ids.of("group"), "role_id": ids.of("role"), "account_id": ids.of(account)});
        ids.keep(name, &admin.post("/api/v1/grants", body).await?.expect(201)?, "/id")?;
    }
    Ok(())
}

async fn spare_workspace(server: &TestServer, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    let platform = server.sign_in("", "platform-admin@demo.test").await?;
    let admin = json!({"email": format!("external@{prefix}.test"), "firstname": "E", "lastname": "U"});
    let body = json!({"prefix": format!("spare-{prefix}"), "name": "Spare", "admin": admin});
    ids.keep("spare_workspace", &platform.post("/api/v1/workspaces", body).await?.expect(201)?, "/id")?;
    Ok(())
}

/// A meta role, which the platform's admin makes on the base domain.
async fn meta_role(server: &TestServer, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    let platform = server.sign_in("", "platform-admin@demo.test").await?;
    let code = format!("LEAD_{}", prefix.to_uppercase());
    let body = json!({"code": code, "name": "Lead", "given_by": "OWNER"});
    ids.keep("meta_role", &platform.post("/api/v1/meta-roles", body).await?.expect(201)?, "/id")?;
    Ok(())
}

/// A package with one preset, as an archive.
pub fn archive(id: &str, version: &str, name: &str) -> Vec<u8> {
    let manifest = json!({
        "id": id, "version": version, "name": name, "deployable_in": ["SYSTEM", "WORKSPACE"]
    });
    let preset = json!({"content": {"name": name, "fields": {"item": ["status"]}}});
    let files = vec![
        ("manifest.json".to_owned(), manifest.to_string().into_bytes()),
        ("artifacts/view_preset/one.json".to_owned(), preset.to_string().into_bytes()),
    ];
    let kinds = Kinds::built_in().unwrap_or_default();
    pack(files, &kinds).map(|packed| packed.bytes).unwrap_or_default()
}

/// A package of the workspace's own, which the platform's admin lets it deploy.
async fn package(server: &TestServer, admin: &Client, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    let platform = server.sign_in("", "platform-admin@demo.test").await?;
    let path = format!("/api/v1/workspaces/{}/package-delegation", ids.of("workspace"));
    platform.send(Method::PUT, &path, Some(json!({"delegated": "FULL"}))).await?.expect(200)?;
    let archive = archive(&format!("test.{prefix}"), "1.0.0", "Presets");
    let uploaded = admin.send_raw(Method::POST, "/api/v1/packages", archive, "application/gzip").await?;
    ids.keep("package", &uploaded.expect(201)?, "/id")?;
    Ok(())
}

async fn launch(admin: &Client, ids: &mut Ids) -> anyhow::Result<()> {
    let body = json!({
        "product_version_id": ids.of("version"), "project_id": ids.of("project"), "item_id": ids.of("application")
    });
    let made = admin.post("/api/v1/launches", body).await?.expect(201)?;
    ids.keep("launch", &made, "/id")?;
    ids.keep("launch_code", &made, "/launch_code")?;
    Ok(())
}

/// A view preset's content of that name.
pub fn preset(name: &str) -> serde_json::Value {
    json!({"content": {"name": name, "fields": {"item": ["status", "due_date"]}}})
}

/// A view preset of the workspace's own, one that it has customized and that has a newer version below since, one that it has
/// hidden, and two drafts. In the world's ids they are paths.
async fn artifacts(server: &TestServer, admin: &Client, prefix: &str, ids: &mut Ids) -> anyhow::Result<()> {
    let system = server.sign_in("", "platform-admin@demo.test").await?.with("guildhall-workspace", "system");
    let (own, fallen) = (format!("own-{prefix}"), format!("fallen-{prefix}"));
    let (artifacts, drafts) = ("/api/v1/artifacts/view_preset", "/api/v1/artifact-drafts/view_preset");
    admin.put(&format!("{artifacts}/{own}"), preset("Own")).await?.expect(201)?;
    for path in [fallen.clone(), format!("hidden-{prefix}")] {
        system.put(&format!("{artifacts}/{path}"), preset("Shared")).await?.expect(201)?;
    }
    let any = admin.with("if-match", "*");
    any.put(&format!("{artifacts}/{fallen}"), preset("Ours")).await?.expect(200)?;
    any.delete(&format!("{artifacts}/hidden-{prefix}")).await?.expect(204)?;
    let newer = preset("Theirs");
    system.with("if-match", "*").put(&format!("{artifacts}/{fallen}"), newer).await?.expect(200)?;
    let review = admin.get(&format!("{artifacts}/{fallen}/review")).await?.expect(200)?;
    ids.keep("ours", &review, "/ours")?;
    ids.keep("theirs", &review, "/theirs")?;
    let (draft, spare) = (format!("draft-{prefix}"), format!("spare-draft-{prefix}"));
    for path in [&draft, &spare] {
        admin.put(&format!("{drafts}/{path}"), preset("Draft")).await?.expect(200)?;
    }
    let saved = format!("/api/v1/projects/{}/save-as-template", ids.of("project"));
    let template = admin.post(&saved, json!({"name": format!("Template {prefix}")})).await?.expect(201)?;
    ids.keep("template", &template, "/id")?;
    let view = json!({"name": format!("View {prefix}"), "fields": {"item": ["status"]}});
    ids.keep("view", &admin.post("/api/v1/view-presets", view).await?.expect(201)?, "/id")?;
    let names = [("preset", own), ("fallen", fallen), ("draft_preset", draft), ("spare_draft_preset", spare)];
    ids.0.extend(names);
    Ok(())
}
