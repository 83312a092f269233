//! Opening what the options name: the secret, the database, the kernel.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path, sync::Arc};

use anyhow::{Context as _, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use guildhall_artifacts::Kinds;
use guildhall_core::{IdGenerator as _, SystemIds};
use guildhall_kernel::{Kernel, MasterKey, Settings};
use guildhall_store::{SeaDatabase, gate, migrate, pending};
use secrecy::ExposeSecret as _;

use crate::config::Configuration;

/// The database's URL: the given one, or the SQLite file in the data folder.
pub(super) fn database_url(configuration: &Configuration, file: &str) -> anyhow::Result<String> {
    if let Some(url) = &configuration.database_url {
        return Ok(url.expose_secret().to_owned());
    }
    let folder = &configuration.data;
    fs::create_dir_all(folder).with_context(|| format!("the folder `{}` can't be made", folder.display()))?;
    Ok(format!("sqlite://{}?mode=rwc", folder.join(file).display()))
}

/// Whether a URL names a SQLite database, which its only user migrates himself.
pub(super) fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

/// Opens a database that is whole: migrated, and on PostgreSQL with its walls standing.
pub(super) async fn database(url: &str) -> anyhow::Result<SeaDatabase> {
    if is_sqlite(url) {
        migrate(url, None).await?;
    }
    let database = SeaDatabase::connect(url).await?;
    let missing = pending(&database).await.context("the database does not say how far it is migrated")?;
    ensure!(
        missing == 0,
        "the database lacks {missing} migrations: run `guildhall migrate` as the owner of its tables"
    );
    gate::check(&database).await?;
    Ok(database)
}

/// A kernel on a database, ready to serve. `mail` says whether it writes letters.
pub(super) async fn kernel(
    configuration: &Configuration,
    database: SeaDatabase,
    url: &str,
    mail: bool,
) -> anyhow::Result<Kernel> {
    let settings = Settings {
        public_url: configuration.public_url.clone(),
        base_domain: configuration.base_domain()?,
        master_key: master_key(configuration, url)?,
        password_grant: configuration.password_grant,
        mail,
        kinds: Arc::new(Kinds::built_in().map_err(anyhow::Error::msg)?),
        sign_in: configuration.sign_in_limits(),
    };
    let kernel = Kernel::new(Arc::new(database), settings);
    kernel.prepare().await?;
    Ok(kernel)
}

/// What the secret file holds; on SQLite the file is made where it is not there.
fn master_key(configuration: &Configuration, url: &str) -> anyhow::Result<MasterKey> {
    let file = match &configuration.secret_file {
        Some(file) => file.clone(),
        None if is_sqlite(url) => configuration.data.join("secret"),
        None => bail!("`secret_file` is required on PostgreSQL: make one with `openssl rand -base64 32`"),
    };
    if !file.exists() && is_sqlite(url) {
        make_secret(&file)?;
    }
    let text = fs::read_to_string(&file).with_context(|| format!("`{}` is not readable", file.display()))?;
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    let bytes = bytes.with_context(|| format!("`{}` must hold 32 bytes in base64", file.display()))?;
    Ok(MasterKey::new(bytes))
}

fn make_secret(file: &Path) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("the folder `{}` can't be made", folder.display()))?;
    }
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(SystemIds.secret().reveal())?;
    let mut made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    writeln!(made, "{}", STANDARD.encode(bytes))?;
    Ok(())
}
