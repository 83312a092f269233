//! Reading the Canvas.

use axum::{Extension, extract::State};
use guildhall_artifacts::ArtifactName;
use guildhall_core::ProjectId;
use guildhall_kernel::{Canvas, CanvasQuery, CanvasState, Kernel};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    kept::{KeptCanvases, fingerprint_of},
    selected::CanvasView,
    view::MentionedView,
};
use crate::{
    answer::{Written, write},
    extract::{Asked, Path, Query},
    problem::{Fault, Problem, Problems},
};

/// Which fields of phases, items and tasks to read. Ids, names and kinds are always there.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SelectionQuery {
    /// These, such as `phase.state,item.status,task.due_date`. Tasks are there where `item.tasks` or a field of theirs is named.
    #[param(max_length = 1000)]
    fields: Option<String>,
    /// Those that this view preset names; not beside `fields`.
    #[param(value_type = Option<String>, max_length = 301)]
    preset: Option<ArtifactName>,
}

/// Read a project's Canvas
///
/// The whole board in one answer: the project, its phases, their items and the items' tasks, all in order. Archived items
/// and tasks are left out. The first part of the `ETag` is the board's version, which every change on the board compares.
#[utoipa::path(
    get,
    path = "/projects/{project_id}/canvas",
    tag = "board",
    params(("project_id" = Uuid, Path), SelectionQuery),
    responses((status = 200, body = CanvasView<'static>), Problems)
)]
pub async fn read_canvas(
    State(kernel): State<Kernel>,
    Extension(kept): Extension<KeptCanvases>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Query(query): Query<SelectionQuery>,
) -> Result<Written, Problem> {
    let query = asked(query)?;
    let workspace = request.caller.workspace();
    let mut fingerprint = None;
    let found = |state: &CanvasState| {
        fingerprint = fingerprint_of(workspace, state);
        kept.find(&fingerprint?)
    };
    let canvas = kernel.read_canvas_unless(&request, project, &query, found).await?;
    let fingerprint = fingerprint.ok_or_else(|| Problem::internal(&"a canvas has no fingerprint"))?;
    let (state, body) = match canvas {
        Canvas::Kept(state, body) => (state, body),
        Canvas::Read(state, shown) => {
            let mentioned = MentionedView::from(&shown.mentioned);
            let body = write(&CanvasView::new(&shown, &mentioned))?;
            kept.keep(fingerprint, body.clone());
            (state, body)
        }
    };
    Ok(Written { body, version: state.stamp.board, follows_from: fingerprint })
}

/// What the query asks for.
fn asked(query: SelectionQuery) -> Result<CanvasQuery, Problem> {
    let refused = |pointer: &str, detail: String| {
        Problem::invalid_request(vec![Fault { pointer: pointer.to_owned(), detail }])
    };
    match query {
        SelectionQuery { fields: None, preset: None } => Ok(CanvasQuery::Everything),
        SelectionQuery { fields: None, preset: Some(preset) } => Ok(CanvasQuery::Preset(preset)),
        SelectionQuery { fields: Some(fields), preset: None } => {
            let selection = fields.parse().map_err(|why| refused("?fields", format!("{why}")));
            selection.map(CanvasQuery::Fields)
        }
        SelectionQuery { fields: Some(_), preset: Some(_) } => {
            Err(refused("?preset", "is given beside `fields`; send one of them".to_owned()))
        }
    }
}
