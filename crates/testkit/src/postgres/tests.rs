use std::fs;

use sea_orm::sqlx::{self, Connection as _, PgConnection, Row as _, raw_sql};

use super::*;

/// A migration as small as can be: one table, which the service may write and not change.
async fn migrate(owner_url: &str, service_role: &str) -> anyhow::Result<()> {
    let mut owner = PgConnection::connect(owner_url).await?;
    let statement = format!(
        "CREATE TABLE stone (weight int); GRANT USAGE ON SCHEMA public TO {service_role};
         GRANT SELECT, INSERT ON stone TO {service_role}"
    );
    raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut owner).await?;
    // The connection is left open on purpose: a template must cope with it.
    std::mem::forget(owner);
    Ok(())
}

async fn stones(url: &str) -> i64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query("SELECT count(*) FROM stone").fetch_one(&mut connection).await.unwrap().get(0)
}

async fn add_stone(url: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query("INSERT INTO stone VALUES (1)").execute(&mut connection).await.unwrap();
}

#[tokio::test]
async fn each_test_gets_a_migrated_database_of_its_own() {
    let first = database_from("stones", migrate).await.unwrap();
    let second = database_from("stones", migrate).await.unwrap();

    add_stone(&first.service_url).await;

    assert_eq!(stones(&first.service_url).await, 1);
    assert_eq!(stones(&second.service_url).await, 0);
}

#[tokio::test]
async fn the_service_role_reads_and_owns_nothing_of_the_store() {
    let database = database().await.unwrap();
    let mut service = PgConnection::connect(&database.service_url).await.unwrap();

    let readable = sqlx::query("SELECT id FROM workspace").fetch_all(&mut service).await;
    let owned: i64 = sqlx::query("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        .fetch_one(&mut service)
        .await
        .unwrap()
        .get(0);

    assert!(readable.is_ok());
    assert_eq!(owned, 0);
}

#[tokio::test]
async fn one_template_is_built_however_many_ask() {
    let key = SystemIds.uuid().to_string();
    let built = AtomicU32::new(0);
    let count = async |owner_url: &str, service_role: &str| {
        built.fetch_add(1, Ordering::Relaxed);
        migrate(owner_url, service_role).await
    };

    let made = tokio::join!(
        database_from(&key, count),
        database_from(&key, count),
        database_from(&key, count),
        database_from(&key, count),
    );

    assert!(made.0.is_ok() && made.1.is_ok() && made.2.is_ok() && made.3.is_ok());
    assert_eq!(built.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_template_whose_building_failed_is_built_again() {
    let key = SystemIds.uuid().to_string();
    let failing = async |owner_url: &str, service_role: &str| {
        migrate(owner_url, service_role).await?;
        anyhow::bail!("interrupted")
    };

    let failed = database_from(&key, failing).await;
    let made = database_from(&key, migrate).await;

    assert!(failed.is_err());
    assert!(made.is_ok());
}

#[tokio::test]
async fn neither_role_is_above_row_level_security() {
    let database = database_from("stones", migrate).await.unwrap();
    let mut admin = PgConnection::connect(&database.admin_url).await.unwrap();

    let above: i64 = sqlx::query(
        "SELECT count(*) FROM pg_roles WHERE rolname IN ('guildhall_owner', 'guildhall_service')
         AND (rolsuper OR rolbypassrls)",
    )
    .fetch_one(&mut admin)
    .await
    .unwrap()
    .get(0);
    let owner: String = sqlx::query("SELECT tableowner FROM pg_tables WHERE tablename = 'stone'")
        .fetch_one(&mut admin)
        .await
        .unwrap()
        .get(0);

    assert_eq!(above, 0);
    assert_eq!(owner, OWNER_ROLE);
}

#[tokio::test]
async fn a_dropped_database_is_gone_even_while_somebody_is_connected() {
    let database = database_from("stones", migrate).await.unwrap();
    let url = database.service_url.clone();
    let _connected = PgConnection::connect(&url).await.unwrap();

    drop(database);

    assert!(PgConnection::connect(&url).await.is_err());
}

#[test]
fn a_key_changes_with_any_file_below_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    fs::write(folder.path().join("below/one.sql"), "CREATE TABLE a ()").unwrap();

    let before = key_of_folder(folder.path()).unwrap();
    let unchanged = key_of_folder(folder.path()).unwrap();
    fs::write(folder.path().join("below/one.sql"), "CREATE TABLE b ()").unwrap();
    let after = key_of_folder(folder.path()).unwrap();

    assert_eq!(before, unchanged);
    assert_ne!(before, after);
}
