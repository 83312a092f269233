//! Product tokens: who gets one, what it opens, and when it ends.

use guildhall_core::Credential;
use guildhall_kernel::{KernelError, Unauthenticated};

use super::stage::Stage;

#[tokio::test]
async fn a_product_token_opens_the_products_questions_and_nothing_else() {
    let stage = Stage::new().await;
    let kernel = &stage.world.kernel;
    let asked = stage.ask(&stage.world.external).await;
    let launched = kernel.create_launch(&asked, stage.of_item()).await.unwrap();

    let token = kernel.create_launch_token(&asked, launched.launch.id).await.unwrap();
    let product = stage.ask_with(&token.text).await;

    let credential = Credential::ProductToken { product: stage.product.id, launch: launched.launch.id };
    assert_eq!(product.caller.credential(), credential);
    assert_eq!(kernel.find_launching_user(&product).await.unwrap().id, stage.world.external.id);
    let elsewhere = kernel.find_me(&product).await;
    assert!(matches!(elsewhere, Err(KernelError::TokenAudience)), "{elsewhere:?}");
    let project = kernel.find_project(&product, stage.project.id).await;
    assert!(matches!(project, Err(KernelError::TokenAudience)), "{project:?}");
}

#[tokio::test]
async fn nobody_gets_a_token_for_the_launch_of_another() {
    let stage = Stage::new().await;
    let launched = stage.launched().await;

    let admin = stage.ask(&stage.world.admin).await;
    let refused = stage.world.kernel.create_launch_token(&admin, launched.launch.id).await;

    assert!(matches!(refused, Err(KernelError::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn there_are_no_tokens_for_what_may_not_be_launched_any_more() {
    let stage = Stage::new().await;
    let kernel = &stage.world.kernel;
    let asked = stage.ask(&stage.world.external).await;
    let launched = kernel.create_launch(&asked, stage.of_item()).await.unwrap();

    stage.remove_contributor().await;
    let refused = kernel.create_launch_token(&asked, launched.launch.id).await;

    assert!(matches!(refused, Err(KernelError::NotFound)), "{refused:?}");
}

#[tokio::test]
async fn a_launch_gives_no_tokens_once_its_session_has_ended() {
    let stage = Stage::new().await;
    let launched = stage.launched().await;
    stage.end_session(launched.launch.session_id).await;

    let asked = stage.ask(&stage.world.external).await;
    let refused = stage.world.kernel.create_launch_token(&asked, launched.launch.id).await;

    assert!(matches!(refused, Err(KernelError::Refused { code: "launch_ended", .. })), "{refused:?}");
}

#[tokio::test]
async fn a_product_token_ends_with_the_products_availability() {
    let stage = Stage::new().await;
    let kernel = &stage.world.kernel;
    let asked = stage.ask(&stage.world.external).await;
    let launched = kernel.create_launch(&asked, stage.of_item()).await.unwrap();
    let token = kernel.create_launch_token(&asked, launched.launch.id).await.unwrap();

    let product = stage.ask_with(&token.text).await;
    stage.switch_off().await;
    let refused = kernel.find_launching_user(&product).await;

    let ended = matches!(refused, Err(KernelError::Unauthenticated(Unauthenticated::Invalid)));
    assert!(ended, "{refused:?}");
}

#[tokio::test]
async fn a_back_end_keeps_the_token_that_it_redeemed_as_long_as_the_user_stays_signed_in() {
    let stage = Stage::new().await;
    let back_end = stage.back_end(&stage.product).await;
    let launched = stage.launched().await;
    let redeemed = stage.world.kernel.redeem_launch(&back_end, &launched.code.reveal()).await.unwrap();

    let asked = stage.ask_with(&redeemed.token.text).await;

    assert_eq!(asked.caller.user(), Some(stage.world.external.id));
    assert_eq!(asked.caller.workspace(), Some(stage.world.workspace.id));
}
