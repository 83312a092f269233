//! A whole server in the test's process, filled with the demo's content, and clients for its people.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context as _, ensure};
use guildhall_artifacts::Kinds;
use guildhall_core::{SystemClock, SystemIds};
use guildhall_kernel::{Kernel, MasterKey, Settings, SignInLimits};
use guildhall_server::{app::app, demo, mail::SmtpMailer, routes::health::Draining};
use guildhall_store::SeaDatabase;
use reqwest::{Method, StatusCode, header::HeaderMap};
use sea_orm::DatabaseConnection;
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    Listening, PlainHasher, SmtpSink, Walls,
    listening::{beginning, is_stream},
    open_database,
    world::Kept,
};

/// Which database a server runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stack {
    /// A SQLite file.
    Sqlite,
    /// A database of the PostgreSQL cluster, as the service role.
    Postgres,
}

/// A server that ends with the value.
pub struct TestServer {
    /// The server's kernel.
    pub kernel: Kernel,
    /// Where it listens.
    pub address: SocketAddr,
    /// The database, past every wall.
    pub inspector: DatabaseConnection,
    _task: Serving,
    http: reqwest::Client,
    _kept: Option<Kept>,
}

/// The server's task, which ends with the value.
struct Serving(JoinHandle<()>);

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl TestServer {
    /// A server with the demo's content.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start(stack: Stack) -> anyhow::Result<Self> {
        Self::start_with(stack, Walls::Both).await
    }

    /// A server with the demo's content, some of whose walls have fallen.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_with(stack: Stack, walls: Walls) -> anyhow::Result<Self> {
        let (database, kept) = open_database(stack, walls).await?;
        let inspector = match &kept {
            Kept::Postgres(made) => sea_orm::Database::connect(&made.admin_url).await?,
            Kept::Folder(_) => database.connection().clone(),
        };
        Ok(Self { inspector, ..Self::start_on(database, Some(kept)).await? })
    }

    /// A server with the demo's content, on a database that the test has opened. It keeps what keeps the database.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_on(database: SeaDatabase, kept: Option<Kept>) -> anyhow::Result<Self> {
        Self::start_whole(database, kept, None).await
    }

    /// A server with the demo's content that hands its letters to an SMTP server.
    ///
    /// # Errors
    /// Where it does not start.
    pub async fn start_mailing(stack: Stack, sink: &SmtpSink) -> anyhow::Result<Self> {
        let (database, kept) = open_database(stack, Walls::Both).await?;
        let mailer = SmtpMailer::new(&sink.url().parse()?, "Guildhall <guildhall@demo.test>")?;
        Self::start_whole(database, Some(kept), Some(Arc::new(mailer))).await
    }

    async fn start_whole(
        database: SeaDatabase,
        kept: Option<Kept>,
        mailer: Option<Arc<SmtpMailer>>,
    ) -> anyhow::Result<Self> {
        let settings = Settings {
            public_url: "http://localhost:8080".parse()?,
            base_domain: "localhost".parse()?,
            master_key: MasterKey::new([7; 32]),
            password_grant: true,
            mail: false,
            kinds: Arc::new(Kinds::built_in().map_err(anyhow::Error::msg)?),
            // Tests are wrong far more often than people are.
            sign_in: SignInLimits { per_account: 10_000, per_address: 100_000, ..SignInLimits::default() },
        };
        let inspector = database.connection().clone();
        let database = Arc::new(database);
        let start = |settings| {
            let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
            Kernel::with(database.clone(), settings, clock, ids, Arc::new(PlainHasher))
        };
        let filling = start(settings.clone());
        filling.prepare().await?;
        demo::fill(&filling).await?;
        let kernel = if mailer.is_some() { start(Settings { mail: true, ..settings }) } else { filling };
        kernel.prepare().await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let service = app(&kernel, Draining::default());
        let following = kernel.clone().follow();
        let delivering = kernel.clone();
        let delivering = async move {
            match mailer {
                Some(mailer) => delivering.deliver_mail(mailer, std::future::pending()).await,
                None => std::future::pending().await,
            }
        };
        let task = tokio::spawn(async move {
            tokio::select! {
                served = async { axum::serve(listener, service.into_make_service_with_connect_info::<SocketAddr>()).await } => drop(served),
                () = following => {}
                () = delivering => {}
            }
        });
        Ok(Self {
            kernel,
            address,
            inspector,
            _task: Serving(task),
            http: reqwest::Client::new(),
            _kept: kept,
        })
    }

    /// Somebody who is not signed in, at a workspace's host; at the base domain for an empty prefix.
    pub fn visitor(&self, prefix: &str) -> Client {
        let host = if prefix.is_empty() { "localhost".to_owned() } else { format!("{prefix}.localhost") };
        Client { http: self.http.clone(), address: self.address, host, headers: Vec::new() }
    }

    /// Somebody signed in at a workspace's host.
    ///
    /// # Errors
    /// Where he can't sign in.
    pub async fn sign_in(&self, prefix: &str, email: &str) -> anyhow::Result<Client> {
        let visitor = self.visitor(prefix);
        let token = visitor.password_token(email, demo::PASSWORD).await?;
        Ok(visitor.with("authorization", &format!("Bearer {token}")))
    }
}

