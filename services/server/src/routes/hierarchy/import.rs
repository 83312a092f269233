//! Adding many nodes at once.

mod table;
mod view;

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use guildhall_kernel::{Kernel, KernelError};
use serde::Deserialize;
use utoipa::IntoParams;

use self::view::{FaultView, ImportView};
use crate::{
    answer::Answer,
    extract::{Asked, Csv, Query},
    problem::{Problem, Problems},
};

/// Whether to try only.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Whether to answer what would happen and what is wrong, and change nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Import nodes from a table
///
/// A table with the columns `level`, `name`, `parent` and perhaps `md_id` and `categories`, named by its first line. `parent` is
/// the path of names from the top, with `/` between them. Either all lines are right, and what is not there yet is added, or
/// nothing is. A dry run answers what would be added, what is there already, and all that is wrong.
#[utoipa::path(
    post,
    path = "/hierarchy/import",
    tag = "hierarchy",
    params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportView), Problems)
)]
pub async fn import_hierarchy(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Query(query): Query<ImportQuery>,
    Csv(body): Csv,
) -> Result<Response, Problem> {
    let table = table::read(&body);
    if query.dry_run {
        let plan = kernel.plan_hierarchy_import(&request, table).await?;
        return Ok(Answer::of(ImportView::from(plan)).into_response());
    }
    match kernel.import_hierarchy(&request, table).await {
        Ok(outcome) => Ok(Answer::done(outcome.map(ImportView::from)).into_response()),
        Err(KernelError::ImportRefused { faults }) => {
            let told: Vec<FaultView> = faults.iter().cloned().map(FaultView::from).collect();
            Err(Problem::from(KernelError::ImportRefused { faults }).with("faults", told))
        }
        Err(error) => Err(error.into()),
    }
}
