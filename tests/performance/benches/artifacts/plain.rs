//! The same contents without layers: one table, one row for each, read as simply as can be.

use std::hint::black_box;

use guildhall_artifacts::Content;
use guildhall_store::SeaDatabase;
use sea_orm::{ConnectionTrait as _, Statement, TransactionTrait as _, Value};

use super::fill::{ARTIFACTS, content, execute, key};

const TABLE: &str = "create table plain_artifact (
    kind text not null, path text not null, state text not null, version_id text not null, number bigint not null,
    generation bigint not null, hash text not null, title text not null, enabled boolean not null, origin text not null,
    at text not null, content text not null, primary key (kind, path))";

pub struct Plain<'a>(&'a SeaDatabase);

impl<'a> Plain<'a> {
    pub async fn make(database: &'a SeaDatabase) -> Self {
        execute(database, TABLE).await;
        let backend = database.connection().get_database_backend();
        let transaction = database.connection().begin().await.unwrap();
        for number in 0..ARTIFACTS {
            let (key, content) = (key(number), content(number, "System"));
            let values: [Value; 12] = [
                key.kind.to_string().into(),
                key.name.to_string().into(),
                "LIVE".into(),
                key.id().to_string().into(),
                1_i64.into(),
                1_i64.into(),
                content.hash().to_string().into(),
                format!("Preset {number}").into(),
                true.into(),
                "CUSTOMIZE".into(),
                "2026-01-01T00:00:00Z".into(),
                content.text().into(),
            ];
            let sql = "insert into plain_artifact values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
            transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.unwrap();
        }
        transaction.commit().await.unwrap();
        Self(database)
    }

    /// One row and its content, in a transaction that is dropped, as everything is read.
    pub async fn find(&self, number: usize) {
        let key = key(number);
        let values: [Value; 2] = [key.kind.to_string().into(), key.name.to_string().into()];
        let rows = self.read("select * from plain_artifact where kind = $1 and path = $2", values).await;
        let text: String = rows.first().unwrap().try_get("", "content").unwrap();
        black_box(Content::from_text(&text).unwrap());
    }

    /// A page without contents.
    pub async fn list(&self, after: usize, limit: usize) {
        let key = key(after);
        let values: [Value; 3] =
            [key.kind.to_string().into(), key.name.to_string().into(), (limit as i64 + 1).into()];
        let sql = "select kind, path, state, version_id, number, generation, hash, title, enabled, origin, at
                   from plain_artifact where kind = $1 and path > $2 order by path limit $3";
        let rows = self.read(sql, values).await;
        for row in &rows {
            for text in ["kind", "path", "state", "version_id", "hash", "title", "origin", "at"] {
                black_box(row.try_get::<String>("", text).unwrap());
            }
            for number in ["number", "generation"] {
                black_box(row.try_get::<i64>("", number).unwrap());
            }
            black_box(row.try_get::<bool>("", "enabled").unwrap());
        }
    }

    async fn read<const N: usize>(&self, sql: &str, values: [Value; N]) -> Vec<sea_orm::QueryResult> {
        let connection = self.0.reading_connection();
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        let transaction = connection.begin().await.unwrap();
        transaction.query_all_raw(statement).await.unwrap()
    }
}
