//! The database's catalogue, held to the store's lists: every table is known, every workspace's table is walled in.

use std::collections::BTreeSet;

use guildhall_store::{PLATFORM_TABLES, SHARED_TABLES, SeaDatabase, WORKSPACE_TABLES, gate};
use guildhall_testkit::postgres;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Tables whose rows belong to a workspace.
fn scoped() -> BTreeSet<String> {
    WORKSPACE_TABLES.iter().chain(SHARED_TABLES).map(ToString::to_string).collect()
}

async fn texts(connection: &DatabaseConnection, sql: &str, column: &str) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", column).unwrap()).collect()
}

async fn execute(url: &str, sql: &str) {
    let connection = sea_orm::Database::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

async fn fault(url: &str) -> String {
    let database = SeaDatabase::connect(url).await.unwrap();
    gate::check(&database).await.unwrap_err().to_string()
}

/// The same server under another role of the cluster.
fn as_role(url: &str, role: &str) -> String {
    let mut url = url::Url::parse(url).unwrap();
    url.set_username(role).unwrap();
    url.into()
}

#[tokio::test]
async fn every_table_stands_in_one_list() {
    let made = postgres::database().await.unwrap();
    let connection = sea_orm::Database::connect(&made.owner_url).await.unwrap();
    let sql =
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'seaql_migrations'";

    let found: BTreeSet<String> = texts(&connection, sql, "tablename").await.into_iter().collect();

    let mut listed = scoped();
    listed.extend(PLATFORM_TABLES.iter().map(ToString::to_string));
    assert_eq!(found, listed);
    assert_eq!(listed.len(), PLATFORM_TABLES.len() + WORKSPACE_TABLES.len() + SHARED_TABLES.len());
}

#[tokio::test]
async fn the_workspace_stands_first_in_the_key_of_every_workspaces_table() {
    let made = postgres::database().await.unwrap();
    let connection = sea_orm::Database::connect(&made.owner_url).await.unwrap();
    let sql = "select c.relname as name from pg_index i join pg_class c on c.oid = i.indrelid
               join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
               where i.indisprimary and a.attname = 'workspace_id'";

    let found: BTreeSet<String> = texts(&connection, sql, "name").await.into_iter().collect();

    assert_eq!(scoped().difference(&found).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[tokio::test]
async fn unique_indexes_of_a_workspaces_table_begin_with_the_workspace() {
    let made = postgres::database().await.unwrap();
    let connection = sea_orm::Database::connect(&made.owner_url).await.unwrap();
    let sql = "select c.relname as name from pg_index i join pg_class c on c.oid = i.indrelid
               join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
               left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
               where i.indisunique and coalesce(a.attname, '') <> 'workspace_id'";

    let found: BTreeSet<String> = texts(&connection, sql, "name").await.into_iter().collect();

    assert_eq!(scoped().intersection(&found).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[tokio::test]
async fn references_between_workspaces_tables_carry_the_workspace() {
    let made = postgres::database().await.unwrap();
    let connection = sea_orm::Database::connect(&made.owner_url).await.unwrap();
    let listed = scoped().iter().map(|table| format!("'{table}'")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select f.conname || ' of ' || c.relname as name from pg_constraint f
         join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
         where f.contype = 'f' and c.relname in ({listed}) and t.relname in ({listed})
           and not exists (select from pg_attribute a
                           where a.attrelid = t.oid and a.attnum = any(f.confkey) and a.attname = 'workspace_id')"
    );

    let found = texts(&connection, &sql, "name").await;

    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn the_service_role_may_serve() {
    let made = postgres::database().await.unwrap();
    let database = SeaDatabase::connect(&made.service_url).await.unwrap();

    gate::check(&database).await.unwrap();
}

#[tokio::test]
async fn a_role_that_row_level_security_does_not_bind_may_not_serve() {
    let made = postgres::database().await.unwrap();
    let role = format!("bypass_{}", made.name);
    let database = &made.name;
    execute(
        &made.admin_url,
        &format!("create role {role} login bypassrls; grant connect on database {database} to {role}"),
    )
    .await;

    let owner = fault(&made.owner_url).await;
    let superuser = fault(&made.admin_url).await;
    let bypass = fault(&as_role(&made.service_url, &role)).await;

    execute(&made.admin_url, &format!("revoke connect on database {database} from {role}; drop role {role}"))
        .await;
    assert!(owner.contains("owns the tables"), "{owner}");
    assert!(superuser.contains("is a superuser"), "{superuser}");
    assert!(bypass.contains("has BYPASSRLS"), "{bypass}");
}

#[tokio::test]
async fn one_unforced_table_is_found_and_named() {
    let made = postgres::database().await.unwrap();
    execute(&made.owner_url, "alter table project no force row level security").await;

    let fault = fault(&made.service_url).await;

    assert!(fault.contains("`project`"), "{fault}");
}

#[tokio::test]
async fn a_table_that_nobody_listed_is_found_and_named() {
    let made = postgres::database().await.unwrap();
    execute(&made.owner_url, "create table stray (workspace_id uuid)").await;

    let fault = fault(&made.service_url).await;

    assert!(fault.contains("`stray`"), "{fault}");
}

/// What the service role sees of another workspace's rows when a statement names no workspace.
#[tokio::test]
async fn row_level_security_alone_shows_no_rows_of_another_workspace() {
    let made = postgres::database().await.unwrap();
    let connection = sea_orm::Database::connect(&made.service_url).await.unwrap();
    for table in scoped() {
        let sql = format!("select 1 as n from {table}");
        let statement = Statement::from_string(DbBackend::Postgres, sql);

        let rows = connection.query_all_raw(statement).await.unwrap();

        assert!(rows.is_empty(), "{table} shows rows to a connection that is bound to no workspace");
    }
}
