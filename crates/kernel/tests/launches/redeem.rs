//! Redeeming a one-time code.

use chrono::TimeDelta;
use guildhall_core::{Credential, PageRequest};
use guildhall_kernel::{EventFilter, KernelError, Launched, Redeemed, Request, code};
use guildhall_products::{EntryKind, ProductsError};

use super::stage::{Stage, product};

#[tokio::test]
async fn a_code_is_redeemed_once() {
    let stage = Stage::new().await;
    let (launched, back_end) = ready(&stage).await;

    redeem(&stage, &back_end, &launched).await.unwrap();
    let again = redeem(&stage, &back_end, &launched).await;

    assert!(matches!(again, Err(KernelError::Products(ProductsError::LaunchRedeemed))), "{again:?}");
    let page = PageRequest { limit: 9, after: None };
    let of_project = EventFilter { project_id: Some(stage.project.id), ..EventFilter::default() };
    let events = stage.world.unit().await.events().list(&of_project, &page).await.unwrap();
    let kinds: Vec<&str> = events.items.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["launch.redeemed", "launch.created"]);
    assert_eq!(events.items[0].actor.kind, "service_account");
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let stage = Stage::new().await;
    let (launched, back_end) = ready(&stage).await;

    stage.world.clock().advance(TimeDelta::seconds(60));
    let late = redeem(&stage, &back_end, &launched).await;

    assert!(matches!(late, Err(KernelError::Products(ProductsError::LaunchExpired))), "{late:?}");
}

#[tokio::test]
async fn another_products_code_is_as_unknown_as_a_wrong_one() {
    let stage = Stage::new().await;
    let (launched, _) = ready(&stage).await;
    let unit = stage.world.unit().await;
    let (other, _) = product(&stage.world, &*unit, EntryKind::Embedded).await;
    unit.epochs()
        .raise(guildhall_authz::Epoch::Workspace, &[guildhall_authz::Change::Everything])
        .await
        .unwrap();
    unit.commit().await.unwrap();
    let other = stage.back_end(&other).await;

    let foreign = redeem(&stage, &other, &launched).await.unwrap_err();
    let kernel = &stage.world.kernel;
    let unknown = kernel.redeem_launch(&other, &"A".repeat(43)).await.unwrap_err();
    let nonsense = kernel.redeem_launch(&other, "nonsense").await.unwrap_err();

    for error in [foreign, unknown, nonsense] {
        assert!(matches!(error, KernelError::Products(ProductsError::UnknownLaunch)), "{error:?}");
    }
}

#[tokio::test]
async fn a_version_that_is_retired_by_now_is_redeemed_as_its_item_still_launches_it() {
    let stage = Stage::new().await;
    let (launched, back_end) = ready(&stage).await;
    stage.retire().await;

    let redeemed = redeem(&stage, &back_end, &launched).await.unwrap();

    assert_eq!(redeemed.context, launched.context);
}

#[tokio::test]
async fn what_ended_since_the_launch_ends_its_code() {
    for end in ENDS {
        let stage = Stage::new().await;
        let (launched, back_end) = ready(&stage).await;
        end_of(&stage, &launched, end).await;
        let before = stage.world.next_seq().await;

        let refused = redeem(&stage, &back_end, &launched).await;

        let ended = matches!(
            refused,
            Err(KernelError::Refused { code: "launch_ended", .. }
                | KernelError::Products(ProductsError::UnknownLaunch))
        );
        assert!(ended, "{end:?}: {refused:?}");
        assert_eq!(stage.world.next_seq().await, before, "{end:?}");
    }
}

#[tokio::test]
async fn only_a_products_back_end_redeems() {
    let stage = Stage::new().await;
    let (launched, _) = ready(&stage).await;
    let user = stage.ask(&stage.world.admin).await;
    let product_token = Credential::ProductToken { product: stage.product.id, launch: launched.launch.id };
    let product_token = stage.ask_by(&stage.world.external, product_token);

    let by_user = redeem(&stage, &user, &launched).await;
    let by_product_token = redeem(&stage, &product_token, &launched).await;

    assert!(
        matches!(&by_user, Err(KernelError::Forbidden(needed)) if *needed == code::LAUNCH_REDEEM),
        "{by_user:?}"
    );
    assert!(matches!(by_product_token, Err(KernelError::TokenAudience)), "{by_product_token:?}");
}

#[derive(Debug, Clone, Copy)]
enum End {
    Session,
    Membership,
    ProjectMembership,
    Item,
    Project,
    Product,
}

const ENDS: [End; 6] =
    [End::Session, End::Membership, End::ProjectMembership, End::Item, End::Project, End::Product];

async fn end_of(stage: &Stage, launched: &Launched, end: End) {
    match end {
        End::Session => stage.end_session(launched.launch.session_id).await,
        End::Membership => stage.suspend(&stage.world.external).await,
        End::ProjectMembership => stage.remove_contributor().await,
        End::Item => stage.archive_item().await,
        End::Project => stage.archive_project().await,
        End::Product => stage.switch_off().await,
    }
}

async fn ready(stage: &Stage) -> (Launched, Request) {
    let back_end = stage.back_end(&stage.product).await;
    (stage.launched().await, back_end)
}

async fn redeem(stage: &Stage, back_end: &Request, launched: &Launched) -> Result<Redeemed, KernelError> {
    stage.world.kernel.redeem_launch(back_end, &launched.code.reveal()).await
}
