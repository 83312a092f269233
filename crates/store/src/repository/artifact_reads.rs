//! What resolution reads: the space, what stands at keys, and what versions say. Each question is one statement with one row, whose
//! columns are lists of arrays in JSON: a row for each thing would cost more than the thing, since each is handed from thread to
//! thread by itself. Each part of a statement names its space; System's rows are read by all.

use std::sync::LazyLock;

use guildhall_artifacts::{
    ArtifactKey, ArtifactName, KindName, Layer, PackageId, Pattern, Placed, Space, Stack, Stretch,
    StretchQuery,
};
use guildhall_core::{StoreError, WorkspaceId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use super::{
    artifact_lists::{by_name, cut, documents, of_package, own, placed, space, stack},
    artifact_rows::{layer_column, package_column},
};
use crate::{SeaUnitOfWork, error::store_error};

/// The layers of a workspace that may stand at one key.
const LAYERS: usize = 3;

/// The packages that the space ($1) and System ($2) have deployed, each with whether it is System's, and is not offered to the space.
const DEPLOYED: &str = "deployed as (
    select d.package, case when d.workspace_id = $2 then 1 else 0 end as systems,
        case when o.offer = 'NONE' or (o.offer = 'LIST' and n.package is null) then 1 else 0 end as withheld
    from package_deployment d
    left join package_offer o on o.workspace_id = d.workspace_id and o.package = d.package
    left join package_offer_workspace n
        on n.workspace_id = o.workspace_id and n.package = o.package and n.named_workspace_id = $1
    where d.workspace_id in ($1, $2))";

/// The space as it stands, which every statement says first.
const SPACE: &str = "
    (select g.generation from artifact_generation g where g.workspace_id = $1) as own,
    (select g.generation from artifact_generation g where g.workspace_id = $2) as system,
    (select cast({list}({row}(d.package, d.systems, d.withheld)) as text) from deployed d) as packages";

/// What stands at a key, in the space and in System.
const AT: &str = "a.workspace_id in ($1, $2) and a.kind = $3 and a.package = $4 and a.path = $5";

/// What stands somewhere, as `artifact_lists` reads it.
const PLACED: &str = "{row}(a.package, a.path, a.layer, a.generation, a.state, {id}(a.version_id), a.number,
    {hex}(a.content_hash{as_hex}), a.title, {flag}(a.enabled), a.origin, a.at,
    {id}(a.base_home), {id}(a.base_version_id), {hex}(a.base_hash{as_hex}))";

/// What a version says. Its JSON comes as texts, which costs the database least.
const DOCUMENT: &str = "{row}({id}(v.id), v.content, v.locked, v.schema_version)";

/// What the versions say that stand there, and those that these were made from: few, so that each is looked up (SQLite keeps the
/// order of a cross join).
static DOCUMENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "(select cast({{list}}({DOCUMENT}) as text)
        from (select s.workspace_id as home, s.version_id as id from stands s
            union select s.base_home, s.base_version_id from stands s) w
        cross join artifact_version v
        where v.workspace_id = w.home and v.id = w.id) as documents"
    )
});

/// The space.
static STANDING: LazyLock<Spelled> =
    LazyLock::new(|| Spelled::new(&format!("with {DEPLOYED} select {SPACE}")));

/// What stands at one key, with what its version says; System's is not looked up where the space has something over it.
static TOP: LazyLock<Spelled> = LazyLock::new(|| {
    Spelled::new(&format!(
        "with {DEPLOYED}
        select {SPACE}, (select cast({{list}}({{row}}({PLACED}, {DOCUMENT})) as text)
            from artifact a
            left join artifact_version v on v.workspace_id = a.workspace_id and v.id = a.version_id
                and (a.workspace_id = $1 or not exists (select 1 from artifact o
                    where o.workspace_id = $1 and o.kind = $3 and o.package = $4 and o.path = $5 and o.state <> 'GONE'))
            where {AT}) as placed"
    ))
});

