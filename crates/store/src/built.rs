//! Statements whose text is built once. Building one takes longer than SQLite takes to run it, which counts where most
//! requests send it.

use std::sync::OnceLock;

use guildhall_core::StoreError;
use sea_orm::{ConnectionTrait, DbBackend, Statement, StatementBuilder, Value, Values};

use crate::SeaUnitOfWork;

/// The text of one statement, for each kind of database.
pub(crate) struct Built {
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Built {
    pub(crate) const fn new() -> Self {
        Self { sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    fn text(&self, backend: DbBackend) -> &OnceLock<String> {
        match backend {
            DbBackend::Postgres => &self.postgres,
            _ => &self.sqlite,
        }
    }
}

impl SeaUnitOfWork {
    /// The statement with these values, which are all that differs between one time and the next. `build` makes it where its
    /// text is not known yet, with the values in this order.
    ///
    /// # Errors
    /// [`StoreError::Backend`] where the values of what was built are others.
    pub(crate) fn built<S: StatementBuilder>(
        &self,
        text: &Built,
        values: Vec<Value>,
        build: impl FnOnce() -> Result<S, StoreError>,
    ) -> Result<Statement, StoreError> {
        let backend = self.transaction().get_database_backend();
        if !self.filters() {
            return Ok(backend.build(&build()?));
        }
        let text = text.text(backend);
        if let Some(text) = text.get() {
            return Ok(Statement::from_sql_and_values(backend, text, values));
        }
        let statement = backend.build(&build()?);
        if statement.values != Some(Values(values)) {
            return Err(StoreError::Backend(format!("other values are in `{}`", statement.sql)));
        }
        Ok(Statement { sql: text.get_or_init(|| statement.sql).clone(), ..statement })
    }
}
