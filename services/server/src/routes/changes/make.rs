//! Making many changes to a board at once.

use axum::extract::State;
use guildhall_core::ProjectId;
use guildhall_kernel::{BoardChange, Kernel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{change::BoardChangePost, view::BoardChangesView};
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    problem::{Problem, Problems},
};

/// Changes to make, one after the other.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardChangesPost {
    /// Each is an object with one field, which says what to do.
    #[schema(min_items = 1, max_items = 100)]
    changes: Vec<BoardChangePost>,
}

impl BoardChangesPost {
    /// All of them, or everything that is wrong with any.
    fn changes(self) -> Result<Vec<BoardChange>, Problem> {
        let mut changes = Vec::with_capacity(self.changes.len());
        let (mut refused, mut faults) = (None, Vec::new());
        for (at, post) in self.changes.into_iter().enumerate() {
            match post.change() {
                Ok(change) => changes.push(change),
                Err(problem) => {
                    faults.extend(problem.placed_in(&format!("/changes/{at}")));
                    refused.get_or_insert(problem);
                }
            }
        }
        match refused {
            Some(problem) => Err(problem.with_errors(faults)),
            None => Ok(changes),
        }
    }
}

/// Change many things on a board
///
/// All or nothing, one after the other, each as its own route would do it: with the same rights, the same rules and an event
/// of its own. What refuses one refuses all, and `errors` says which. `If-Match` compares the board's version.
#[utoipa::path(
    post,
    path = "/projects/{project_id}/changes",
    tag = "board",
    params(("project_id" = Uuid, Path)),
    request_body = BoardChangesPost,
    responses((status = 200, body = BoardChangesView), Problems)
)]
pub async fn change_board(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path(project): Path<ProjectId>,
    Json(post): Json<BoardChangesPost>,
) -> Result<Answer<BoardChangesView>, Problem> {
    let outcome = kernel.change_board(&request, project, post.changes()?).await?;
    let version = outcome.get().version;
    let answer = Answer::done(outcome.map(BoardChangesView::from));
    Ok(match version {
        Some(version) => answer.tagged(version),
        None => answer,
    })
}
