//! Adding an item.

use axum::extract::State;
use chrono::NaiveDate;
use guildhall_core::{ItemId, Link, Name, PhaseId, ProductVersionId, ProjectId, Text, UserId};
use guildhall_kernel::{AddItem, Kernel, NewContent, UseProduct};
use guildhall_orchestration::{ItemKind, OrchestrationError};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::view::ItemView;
use crate::{
    answer::Answer,
    extract::{Asked, Json, Path},
    patch::nullable,
    problem::{Fault, Problem, Problems},
    routes::place::place,
};

/// An item to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemPost {
    /// Whether it is something to do or something to work with.
    kind: ItemKind,
    /// Its name; an application without one is called as its product.
    name: Option<Name>,
    /// The words under the name.
    description: Option<Text>,
    /// The page that an activity is done with.
    link: Option<Link>,
    /// The version of the product that an application is, or that an activity is done with.
    product_version_id: Option<ProductVersionId>,
    /// The configuration of the product for this item.
    #[schema(value_type = Option<Object>)]
    config: Option<Map<String, Value>>,
    /// When it is due.
    due_date: Option<NaiveDate>,
    /// The members of the project who work on it.
    #[schema(max_items = 200)]
    assignee_ids: Option<Vec<UserId>>,
    /// The item that it stands after; `null` for the first place; absent for the end.
    #[serde(default, deserialize_with = "nullable")]
    after_id: Option<Option<ItemId>>,
}

impl ItemPost {
    /// The item that it describes, in a phase.
    ///
    /// # Errors
    /// 400 and 422 where it is none.
    pub fn command(self, phase_id: PhaseId) -> Result<AddItem, Problem> {
        Ok(AddItem {
            phase_id,
            due_date: self.due_date,
            assignees: self.assignee_ids.clone().unwrap_or_default(),
            place: place(self.after_id, None)?,
            content: self.content()?,
        })
    }

    fn content(self) -> Result<NewContent, Problem> {
        let Self { kind, name, description, link, config, .. } = self;
        let product = self.product_version_id.map(|product_version_id| UseProduct {
            product_version_id,
            config: config.clone().unwrap_or_default(),
        });
        if product.is_some() && link.is_some() {
            return Err(OrchestrationError::LinkNotAllowed.into());
        }
        match (kind, name, product) {
            (ItemKind::Activity, None, _) => Err(required("/name", "is required for an activity")),
            (ItemKind::Application, _, None) => {
                Err(required("/product_version_id", "is required for an application"))
            }
            (ItemKind::Activity, Some(_), None) if config.is_some() => {
                Err(OrchestrationError::ConfigNotAllowed.into())
            }
            (ItemKind::Activity, Some(name), None) => Ok(NewContent::Activity { name, description, link }),
            (ItemKind::Activity, Some(name), Some(product)) => {
                Ok(NewContent::ActivityWithProduct { name, description, product })
            }
            (ItemKind::Application, name, Some(product)) => {
                Ok(NewContent::Application { name, description, product })
            }
        }
    }
}

fn required(pointer: &str, detail: &str) -> Problem {
    Problem::invalid_request(vec![Fault { pointer: pointer.to_owned(), detail: detail.to_owned() }])
}

/// Add an item
///
/// An activity, with a link or a product or neither, or an application. With a product, the members get that product's
/// roles at once; a product that requires what the project lacks is refused (`product_incompatible`).
#[utoipa::path(
    post,
    path = "/projects/{project_id}/phases/{phase_id}/items",
    tag = "board",
    params(("project_id" = Uuid, Path), ("phase_id" = Uuid, Path)),
    request_body = ItemPost,
    responses((status = 201, body = ItemView), Problems)
)]
pub async fn add_item(
    State(kernel): State<Kernel>,
    Asked(request): Asked,
    Path((project, phase)): Path<(ProjectId, PhaseId)>,
    Json(post): Json<ItemPost>,
) -> Result<Answer<ItemView>, Problem> {
    let outcome = kernel.add_item(&request, project, post.command(phase)?).await?;
    let version = outcome.get().version;
    Ok(Answer::created(outcome.map(ItemView::from)).tagged(version))
}
