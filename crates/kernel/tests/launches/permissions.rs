//! The permission query: who may ask about whom, and that everything else is answered by nothing.

use guildhall_core::{AccountId, Credential, IdGenerator as _, PermissionCode, SystemIds};
use guildhall_identity::User;
use guildhall_kernel::{AskedUser, Consistency, KernelError, PermissionQuery, PermissionsFound, Request};

use super::stage::Stage;
use crate::support::parsed;

#[tokio::test]
async fn everybody_may_ask_about_himself_by_id_by_address_or_by_nothing() {
    let stage = Stage::new().await;
    let external = &stage.world.external;
    let asked = stage.ask(external).await;

    for user in [None, Some(AskedUser::Id(external.id)), Some(AskedUser::Email(external.email.clone()))] {
        let found = ask(&stage, &asked, PermissionQuery { user, ..on_project(&stage) }).await;

        assert_eq!(codes(&found), [(stage.project.account_id, vec!["ADD_REVIEW"])]);
    }
}

#[tokio::test]
async fn an_account_stands_for_all_below_it_and_the_requests_workspace_is_its_default() {
    let stage = Stage::new().await;
    let asked = stage.ask(&stage.world.external).await;
    let accounts = [
        None,
        Some(stage.world.workspace.account_id),
        Some(stage.world.workspace.organisation_account_id),
        Some(stage.brand.account()),
    ];

    for account_id in accounts {
        let found = ask(&stage, &asked, PermissionQuery { account_id, ..on_project(&stage) }).await;

        assert_eq!(codes(&found), [(stage.project.account_id, vec!["ADD_REVIEW"])], "{account_id:?}");
    }
}

#[tokio::test]
async fn about_others_one_needs_the_permission_to_ask() {
    let stage = Stage::new().await;
    let contributor = PermissionQuery { user: about(&stage.world.external), ..on_project(&stage) };
    let owner = PermissionQuery { user: about(&stage.world.internal), ..on_project(&stage) };

    let admin = ask(&stage, &stage.ask(&stage.world.admin).await, contributor.clone()).await;
    let by_owner = ask(&stage, &stage.ask(&stage.world.internal).await, contributor.clone()).await;
    let by_contributor = ask(&stage, &stage.ask(&stage.world.external).await, owner).await;
    let elsewhere = PermissionQuery { account_id: Some(stage.brand.account()), ..contributor };
    let above_his_project = ask(&stage, &stage.ask(&stage.world.internal).await, elsewhere).await;

    assert_eq!((admin.total_count, by_owner.total_count), (1, 1));
    assert_eq!(by_contributor, PermissionsFound::default());
    assert_eq!(above_his_project, PermissionsFound::default());
}

#[tokio::test]
async fn what_is_foreign_unknown_or_not_the_askers_is_answered_by_nothing() {
    let stage = Stage::new().await;
    let admin = stage.ask(&stage.world.admin).await;
    let stranger = AskedUser::Email(parsed("admin@second.test"));
    let cases = [
        PermissionQuery { account_id: Some(AccountId::new(SystemIds.uuid())), ..on_project(&stage) },
        PermissionQuery { account_id: Some(AccountId::PLATFORM), ..on_project(&stage) },
        PermissionQuery { account_id: Some(stage.world.other.account_id), ..on_project(&stage) },
        PermissionQuery { user: Some(stranger), ..on_project(&stage) },
        PermissionQuery { user: Some(AskedUser::Email(parsed("nobody@first.test"))), ..on_project(&stage) },
    ];

    for query in cases {
        let found = ask(&stage, &admin, query.clone()).await;

        assert_eq!(found, PermissionsFound::default(), "{query:?}");
    }
}

#[tokio::test]
async fn a_member_of_another_workspace_gets_nothing_here() {
    let stage = Stage::new().await;
    let unit = stage.world.unit().await;
    let stranger = unit.users().find_by_email(&parsed("admin@second.test")).await.unwrap().unwrap();
    drop(unit);
    let asked = stage.world.ask_in(None, &stranger);

    let about_a_member =
        ask(&stage, &asked, PermissionQuery { user: about(&stage.world.external), ..on_project(&stage) })
            .await;
    let about_himself = ask(&stage, &asked, on_project(&stage)).await;

    assert_eq!(about_a_member, PermissionsFound::default());
    assert_eq!(about_himself, PermissionsFound::default());
}

