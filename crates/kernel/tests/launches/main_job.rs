//! From the launch to the end of the membership.

use guildhall_kernel::{
    AskedUser, Consistency, HeldPermissions, KernelError, PermissionQuery, PermissionsFound,
};
use serde_json::json;

use super::stage::Stage;
use crate::support::parsed;

#[tokio::test]
async fn a_contributor_launches_and_holds_the_products_role_until_he_is_removed() {
    let stage = Stage::new().await;
    let (kernel, external) = (&stage.world.kernel, &stage.world.external);
    let back_end = stage.back_end(&stage.product).await;
    let query = PermissionQuery {
        account_id: Some(stage.project.account_id),
        user: Some(AskedUser::Id(external.id)),
        limit: 100,
        consistency: Consistency::Full,
        ..PermissionQuery::default()
    };

    let launched = stage.launched().await;
    let redeemed = kernel.redeem_launch(&back_end, &launched.code.reveal()).await.unwrap();
    let before = kernel.query_permissions(&back_end, &query).await.unwrap();
    stage.remove_contributor().await;
    let after = kernel.query_permissions(&back_end, &query).await.unwrap();
    let again = stage.launch(external, stage.of_item()).await;

    let context = serde_json::to_value(&launched.context).unwrap();
    assert_eq!(context["hierarchy"]["azId"], json!(stage.brand));
    assert_eq!(context["additional"]["projectAzId"], json!(stage.project.account_id));
    assert_eq!(context["permissions"], json!([]), "the role holds in the project alone");
    assert_eq!(context["customConfig"], json!({ "greeting": "hello", "rounds": 3 }));
    assert_eq!(redeemed.context, launched.context);
    let held =
        HeldPermissions { account_id: stage.project.account_id, permissions: [parsed("ADD_REVIEW")].into() };
    assert_eq!(before, PermissionsFound { total_count: 1, accounts: vec![held] });
    assert_eq!(after, PermissionsFound::default());
    assert!(matches!(again, Err(KernelError::NotFound)), "{again:?}");
}
