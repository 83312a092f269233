//! Options: by flag, by environment (`GUILDHALL_<OPTION>`), by file (`--config`), in this order.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use anyhow::{Context as _, anyhow};
use chrono::TimeDelta;
use clap::{Args, ValueEnum};
use config::{Config, Environment, File};
use guildhall_kernel::SignInLimits;
use guildhall_tenancy::BaseDomain;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    layer::proxy::Proxies,
    mail::{MailPlace, PlaceError, SmtpMailer},
};

/// Options that every command takes.
#[derive(Debug, Clone, Default, Args, Serialize)]
pub struct Options {
    /// A file of options, in TOML.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, global = true, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// The domain whose labels are the workspaces' prefixes [default: localhost].
    #[arg(long, global = true, value_name = "DOMAIN")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_domain: Option<String>,
    /// Where people reach the platform; links are built from it [default: http://localhost:8080].
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<Url>,
    /// The folder for the database file and the secret [default: ./data].
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// The database: `sqlite:` or `postgres:` [default: a SQLite file in the data folder].
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// The database as its owner, for `migrate` (and for `demo` on PostgreSQL).
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migrate_database_url: Option<String>,
    /// The PostgreSQL role that `serve` connects as; `migrate` lets it read and write.
    #[arg(long, global = true, value_name = "ROLE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_role: Option<String>,
    /// The file that opens the signing keys; made on SQLite, required on PostgreSQL.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
    /// The networks of our own proxies, with commas between: their `X-Forwarded-For` and `X-Forwarded-Host` count.
    #[arg(long, global = true, value_name = "NETWORKS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_proxies: Option<String>,
    /// The SMTP server that letters are handed to, `smtp://` or `smtps://` with user and password; or `none` [default: none].
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// The sender of letters: an address, or `Name <address>`.
    #[arg(long, global = true, value_name = "SENDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,
    /// Failed sign-ins for one account before it is locked for a while [default: 10].
    #[arg(long, global = true, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_failures_per_account: Option<u32>,
    /// Failed sign-ins from one address before it is locked for a while [default: 100].
    #[arg(long, global = true, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_failures_per_address: Option<u32>,
    /// How many seconds a failed sign-in counts [default: 900].
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_window: Option<u32>,
    /// Whether `/oauth/token` takes a password [default: true].
    #[arg(long, global = true, value_name = "BOOL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_grant: Option<bool>,
    /// What to log, as `RUST_LOG` spells it [default: info, without PostgreSQL's notices and each step of a migration].
    #[arg(long, global = true, value_name = "FILTER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<String>,
    /// How to log [default: text].
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<LogFormat>,
}

/// How lines of the log look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// The options as they hold, every default filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The domain whose labels are the workspaces' prefixes.
    pub base_domain: String,
    /// Where people reach the platform.
    pub public_url: Url,
    /// The folder for the database file and the secret.
    pub data: PathBuf,
    /// The database.
    pub database_url: Option<SecretString>,
    /// The database as its owner.
    pub migrate_database_url: Option<SecretString>,
    /// The PostgreSQL role that `serve` connects as.
    pub service_role: Option<String>,
    /// The file that opens the signing keys.
    pub secret_file: Option<PathBuf>,
    /// The networks of our own proxies, with commas between.
    pub trusted_proxies: String,
    /// The SMTP server that letters are handed to, or `none`.
    pub mail: SecretString,
    /// The sender of letters.
    pub mail_from: Option<String>,
    /// Failed sign-ins for one account before it is locked.
    pub sign_in_failures_per_account: NonZeroU32,
    /// Failed sign-ins from one address before it is locked.
    pub sign_in_failures_per_address: NonZeroU32,
    /// How many seconds a failed sign-in counts.
    pub sign_in_window: NonZeroU32,
    /// Whether `/oauth/token` takes a password.
    pub password_grant: bool,
    /// What to log.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
}

impl Configuration {
    /// Reads the options: a flag beats the environment, which beats the file.
    ///
    /// # Errors
    /// Where a file is not readable, an option is unknown, or a value is not of its kind.
    pub fn read(options: &Options) -> anyhow::Result<Self> {
        let mut sources = Config::builder()
            .set_default("listen", "127.0.0.1:8080")?
            .set_default("base_domain", "localhost")?
            .set_default("public_url", "http://localhost:8080")?
            .set_default("data", "./data")?
            .set_default("trusted_proxies", "")?
            .set_default("mail", "none")?
            .set_default("sign_in_failures_per_account", 10)?
            .set_default("sign_in_failures_per_address", 100)?
            .set_default("sign_in_window", 900)?
            .set_default("password_grant", true)?
            .set_default("log", "info,sqlx::postgres::notice=error,sea_orm_migration=warn")?
            .set_default("log_format", "text")?;
        if let Some(file) = &options.config {
            sources = sources.add_source(File::from(file.as_path()));
        }
        let environment = Environment::with_prefix("GUILDHALL").prefix_separator("_").ignore_empty(true);
        let environment = environment.try_parsing(true);
        let known = Config::builder().add_source(environment).build()?.try_deserialize::<KnownOptions>()?;
        sources = sources.add_source(Config::try_from(&known)?).add_source(Config::try_from(options)?);
        sources.build()?.try_deserialize().context("the options are not right")
    }

    /// The proxies whose word counts.
    ///
    /// # Errors
    /// Where one of them is no network.
    pub fn proxies(&self) -> anyhow::Result<Proxies> {
        let named = self.trusted_proxies.split(',').map(str::trim).filter(|one| !one.is_empty());
        let networks = named.map(str::parse).collect::<Result<Vec<_>, String>>();
        Ok(Proxies::new(networks.map_err(anyhow::Error::msg).context("`trusted_proxies`")?))
    }

    /// What carries letters; `None` where mail is off.
    ///
    /// # Errors
    /// Where `mail` names no SMTP server, or `mail_from` no sender. It repeats nothing of `mail`, which may hold a password.
    pub fn mailer(&self) -> anyhow::Result<Option<SmtpMailer>> {
        if !self.mails() {
            return Ok(None);
        }
        let place: MailPlace =
            self.mail.expose_secret().parse().map_err(|error: PlaceError| anyhow!("`mail` {error}"))?;
        let from =
            self.mail_from.as_deref().context("`mail` needs `mail_from`: who the letters come from")?;
        Ok(Some(SmtpMailer::new(&place, from)?))
    }

    /// Whether mail is on.
    pub fn mails(&self) -> bool {
        self.mail.expose_secret() != "none"
    }

    /// How often somebody may try to sign in.
    pub fn sign_in_limits(&self) -> SignInLimits {
        let number = |limit: NonZeroU32| usize::try_from(limit.get()).unwrap_or(usize::MAX);
        SignInLimits {
            per_account: number(self.sign_in_failures_per_account),
            per_address: number(self.sign_in_failures_per_address),
            window: TimeDelta::seconds(self.sign_in_window.get().into()),
        }
    }

    /// The base domain, checked.
    ///
    /// # Errors
    /// Where it is no domain.
    pub fn base_domain(&self) -> anyhow::Result<BaseDomain> {
        self.base_domain.parse().with_context(|| format!("`base_domain` is `{}`", self.base_domain))
    }
}

/// The options that the environment may give. Other variables of the prefix are for tests and for other programs.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct KnownOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    database_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    migrate_database_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_proxies: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in_failures_per_account: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in_failures_per_address: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in_window: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_grant: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_format: Option<String>,
}