#[tokio::test]
async fn without_an_account_a_user_needs_a_workspace_and_a_back_end_gets_nothing() {
    let stage = Stage::new().await;
    let query = PermissionQuery { account_id: None, ..on_project(&stage) };
    let nowhere = stage.world.ask_in(None, &stage.world.external);

    let by_user = stage.world.kernel.query_permissions(&nowhere, &query).await;
    let about_somebody = PermissionQuery { user: about(&stage.world.external), ..query };
    let by_back_end = ask(&stage, &stage.back_end(&stage.product).await, about_somebody).await;

    assert!(matches!(by_user, Err(KernelError::WorkspaceRequired)), "{by_user:?}");
    assert_eq!(by_back_end, PermissionsFound::default());
}

#[tokio::test]
async fn a_back_end_is_answered_for_its_product_where_it_is_available() {
    let stage = Stage::new().await;
    let back_end = stage.back_end(&stage.product).await;
    let query = PermissionQuery { user: about(&stage.world.external), ..on_project(&stage) };
    let other = PermissionQuery { product_id: Some(parsed(NOWHERE)), ..query.clone() };

    let own = ask(&stage, &back_end, query.clone()).await;
    let of_another = ask(&stage, &back_end, other).await;
    stage.switch_off().await;
    let switched_off = ask(&stage, &back_end, query).await;

    assert_eq!(own.total_count, 1);
    assert_eq!(of_another, PermissionsFound::default());
    assert_eq!(switched_off, PermissionsFound::default());
}

#[tokio::test]
async fn a_product_token_asks_about_its_own_user_alone() {
    let stage = Stage::new().await;
    let launched = stage.launch(&stage.world.internal, stage.of_item()).await.unwrap();
    let credential = Credential::ProductToken { product: stage.product.id, launch: launched.launch.id };
    let owner = stage.ask_by(&stage.world.internal, credential);
    let contributor = stage.ask_by(&stage.world.external, credential);
    let about_contributor = PermissionQuery { user: about(&stage.world.external), ..on_project(&stage) };

    let own = ask(&stage, &contributor, about_contributor.clone()).await;
    let of_another = ask(&stage, &owner, about_contributor).await;

    assert_eq!(own.total_count, 1);
    assert_eq!(of_another, PermissionsFound::default());
}

#[tokio::test]
async fn codes_and_pages_cut_the_answer_and_not_its_count() {
    let stage = Stage::new().await;
    let asked = stage.ask(&stage.world.external).await;
    let named = |code| PermissionQuery { codes: vec![parsed(code)], ..on_project(&stage) };

    let held = ask(&stage, &asked, named("ADD_REVIEW")).await;
    let not_held = ask(&stage, &asked, named("READ_REVIEW")).await;
    let of_the_platform = ask(&stage, &asked, named("PROJECT_READ")).await;
    let beyond = ask(&stage, &asked, PermissionQuery { offset: 1, ..on_project(&stage) }).await;

    assert_eq!(held.total_count, 1);
    assert_eq!((not_held.total_count, of_the_platform.total_count), (0, 0));
    assert_eq!((beyond.total_count, beyond.accounts.len()), (1, 0));
}

const NOWHERE: &str = "00000000-0000-7000-8000-00000000ffff";

fn on_project(stage: &Stage) -> PermissionQuery {
    // The stage changes the database beside the kernel, as another node would.
    PermissionQuery {
        account_id: Some(stage.project.account_id),
        limit: 100,
        consistency: Consistency::Full,
        ..PermissionQuery::default()
    }
}

fn about(user: &User) -> Option<AskedUser> {
    Some(AskedUser::Id(user.id))
}

async fn ask(stage: &Stage, request: &Request, query: PermissionQuery) -> PermissionsFound {
    stage.world.kernel.query_permissions(request, &query).await.unwrap()
}

fn codes(found: &PermissionsFound) -> Vec<(AccountId, Vec<&str>)> {
    found
        .accounts
        .iter()
        .map(|held| (held.account_id, held.permissions.iter().map(PermissionCode::as_str).collect()))
        .collect()
}
