//! Items as rows: what belongs to one kind alone stands in columns that the other leaves empty.

use guildhall_core::{
    ItemId, Link, Name, PhaseId, ProductId, ProductVersionId, ProjectId, StoreError, Text, UserId,
    WorkspaceId,
};
use guildhall_orchestration::{AppUse, Attachment, Item, ItemContent, ItemKind};
use sea_orm::{ActiveValue::Set, JsonValue};
use uuid::Uuid;

use crate::{
    entity::item::{ActiveModel, Model},
    error::corrupt,
};

pub(super) fn row(workspace: Uuid, item: &Item) -> ActiveModel {
    let application = item.content.application();
    ActiveModel {
        workspace_id: Set(workspace),
        id: Set(item.id.uuid()),
        project_id: Set(item.project_id.uuid()),
        phase_id: Set(item.phase_id.uuid()),
        kind: Set(item.content.kind().as_str().to_owned()),
        name: Set(item.content.name().to_string()),
        description: Set(item.content.description().map(Text::to_string)),
        link: Set(item.content.link().map(Link::to_string)),
        product_workspace_id: Set(application.map(|used| used.product_workspace_id.uuid())),
        product_id: Set(application.map(|used| used.product_id.uuid())),
        product_version_id: Set(application.map(|used| used.product_version_id.uuid())),
        config: Set(application.map(|used| JsonValue::Object(used.config.clone()))),
        status: Set(item.status.as_str().to_owned()),
        restored_status: Set(item.restored_status.map(|status| status.as_str().to_owned())),
        due_date: Set(item.due_date),
        position: Set(item.position.to_string()),
    }
}

pub(super) fn item((row, assignees): (Model, Vec<UserId>)) -> Result<Item, StoreError> {
    let restored_status = row.restored_status.as_ref().map(|status| status.parse());
    let name = row.name.try_into().map_err(corrupt("item.name"))?;
    let description = row.description.map(Text::try_from).transpose().map_err(corrupt("item.description"))?;
    let link = row.link.map(Link::try_from).transpose().map_err(corrupt("item.link"))?;
    let kind = row.kind.parse().map_err(corrupt("item.kind"))?;
    let product = (row.product_workspace_id, row.product_id, row.product_version_id, row.config);
    Ok(Item {
        id: ItemId::new(row.id),
        project_id: ProjectId::new(row.project_id),
        phase_id: PhaseId::new(row.phase_id),
        status: row.status.parse().map_err(corrupt("item.status"))?,
        restored_status: restored_status.transpose().map_err(corrupt("item.restored_status"))?,
        due_date: row.due_date,
        assignees,
        position: row.position.parse().map_err(corrupt("item.position"))?,
        content: content(kind, (name, description), link, application(product)?)?,
    })
}

/// What an item is, from its columns and what it uses.
pub(super) fn content(
    kind: ItemKind,
    (name, description): (Name, Option<Text>),
    link: Option<Link>,
    application: Option<AppUse>,
) -> Result<ItemContent, StoreError> {
    let attachment = match (link, application) {
        (None, None) => Attachment::None,
        (Some(link), None) => Attachment::Link(link),
        (None, Some(application)) => Attachment::Application(application),
        (Some(_), Some(_)) => {
            return Err(StoreError::Corrupt("an item has both a link and a product".into()));
        }
    };
    match (kind, attachment) {
        (ItemKind::Activity, attachment) => Ok(ItemContent::Activity { name, description, attachment }),
        (ItemKind::Application, Attachment::Application(application)) => {
            Ok(ItemContent::Application { name, description, application })
        }
        (ItemKind::Application, Attachment::None | Attachment::Link(_)) => {
            Err(StoreError::Corrupt("an application item has no product".into()))
        }
    }
}

type ProductColumns = (Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<JsonValue>);

fn application(columns: ProductColumns) -> Result<Option<AppUse>, StoreError> {
    match columns {
        (None, None, None, None) => Ok(None),
        (Some(workspace), Some(product), Some(version), Some(JsonValue::Object(config))) => {
            Ok(Some(AppUse {
                product_workspace_id: WorkspaceId::new(workspace),
                product_id: ProductId::new(product),
                product_version_id: ProductVersionId::new(version),
                config,
            }))
        }
        _ => Err(StoreError::Corrupt("an item names its product in part".into())),
    }
}