/// Everything at one key.
static AT_KEY: LazyLock<Spelled> = LazyLock::new(|| {
    Spelled::new(&format!(
        "with {DEPLOYED},
        stands as (select * from artifact a where {AT})
        select {SPACE}, (select cast({{list}}({PLACED}) as text) from stands a) as placed, {}",
        *DOCUMENTS
    ))
});

/// Everything that the space itself has of a kind.
static OWN: LazyLock<Spelled> = LazyLock::new(|| {
    Spelled::new(&format!(
        "with stands as (select * from artifact a
            where a.workspace_id = $1 and a.kind = $3 and a.state <> 'GONE')
        select (select cast({{list}}({PLACED}) as text) from stands a) as placed, {}",
        *DOCUMENTS
    ))
});

/// What the space has of a package in one layer, and what is locked in it.
static OF_PACKAGE: LazyLock<Spelled> = LazyLock::new(|| {
    Spelled::new(&format!(
        "with stands as (select * from artifact a
            where a.workspace_id = $1 and a.package = $2 and a.layer = $3 and a.state <> 'GONE')
        select (select cast({{list}}({{row}}(a.kind, {PLACED})) as text) from stands a) as placed,
            (select cast({{list}}({{row}}({{id}}(v.id), v.locked)) as text) from stands a
                join artifact_version v on v.workspace_id = $1 and v.id = a.version_id) as locks"
    ))
});

/// A part of a kind, up to the edge: the key at which enough of System's were seen, or what sorts behind all of them. Of what
/// the space itself has, no more than a limit: a sum, since SQLite plans anew for each number that is bound as one. For System the
/// two are one.
static PART: LazyLock<Spelled> = LazyLock::new(|| {
    let behind = "a.kind = $3 and a.state <> 'GONE' and (a.package, a.path) > ($4, $5)";
    let within = format!("{behind} and (a.package, a.path) <= (select e.package, e.path from edge e)");
    let shared = "a.workspace_id = $2 and ($1 = $2 or a.package not in (select u.package from unseen u))";
    Spelled::new(&format!(
        "with {DEPLOYED},
        unseen as (select d.package from deployed d where d.systems = 0 or d.withheld = 1),
        edge as (select count(*) as cut, coalesce(max(l.package), '~') as package, coalesce(max(l.path), '~') as path
            from (select a.package, a.path from artifact a where {shared} and {behind}
                order by a.package, a.path limit 1 offset $6) l)
        select {SPACE},
            (select cast({{list}}({PLACED}) as text) from (select * from artifact a where {shared} and {within}
                order by a.package, a.path limit $6 + 1) a) as shared,
            (select cast({{list}}({PLACED}) as text) from (select * from artifact a
                where a.workspace_id = $1 and $1 <> $2 and {within}
                order by a.package, a.path limit $7 + 0) a) as placed,
            (select e.cut from edge e) as cut"
    ))
});

/// One text for each database: how JSON is made, and of what.
struct Spelled {
    sqlite: String,
    postgres: String,
}

impl Spelled {
    fn new(sql: &str) -> Self {
        let spell = |words: [(&str, &str); 6]| {
            words.iter().fold(sql.to_owned(), |sql, (word, own)| sql.replace(word, own))
        };
        Self {
            sqlite: spell([
                ("{list}", "json_group_array"),
                ("{row}", "json_array"),
                ("{id}", "hex"),
                ("{hex}", "hex"),
                ("{as_hex}", ""),
                ("{flag}", ""),
            ]),
            postgres: spell([
                ("{list}", "json_agg"),
                ("{row}", "json_build_array"),
                ("{id}", ""),
                ("{hex}", "encode"),
                ("{as_hex}", ", 'hex'"),
                ("{flag}", "int4"),
            ]),
        }
    }
}

impl SeaUnitOfWork {
    /// The space.
    pub(super) async fn read_space(&self) -> Result<Space, StoreError> {
        let row = self.read_lists(&STANDING, self.spaces()?).await?;
        space(self.workspace()?, &row)
    }