/// One person's requests.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    address: SocketAddr,
    host: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// The same with one more header on every request.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((name.to_owned(), value.to_owned()));
        Self { headers, ..self.clone() }
    }

    /// The same at another host.
    #[must_use]
    pub fn at(&self, host: &str) -> Self {
        Self { host: host.to_owned(), ..self.clone() }
    }

    /// The same at another node, under the same host name.
    #[must_use]
    pub fn on(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    /// An access token for address and password.
    ///
    /// # Errors
    /// Where they do not belong together.
    pub async fn password_token(&self, email: &str, password: &str) -> anyhow::Result<String> {
        let form = format!("grant_type=password&username={}&password={password}", email.replace('+', "%2B"));
        let answer =
            self.send_raw(Method::POST, "/oauth/token", form, "application/x-www-form-urlencoded").await?;
        ensure!(answer.status == StatusCode::OK, "{email} can't sign in: {}", answer.text);
        answer.json.get("access_token").and_then(Value::as_str).map(ToOwned::to_owned).context("no token")
    }

    /// GET.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(Method::GET, path, None).await
    }

    /// POST with a JSON body.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Answer> {
        self.send(Method::POST, path, Some(body)).await
    }

    /// PATCH with a JSON body.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn patch(&self, path: &str, body: Value) -> anyhow::Result<Answer> {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// PUT with a JSON body.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn put(&self, path: &str, body: Value) -> anyhow::Result<Answer> {
        self.send(Method::PUT, path, Some(body)).await
    }

    /// DELETE.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(Method::DELETE, path, None).await
    }

    /// Any method, with a JSON body if there is one.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Answer> {
        match body {
            Some(body) => self.send_raw(method, path, body.to_string(), "application/json").await,
            None => self.finish(self.request(method, path)).await,
        }
    }

    /// Listens to a stream of events.
    ///
    /// # Errors
    /// Where it does not begin.
    pub async fn listen(&self, path: &str) -> anyhow::Result<Listening> {
        Listening::of(self.request(Method::GET, path).send().await?)
    }

    /// Any method with any body.
    ///
    /// # Errors
    /// Where the server does not answer.
    pub async fn send_raw(
        &self,
        method: Method,
        path: &str,
        body: impl Into<reqwest::Body>,
        content_type: &str,
    ) -> anyhow::Result<Answer> {
        let request = self.request(method, path).header("content-type", content_type).body(body);
        self.finish(request).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request =
            self.http.request(method, format!("http://{}{path}", self.address)).header("host", &self.host);
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    async fn finish(&self, request: reqwest::RequestBuilder) -> anyhow::Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let text = match is_stream(&response) {
            true => beginning(response).await?,
            false => response.text().await?,
        };
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status, headers, text, json })
    }
}

/// What the server said.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
    /// The body as JSON; null where it is none.
    pub json: Value,
}

impl Answer {
    /// The answer, where it has that status.
    ///
    /// # Errors
    /// With the body, where it has another.
    pub fn expect(self, status: u16) -> anyhow::Result<Self> {
        ensure!(self.status == status, "{} instead of {status}: {}", self.status, self.text);
        Ok(self)
    }

    /// A text of the body, by JSON pointer.
    ///
    /// # Errors
    /// Where there is none.
    pub fn text_at(&self, pointer: &str) -> anyhow::Result<String> {
        let found = self.json.pointer(pointer).and_then(Value::as_str);
        found.map(ToOwned::to_owned).with_context(|| format!("no text at {pointer} in {}", self.text))
    }

    /// The body without what differs between any two requests.
    pub fn without_request_id(&self) -> String {
        match self.json.get("request_id").and_then(Value::as_str) {
            Some(id) => self.text.replace(id, "<request id>"),
            None => self.text.clone(),
        }
    }
}
