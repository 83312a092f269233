//! Who may launch what, and where.

use guildhall_core::{Credential, IdGenerator as _, PageRequest, ProductVersionId, SystemIds};
use guildhall_kernel::{EventFilter, KernelError, LaunchProduct, Launched};
use guildhall_orchestration::OrchestrationError;
use guildhall_products::{EntryKind, ProductsError, Requirement};

use super::stage::{Stage, draft, publish};
use crate::support::parsed;

#[tokio::test]
async fn a_launch_is_recorded_in_its_project_without_its_code() {
    let stage = Stage::new().await;

    let launched = stage.launched().await;

    let page = PageRequest { limit: 1, after: None };
    let of_project = EventFilter { project_id: Some(stage.project.id), ..EventFilter::default() };
    let events = stage.world.unit().await.events().list(&of_project, &page).await.unwrap();
    assert_eq!(events.items[0].kind, "launch.created");
    assert_eq!(events.items[0].subject.id, launched.launch.id.uuid());
    assert!(events.items[0].changes.iter().all(|change| !change.field.contains("code")));
    assert_eq!(launched.url, "https://reviews.test/app?a=b");
}

#[tokio::test]
async fn only_a_product_that_opens_as_a_page_carries_the_code_and_only_in_the_fragment() {
    let mut stage = Stage::new().await;
    let unit = stage.world.unit().await;
    stage.version = publish(&stage.world, &*unit, &stage.product, EntryKind::Link).await;
    unit.commit().await.unwrap();

    let launched = stage.launch(&stage.world.internal, stage.on_brand()).await.unwrap();

    let code = launched.code.reveal();
    assert_eq!(launched.url, format!("https://reviews.test/app?a=b#launch_code={code}"));
}

#[tokio::test]
async fn outside_projects_internal_members_launch_and_external_ones_do_not_even_see_the_product() {
    let stage = Stage::new().await;

    stage.remove_contributor().await;
    let internal = stage.launch(&stage.world.internal, stage.on_brand()).await.unwrap();
    let external =
        stage.launch(&stage.world.external, LaunchProduct { node_id: None, ..stage.on_brand() }).await;

    assert_eq!(internal.context.project, None);
    assert!(matches!(external, Err(KernelError::NotFound)), "{external:?}");
}

#[tokio::test]
async fn an_external_member_launches_outside_what_he_holds_a_code_of_but_on_no_node_that_he_can_not_see() {
    let stage = Stage::new().await;
    let external = &stage.world.external;

    let on_the_workspace = LaunchProduct { node_id: None, ..stage.on_brand() };
    let on_the_workspace = stage.launch(external, on_the_workspace).await.unwrap_err();
    let on_the_brand = stage.launch(external, stage.on_brand()).await.unwrap_err();

    let lacks_its_brand =
        matches!(&on_the_workspace, KernelError::Products(ProductsError::ProductIncompatible { .. }));
    assert!(lacks_its_brand, "{on_the_workspace:?}");
    assert!(matches!(on_the_brand, KernelError::NotFound), "{on_the_brand:?}");
}

#[tokio::test]
async fn a_project_as_a_whole_launches_what_its_member_sees() {
    let stage = Stage::new().await;
    let whole = LaunchProduct { item_id: None, ..stage.of_item() };

    let launched = stage.launch(&stage.world.external, whole).await.unwrap();

    let project = launched.context.project.unwrap();
    assert_eq!((project.id, project.items.len()), (stage.project.id, 0));
}

#[tokio::test]
async fn what_does_not_go_together_is_a_mismatch() {
    let stage = Stage::new().await;
    let from_item = stage.of_item();
    let cases = [
        LaunchProduct { project_id: None, ..from_item },
        LaunchProduct { node_id: Some(stage.brand), ..from_item },
        LaunchProduct { node_id: Some(stage.brand), item_id: None, ..from_item },
        LaunchProduct { product_version_id: ProductVersionId::new(SystemIds.uuid()), ..from_item },
    ];

    for launch in cases {
        let refused = refused(&stage, launch).await;

        let mismatch = matches!(refused, KernelError::Products(ProductsError::LaunchMismatch(_)));
        assert!(mismatch, "{launch:?}: {refused:?}");
    }
}

#[tokio::test]
async fn a_place_without_what_the_version_requires_is_refused_by_its_name() {
    let stage = Stage::new().await;

    let here = LaunchProduct { node_id: None, ..stage.on_brand() };
    let refused = stage.launch(&stage.world.internal, here).await.unwrap_err();

    let missing: Vec<Requirement> = vec![parsed("BRAND")];
    let expected = ProductsError::ProductIncompatible { missing };
    assert!(matches!(&refused, KernelError::Products(error) if *error == expected), "{refused:?}");
}

#[tokio::test]
async fn an_archived_item_and_an_archived_project_launch_nothing() {
    let stage = Stage::new().await;
    stage.archive_item().await;
    let from_item = refused(&stage, stage.of_item()).await;
    stage.archive_project().await;
    let from_project = refused(&stage, stage.of_item()).await;

    assert!(matches!(from_item, KernelError::Refused { code: "item_archived", .. }), "{from_item:?}");
    let archived = matches!(from_project, KernelError::Orchestration(OrchestrationError::ProjectArchived));
    assert!(archived, "{from_project:?}");
}

#[tokio::test]
async fn a_retired_version_launches_from_its_item_alone() {
    let stage = Stage::new().await;
    stage.retire().await;

    let outside = stage.launch(&stage.world.internal, stage.on_brand()).await;

    assert!(matches!(outside, Err(KernelError::Products(ProductsError::WrongState { .. }))), "{outside:?}");
    stage.launched().await;
}

#[tokio::test]
async fn a_draft_is_there_for_its_publishers_alone() {
    let mut stage = Stage::new().await;
    let unit = stage.world.unit().await;
    stage.version = draft(&stage.world, &*unit, &stage.product, EntryKind::Embedded).await;
    unit.commit().await.unwrap();

    let admin = stage.launch(&stage.world.admin, stage.on_brand()).await;
    let internal = stage.launch(&stage.world.internal, stage.on_brand()).await;

    assert!(admin.is_ok(), "{admin:?}");
    assert!(matches!(internal, Err(KernelError::NotFound)), "{internal:?}");
}

#[tokio::test]
async fn a_product_that_is_switched_off_launches_nowhere() {
    let stage = Stage::new().await;
    stage.switch_off().await;

    let outside = stage.launch(&stage.world.internal, stage.on_brand()).await;
    let from_item = refused(&stage, stage.of_item()).await;

    assert!(matches!(outside, Err(KernelError::NotFound)), "{outside:?}");
    assert!(matches!(from_item, KernelError::Products(ProductsError::NotOffered)), "{from_item:?}");
}

#[tokio::test]
async fn nobody_launches_without_a_session() {
    let stage = Stage::new().await;
    let embedded = stage.ask_by(&stage.world.external, Credential::Embedded);

    let refused = stage.world.kernel.create_launch(&embedded, stage.of_item()).await;

    assert!(matches!(refused, Err(KernelError::TokenAudience)), "{refused:?}");
}

/// Why the contributor's launch is refused, which writes nothing.
async fn refused(stage: &Stage, launch: LaunchProduct) -> KernelError {
    let before = stage.world.next_seq().await;

    let refused: Result<Launched, KernelError> = stage.launch(&stage.world.external, launch).await;

    assert_eq!(stage.world.next_seq().await, before);
    refused.unwrap_err()
}
