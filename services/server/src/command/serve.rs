//! `guildhall serve`.

use std::{io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, ValueEnum};
use guildhall_kernel::{Kernel, Mailer, NOTICE};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    time::Instant,
};
use url::Url;

use super::open;
use crate::{app::app_behind, base, config::Configuration, layer::proxy::Proxies, routes::health::Draining};

/// How long requests that are being worked on, and the letter that is being sent, may take to end once the process is told to.
const DRAIN: Duration = Duration::from_secs(30);

/// `guildhall serve`
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Serve in spite of what would be refused.
    #[arg(long, value_enum, value_name = "WHAT")]
    allow: Vec<Allowed>,
}

/// What `serve` refuses unless it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allowed {
    /// An http `public_url` that is not on this machine.
    Http,
    /// A `public_url` whose host is not `base_domain`.
    Host,
    /// A database that `demo` made, whose passwords everybody knows.
    Demo,
    /// Mail off beside https: invitations then show their link to whoever invites.
    NoMail,
}

impl Serve {
    pub(super) async fn run(self, configuration: Configuration) -> anyhow::Result<()> {
        self.check(&configuration)?;
        let mailer = configuration.mailer()?.map(|mailer| Arc::new(mailer) as Arc<dyn Mailer>);
        let url = open::database_url(&configuration, "guildhall.db")?;
        let database = open::database(&url).await?;
        if guildhall_store::is_demo(&database).await? && !self.allow.contains(&Allowed::Demo) {
            bail!(
                "this database was made by `guildhall demo`, whose passwords everybody knows; `--allow demo` serves it all the same"
            );
        }
        let kernel = open::kernel(&configuration, database, &url, configuration.mails()).await?;
        base::ship(&kernel).await.context("the base package can't be deployed")?;
        if mailer.is_none() {
            tracing::warn!("mail is off: an invitation's link is in the answer to whoever invites");
        }
        serve(kernel, configuration.listen, configuration.proxies()?, mailer, |address| {
            announce(&format!("guildhall serves {} on http://{address}", configuration.public_url))
        })
        .await
    }

    fn check(&self, configuration: &Configuration) -> anyhow::Result<()> {
        let url = &configuration.public_url;
        if url.scheme() == "http" && !is_loopback(url) && !self.allow.contains(&Allowed::Http) {
            bail!("`public_url` is `{url}`: use https, or name it with `--allow http`");
        }
        if url.host_str() != Some(configuration.base_domain.as_str()) && !self.allow.contains(&Allowed::Host)
        {
            bail!(
                "`public_url` is `{url}`, whose host is not `base_domain` (`{}`); `--allow host` serves it all the same",
                configuration.base_domain
            );
        }
        if url.scheme() == "https" && !configuration.mails() && !self.allow.contains(&Allowed::NoMail) {
            bail!(
                "mail is off, so that whoever invites sees the invitation's link: set `mail` and `mail_from`, or name it with `--allow no-mail`"
            );
        }
        Ok(())
    }
}

/// Whether a URL leads to this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Serves until the process is told to end, then lets what is being worked on end.
pub(super) async fn serve(
    kernel: Kernel,
    listen: SocketAddr,
    proxies: Proxies,
    mailer: Option<Arc<dyn Mailer>>,
    ready: impl FnOnce(SocketAddr) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(listen).await.with_context(|| format!("`{listen}` can't be listened on"))?;
    let draining = Draining::default();
    keep_keys_fresh(kernel.clone());
    let service = app_behind(&kernel, draining.clone(), proxies);
    let following = tokio::spawn(kernel.clone().follow());
    ready(listener.local_addr()?)?;
    let (told, mut drained) = tokio::sync::watch::channel(None::<Instant>);
    let (mut told_too, deadline) = (drained.clone(), drained.clone());
    let stopped = async move { drop(told_too.wait_for(Option::is_some).await) };
    let streaming = kernel.clone();
    let delivering = mailer.map(|mailer| tokio::spawn(kernel.deliver_mail(mailer, stopped)));
    let stop = async move {
        told_to_end().await;
        draining.begin();
        // They would never end by themselves.
        streaming.end_streams();
        told.send_replace(Some(Instant::now() + DRAIN));
    };
    let serving = axum::serve(listener, service.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop);
    let ended = tokio::select! {
        served = async { serving.await } => served.context("the service broke off"),
        () = async {
            let until = drained.wait_for(Option::is_some).await.ok().and_then(|until| *until);
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        } => Err(anyhow!("some requests did not end within {} seconds", DRAIN.as_secs())),
    };
    following.abort();
    if let Some(delivering) = delivering {
        let until = deadline.borrow().unwrap_or_else(|| Instant::now() + DRAIN);
        // The letter in its hands is not sent twice by being sent to the end.
        drop(tokio::time::timeout_at(until, delivering).await);
    }
    ended
}

/// Other nodes, and the command line, may rotate the signing keys.
fn keep_keys_fresh(kernel: Kernel) {
    let each = NOTICE.to_std().unwrap_or(Duration::from_secs(60));
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(each).await;
            if let Err(error) = kernel.refresh_keys().await {
                tracing::warn!(%error, "the signing keys could not be read again");
            }
        }
    });
}

async fn told_to_end() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Says something to whoever started the process, on standard output.
pub(super) fn announce(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}
