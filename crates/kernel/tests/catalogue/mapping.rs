use guildhall_kernel::{KernelError, MappingShown, SetAvailability, code};
use guildhall_products::{MapRole, OfferKind, ProductsError};

use super::{lacking, published};
use crate::support::{World, parsed};

fn reviewer(meta_roles: &[&str]) -> MapRole {
    MapRole { code: parsed("REVIEWER"), meta_roles: meta_roles.iter().map(|text| parsed(text)).collect() }
}

#[tokio::test]
async fn a_mapping_is_replaced_as_a_whole() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, _) = published(&world, &request, &[]).await;
    let before = world.next_seq().await;

    let mapped = vec![reviewer(&["PROJECT_OWNER", "PROJECT_VIEWER"])];
    let mapped = world.kernel.replace_product_mapping(&request, id, mapped).await.unwrap();
    let emptied = world.kernel.replace_product_mapping(&request, id, Vec::new()).await.unwrap();

    assert_eq!(mapped.get().roles[0].meta_roles, [parsed("PROJECT_OWNER"), parsed("PROJECT_VIEWER")]);
    assert_eq!(emptied.get().roles[0].code, parsed("REVIEWER"));
    assert_eq!(emptied.get().roles[0].meta_roles, []);
    assert_eq!(world.next_seq().await, before + 2);
}

#[tokio::test]
async fn a_mapping_names_roles_and_meta_roles_that_are_there() {
    let world = World::new().await;
    let request = world.ask(&world.admin);
    let (id, _) = published(&world, &request, &[]).await;
    let before = world.next_seq().await;
    let stranger = MapRole { code: parsed("STRANGER"), meta_roles: vec![parsed("PROJECT_OWNER")] };

    let no_role = world.kernel.replace_product_mapping(&request, id, vec![stranger]).await;
    let no_meta = world.kernel.replace_product_mapping(&request, id, vec![reviewer(&["NOBODY"])]).await;
    let internal = world.ask(&world.internal);
    let forbidden = world.kernel.replace_product_mapping(&internal, id, Vec::new()).await;

    assert!(matches!(no_role, Err(KernelError::Products(ProductsError::UnknownRole { .. }))), "{no_role:?}");
    assert!(
        matches!(no_meta, Err(KernelError::Products(ProductsError::UnknownMetaRole { .. }))),
        "{no_meta:?}"
    );
    assert_eq!(lacking(forbidden), Some(code::PRODUCT_PUBLISH));
    assert_eq!(world.next_seq().await, before);
}

#[tokio::test]
async fn what_a_draft_will_bring_is_its_publishers_to_tell() {
    let world = World::new().await;
    let system = world.ask_in_system();
    let (id, _) = published(&world, &system, &[]).await;
    let offer = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
    world.kernel.replace_product_availability(&system, id, offer).await.unwrap();
    let mut draft = super::version(&[]);
    draft.roles[0].code = parsed("SECRET_PLAN");
    world.kernel.create_product_version(&system, id, draft).await.unwrap();

    let inside = world.kernel.find_product_mapping(&world.ask(&world.admin), id).await.unwrap();
    let publisher = world.kernel.find_product_mapping(&system, id).await.unwrap();

    let codes =
        |shown: &MappingShown| shown.roles.iter().map(|role| role.code.to_string()).collect::<Vec<_>>();
    assert_eq!(codes(&inside), ["REVIEWER"]);
    assert_eq!(codes(&publisher), ["REVIEWER", "SECRET_PLAN"]);
}
