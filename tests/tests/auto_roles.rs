//! Roles that follow from other things never outlive their reason (Z6): random changes of all that they follow from, and after each
//! the permission query beside a model.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_testkit::{Answer, Client, Dice, Stack, TestServer};
use serde_json::{Value, json};

use crate::rounds::rounds;

const STEPS: usize = 250;
const ROLES: [&str; 3] = ["OWNER", "CONTRIBUTOR", "VIEWER"];
const META_ROLES: [&str; 3] = ["PROJECT_OWNER", "PROJECT_CONTRIBUTOR", "PROJECT_VIEWER"];
/// The product's roles, each with the one code that it has.
const CODES: [(&str, &str); 2] = [("REVIEWER", "ADD_REVIEW"), ("APPROVER", "APPROVE")];

fn some<'a>(dice: &mut Dice, all: &[&'a str]) -> BTreeSet<&'a str> {
    all.iter().filter(|_| dice.below(2) == 0).copied().collect()
}

/// A project with one item that holds the product, and who works there as what, with which meta roles besides.
struct Project {
    id: String,
    account: String,
    item: String,
    active: bool,
    item_there: bool,
    members: BTreeMap<usize, (&'static str, BTreeSet<&'static str>)>,
}

/// What is done, and what the model takes it for.
struct Model {
    admin: Client,
    product: String,
    available: bool,
    /// By role.
    mapping: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// Ids, and whether they are suspended.
    people: Vec<(String, bool)>,
    projects: Vec<Project>,
}

fn done(answer: &Answer) -> bool {
    let status = answer.status.as_u16();
    assert!(status < 500, "{}", answer.text);
    answer.status.is_success()
}

impl Model {
    async fn new(server: &TestServer) -> Self {
        let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
        let mut people = Vec::new();
        for local in ["internal", "external"] {
            let client = server.sign_in("wpp", &format!("{local}@wpp.test")).await.unwrap();
            people.push((client.get("/api/v1/me").await.unwrap().text_at("/id").unwrap(), false));
        }
        let product = make(&admin, "/api/v1/products", json!({"name": "Review"})).await;
        let versions = format!("/api/v1/products/{product}/versions");
        let roles = CODES.map(|(role, code)| {
            json!({"code": role, "name": role, "permissions": [code], "meta_roles": ["PROJECT_CONTRIBUTOR"]})
        });
        let version = json!({
            "name": "1", "kind": "EMBEDDED", "entry_url": "https://review.example.test/app", "slug": "auto",
            "required_context": [], "uses_open_authorization": true, "roles": roles
        });
        let version = make(&admin, &versions, version).await;
        admin.post(&format!("{versions}/{version}/publish"), json!({})).await.unwrap().expect(200).unwrap();
        let mut projects = Vec::new();
        for name in ["One", "Other"] {
            projects.push(project(&admin, name, &version).await);
        }
        let mapping = CODES.map(|(role, _)| (role, BTreeSet::from(["PROJECT_CONTRIBUTOR"]))).into();
        Self { admin, product, available: true, mapping, people, projects }
    }

    /// Something at random; whether it was done.
    async fn step(&mut self, dice: &mut Dice) -> bool {
        let (project, person) = (dice.below(self.projects.len()), dice.below(self.people.len()));
        // What is put away comes back soon, or nobody would hold anything most of the time.
        if dice.below(2) == 0 {
            match &self.projects[project] {
                there if !there.active => return self.turn_project(project).await,
                there if !there.item_there => return self.turn_item(project).await,
                _ if !self.available => return self.switch().await,
                _ if self.people[person].1 => return self.turn_person(person).await,
                _ => {}
            }
        }
        match dice.below(10) {
            0..=2 => self.join(project, person, dice).await,
            3 | 4 => self.change(project, person, dice).await,
            5 => self.leave(project, person).await,
            6 => self.remap(dice).await,
            7 => self.turn_item(project).await,
            8 => {
                if dice.below(2) == 0 {
                    self.turn_project(project).await
                } else {
                    self.switch().await
                }
            }
            _ => self.turn_person(person).await,
        }
    }

    fn path_of_member(&self, project: usize, person: usize) -> String {
        format!("/api/v1/projects/{}/members/{}", self.projects[project].id, self.people[person].0)
    }

    async fn join(&mut self, project: usize, person: usize, dice: &mut Dice) -> bool {
        let (role, more) = (dice.of(&ROLES), some(dice, &META_ROLES));
        let path = format!("/api/v1/projects/{}/members", self.projects[project].id);
        let body = json!({"user_id": self.people[person].0, "role": role, "meta_roles": more});
        let joined = done(&self.admin.post(&path, body).await.unwrap());
        if joined {
            self.projects[project].members.insert(person, (role, more));
        }
        joined
    }

    async fn change(&mut self, project: usize, person: usize, dice: &mut Dice) -> bool {
        let (role, more) = (dice.of(&ROLES), some(dice, &META_ROLES));
        let path = self.path_of_member(project, person);
        let changed =
            done(&self.admin.patch(&path, json!({"role": role, "meta_roles": more})).await.unwrap());
        if changed {
            self.projects[project].members.insert(person, (role, more));
        }
        changed
    }

