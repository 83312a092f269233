//! Authorization alone, without a database: a contributor of a project may review in a product because the project uses it.
//!
//! `cargo run -p guildhall-authz --example permission_check`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use guildhall_authz::{
    Account, AccountKind, ListQuery, Mapping, Owner, Owners, Permission, ProductInUse, ProjectMember, Role,
    Snapshot,
};
use guildhall_core::{
    AccountId, Clock, IdGenerator, MetaRoleCode, PermissionCode, Principal, ProductId, RoleCode, RoleId,
    SystemClock, SystemIds, UserId,
};

const ADD_REVIEW: PermissionCode = PermissionCode::fixed("ADD_REVIEW");
const CONTRIBUTOR: MetaRoleCode = MetaRoleCode::fixed("PROJECT_CONTRIBUTOR");

fn main() -> Result<(), Box<dyn Error>> {
    let (ids, now) = (SystemIds, SystemClock.now());
    let [workspace, brand, project] = [(); 3].map(|()| AccountId::new(ids.uuid()));
    let (user, product) = (UserId::new(ids.uuid()), ProductId::new(ids.uuid()));
    let add_review = Permission::product(product, ADD_REVIEW);
    let reviewer = Role {
        id: RoleId::new(ids.uuid()),
        owner: Owner::Product(product),
        code: RoleCode::fixed("REVIEWER"),
        name: "Reviewer".parse()?,
        permissions: [add_review.clone()].into(),
    };

    // The product maps its role to contributors, and the project uses the product. Nobody grants anything.
    let snapshot = Snapshot::builder()
        .account(Account { id: workspace, parent: None, kind: AccountKind::Workspace })
        .account(Account { id: brand, parent: Some(workspace), kind: AccountKind::Node })
        .account(Account { id: project, parent: Some(brand), kind: AccountKind::Project })
        .mapping(Mapping { role: reviewer.id, meta_role: CONTRIBUTOR })
        .role(reviewer)
        .product_in_use(ProductInUse { account: project, product })
        .member(ProjectMember { account: project, user, meta_roles: vec![CONTRIBUTOR] })
        .build()?;

    let contributor = Principal::User(user);
    let in_project = snapshot.allows(contributor, &add_review, project, now);
    let on_brand = snapshot.allows(contributor, &add_review, brand, now);
    println!("ADD_REVIEW in the project: {in_project}");
    println!("ADD_REVIEW on the brand above it: {on_brand}");

    let query = ListQuery { owners: Owners::product(product), ..ListQuery::all(workspace) };
    let listed = snapshot.list(contributor, &query, now);
    for (account, codes) in &listed.accounts {
        for code in codes.iter() {
            println!("listed for the project's account {account}: {code}");
        }
    }

    assert!(in_project && !on_brand);
    assert_eq!(listed.accounts, [(project, [ADD_REVIEW].into())]);
    Ok(())
}
