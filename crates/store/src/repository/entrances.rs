//! What requests are let in by: over tables of the platform, which belong to no workspace.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use guildhall_core::{SessionId, StoreError, UserId, WorkspaceId};
use guildhall_identity::Session;
use guildhall_kernel::{Entrance, NamedSession};
use guildhall_tenancy::WorkspacePrefix;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{error::store_error, rows::secret_hash};

/// One row, whatever there is of both. `{named}` is the column that names the session.
const ENTRANCE: &str = "
select w.id, u.id, s.id, s.workspace_id, s.secret_hash, s.created_at, s.expires_at, s.ended_at
from (select 1 as one) as request
left join workspace w on w.prefix = $1
left join session s on s.{named} = $2
left join app_user u on u.id = s.user_id and u.active";

static BY_ID: LazyLock<String> = LazyLock::new(|| ENTRANCE.replace("{named}", "id"));
static BY_SECRET: LazyLock<String> = LazyLock::new(|| ENTRANCE.replace("{named}", "secret_hash"));

/// Looks them up by any connection of the pool, outside of every transaction.
pub(crate) async fn find_entrance(
    connection: &DatabaseConnection,
    prefix: Option<&WorkspacePrefix>,
    session: Option<NamedSession<'_>>,
) -> Result<Entrance, StoreError> {
    if prefix.is_none() && session.is_none() {
        return Ok(Entrance::default());
    }
    let prefix: Value = prefix.map(ToString::to_string).into();
    let (sql, named): (&str, Value) = match session {
        Some(NamedSession::Id(id)) => (&BY_ID, id.uuid().into()),
        Some(NamedSession::Secret(hash)) => (&BY_SECRET, hash.as_bytes().to_vec().into()),
        None => (&BY_ID, None::<Uuid>.into()),
    };
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, [prefix, named]);
    let row = connection.query_one_raw(statement).await.map_err(store_error)?;
    row.as_ref().map(entrance).transpose().map(Option::unwrap_or_default)
}

type Row = (Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<Vec<u8>>, Moment, Moment, Moment);
type Moment = Option<DateTime<Utc>>;

fn entrance(row: &QueryResult) -> Result<Entrance, StoreError> {
    let (workspace, user, id, bound, hash, created_at, expires_at, ended_at): Row =
        row.try_get_many_by_index().map_err(store_error)?;
    let stored = (user, id, created_at, expires_at);
    let session = if let (Some(user), Some(id), Some(created_at), Some(expires_at)) = stored {
        Some(Session {
            id: SessionId::new(id),
            user_id: UserId::new(user),
            workspace_id: bound.map(WorkspaceId::new),
            secret_hash: hash.map(|hash| secret_hash(&hash)).transpose()?,
            created_at,
            expires_at,
            ended_at,
        })
    } else {
        None
    };
    Ok(Entrance { workspace: workspace.map(WorkspaceId::new), session })
}