    /// What stands at one key with what the highest of it says, and the space.
    pub(super) async fn read_top(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError> {
        let row = self.read_lists(&TOP, self.at(key)?).await?;
        Ok((space(self.workspace()?, &row)?, stack(&row)?))
    }

    /// Everything at one key, and the space.
    pub(super) async fn read_at_key(&self, key: &ArtifactKey) -> Result<(Space, Stack), StoreError> {
        let row = self.read_lists(&AT_KEY, self.at(key)?).await?;
        let placed = placed(&row, "placed")?.into_iter().map(|(_, placed)| placed).collect();
        Ok((space(self.workspace()?, &row)?, Stack { placed, documents: documents(&row)? }))
    }

    /// The space, System and the key: the parameters of what is asked at one.
    fn at(&self, key: &ArtifactKey) -> Result<[Value; 5], StoreError> {
        let ([own, system], [package, path]) = (self.spaces()?, columns(Some(&key.name)));
        Ok([own, system, key.kind.as_str().into(), package, path])
    }

    /// Everything that the space itself has of a kind, by name.
    pub(super) async fn read_own(&self, kind: &KindName) -> Result<Vec<(ArtifactName, Stack)>, StoreError> {
        let [here, system] = self.spaces()?;
        own(&self.read_lists(&OWN, [here, system, kind.as_str().into()]).await?)
    }

    /// What the space has of a package in one layer, by key, each with what is locked in it.
    pub(super) async fn read_package(
        &self,
        package: &PackageId,
        layer: Layer,
    ) -> Result<Vec<(ArtifactKey, Placed, Vec<Pattern>)>, StoreError> {
        let [own, _] = self.spaces()?;
        let values = [own, package.as_str().into(), layer_column(layer).into()];
        of_package(&self.read_lists(&OF_PACKAGE, values).await?)
    }

    /// A part of a kind's keys, and the space.
    pub(super) async fn read_part(&self, query: &StretchQuery) -> Result<(Space, Stretch), StoreError> {
        let most = query.limit.saturating_mul(LAYERS).saturating_add(1);
        let ([own, system], [package, path]) = (self.spaces()?, columns(query.after.as_ref()));
        let kind = query.kind.as_str().into();
        let last = query.limit.saturating_sub(1) as u64;
        let values = [own, system, kind, package, path, last.into(), (most as u64).into()];
        let row = self.read_lists(&PART, values).await?;
        let (mut found, own) = (placed(&row, "shared")?, placed(&row, "placed")?);
        let is_cut = own.len() >= most;
        found.extend(own);
        let more: i64 = row.try_get("", "cut").map_err(store_error)?;
        let mut stretch = Stretch { keys: by_name(found), more: more > 0 };
        if is_cut {
            cut(&mut stretch);
        }
        Ok((space(self.workspace()?, &row)?, stretch))
    }

    /// The space and System: the first two parameters.
    fn spaces(&self) -> Result<[Value; 2], StoreError> {
        Ok([self.workspace()?, WorkspaceId::SYSTEM].map(|space| space.uuid().into()))
    }

    async fn read_lists<const N: usize>(
        &self,
        sql: &Spelled,
        values: [Value; N],
    ) -> Result<QueryResult, StoreError> {
        let backend = self.transaction().get_database_backend();
        let text = if backend == DbBackend::Postgres { &sql.postgres } else { &sql.sqlite };
        let statement = Statement::from_sql_and_values(backend, text, values);
        let row = self.transaction().query_one_raw(statement).await.map_err(store_error)?;
        row.ok_or_else(|| StoreError::Backend("a list came without a row".into()))
    }
}

/// A name as its two columns; in place of none, what sorts before all.
fn columns(name: Option<&ArtifactName>) -> [Value; 2] {
    let package = name.and_then(|name| name.package.as_ref());
    let path = name.map(|name| name.path.as_str()).unwrap_or_default();
    [package_column(package).into(), path.into()]
}