    async fn leave(&mut self, project: usize, person: usize) -> bool {
        let left = done(&self.admin.delete(&self.path_of_member(project, person)).await.unwrap());
        if left {
            self.projects[project].members.remove(&person);
        }
        left
    }

    async fn remap(&mut self, dice: &mut Dice) -> bool {
        let mapping = CODES.map(|(role, _)| (role, some(dice, &META_ROLES)));
        let roles: Vec<Value> =
            mapping.iter().map(|(role, metas)| json!({"code": role, "meta_roles": metas})).collect();
        let path = format!("/api/v1/products/{}/meta-role-mapping", self.product);
        self.admin.put(&path, json!({"roles": roles})).await.unwrap().expect(200).unwrap();
        self.mapping = mapping.into();
        true
    }

    async fn turn_item(&mut self, project: usize) -> bool {
        let project = &mut self.projects[project];
        let verb = if project.item_there { "archive" } else { "restore" };
        let path = format!("/api/v1/projects/{}/items/{}/{verb}", project.id, project.item);
        let turned = done(&self.admin.post(&path, json!({})).await.unwrap());
        project.item_there ^= turned;
        turned
    }

    async fn turn_project(&mut self, project: usize) -> bool {
        let project = &mut self.projects[project];
        let verb = if project.active { "archive" } else { "restore" };
        let path = format!("/api/v1/projects/{}/{verb}", project.id);
        let turned = done(&self.admin.post(&path, json!({})).await.unwrap());
        project.active ^= turned;
        turned
    }

    async fn switch(&mut self) -> bool {
        let path = format!("/api/v1/products/{}/availability", self.product);
        let switched = done(&self.admin.put(&path, json!({"available": !self.available})).await.unwrap());
        self.available ^= switched;
        switched
    }

    async fn turn_person(&mut self, person: usize) -> bool {
        let (id, suspended) = &mut self.people[person];
        let state = if *suspended { "ACTIVE" } else { "SUSPENDED" };
        let turned =
            done(&self.admin.patch(&format!("/api/v1/members/{id}"), json!({"state": state})).await.unwrap());
        *suspended ^= turned;
        turned
    }

    /// The codes that somebody must have in a project, and no others.
    fn expected(&self, project: &Project, person: usize) -> BTreeSet<&'static str> {
        let there = self.available && project.active && project.item_there && !self.people[person].1;
        let Some((role, more)) = project.members.get(&person).filter(|_| there) else {
            return BTreeSet::new();
        };
        let implied = format!("PROJECT_{role}");
        let has = |meta: &&str| *meta == implied || more.contains(meta);
        let held = CODES.iter().filter(|(role, _)| self.mapping[role].iter().any(&has));
        held.map(|(_, code)| *code).collect()
    }

    /// What the permission query says of everybody in every project.
    async fn compare(&self, step: usize) {
        for project in &self.projects {
            for (person, (id, _)) in self.people.iter().enumerate() {
                let filters = json!({"account_id": project.account, "user_id": id});
                let answer = self.admin.post("/api/v20/users/permissions/query", json!({"filters": filters}));
                let answer = answer.await.unwrap().expect(200).unwrap();
                let found = answer.json.pointer("/data/0/permissions").cloned().unwrap_or_else(|| json!([]));
                assert_eq!(found, json!(self.expected(project, person)), "step {step}, {id}");
            }
        }
    }
}

async fn make(admin: &Client, path: &str, body: Value) -> String {
    admin.post(path, body).await.unwrap().expect(201).unwrap().text_at("/id").unwrap()
}

async fn project(admin: &Client, name: &str, version: &str) -> Project {
    let made = admin.post("/api/v1/projects", json!({"name": name})).await.unwrap().expect(201).unwrap();
    let (id, account) = (made.text_at("/id").unwrap(), made.text_at("/az_id").unwrap());
    let phase = make(admin, &format!("/api/v1/projects/{id}/phases"), json!({"name": "Phase"})).await;
    let item = json!({"kind": "APPLICATION", "name": "Review", "product_version_id": version});
    let item = make(admin, &format!("/api/v1/projects/{id}/phases/{phase}/items"), item).await;
    Project { id, account, item, active: true, item_there: true, members: BTreeMap::new() }
}

async fn compare_after_each_step(stack: Stack) {
    let server = TestServer::start(stack).await.unwrap();
    let (mut model, mut dice) = (Model::new(&server).await, Dice(2026));
    let (mut all_done, mut given) = (0, 0);

    let steps = rounds(STEPS);
    for step in 0..steps {
        all_done += usize::from(model.step(&mut dice).await);
        model.compare(step).await;
        let expected = |project| (0..model.people.len()).map(move |person| (project, person));
        let everybody = model.projects.iter().flat_map(expected);
        given += everybody.filter(|(project, person)| !model.expected(project, *person).is_empty()).count();
    }

    assert!(all_done > steps / 3, "only {all_done} of {steps} steps did anything");
    assert!(given > steps / 4, "something was held only {given} times: the test shows too little");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn auto_roles_never_outlive_their_reason_on_sqlite() {
    compare_after_each_step(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn auto_roles_never_outlive_their_reason_on_postgres() {
    compare_after_each_step(Stack::Postgres).await;
}
