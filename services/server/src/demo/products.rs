//! The demo's products: two of the System space, offered to every workspace.

use guildhall_core::{
    Caller, Credential, IdGenerator as _, PageRequest, Principal, ProductId, RequestId, SystemIds,
    WorkspaceId,
};
use guildhall_identity::{ServiceAccountKind, User};
use guildhall_kernel::{CreateServiceAccount, Kernel, KernelError, ProductShown, Request, SetAvailability};
use guildhall_products::{CreateProduct, CreateVersion, EntryKind, OfferKind, RoleDefinition};

use super::parsed;

/// A role as this file spells it: code, name, permissions, meta roles.
type Role = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

/// A product with its one version, as this file spells it.
struct DemoProduct {
    name: &'static str,
    description: &'static str,
    category: &'static str,
    kind: EntryKind,
    entry_url: &'static str,
    slug: &'static str,
    required_context: &'static [&'static str],
    roles: &'static [Role],
    has_back_end: bool,
}

const PRODUCTS: [DemoProduct; 2] = [
    DemoProduct {
        name: "Asset Review",
        description: "Collects opinions on drafts until everybody agrees.",
        category: "Production",
        kind: EntryKind::Embedded,
        entry_url: "https://asset-review.test/app",
        slug: "asset-review",
        required_context: &[],
        roles: &[
            (
                "REVIEWER",
                "Reviewer",
                &["ADD_REVIEW", "READ_REVIEW"],
                &["PROJECT_CONTRIBUTOR", "PROJECT_OWNER"],
            ),
            ("VIEWER", "Viewer", &["READ_REVIEW"], &["PROJECT_VIEWER"]),
        ],
        has_back_end: true,
    },
    DemoProduct {
        name: "Media Planner",
        description: "Plans which media carry a campaign, when and for how much.",
        category: "Planning",
        kind: EntryKind::Link,
        entry_url: "https://media-planner.test/plans",
        slug: "media-planner",
        required_context: &["CLIENT"],
        roles: &[
            ("PLANNER", "Planner", &["EDIT_PLAN", "READ_PLAN"], &["PROJECT_CONTRIBUTOR", "PROJECT_OWNER"]),
            ("READER", "Reader", &["READ_PLAN"], &["PROJECT_VIEWER"]),
        ],
        has_back_end: false,
    },
];

/// Publishing comes last: a product that has a published version is whole.
pub(super) async fn fill(kernel: &Kernel, platform_admin: &User) -> Result<(), KernelError> {
    let asks = || {
        let principal = Principal::User(platform_admin.id);
        let caller = Caller::trusted(principal, Credential::Embedded, Some(WorkspaceId::SYSTEM));
        Request::embedded(caller, RequestId::new(SystemIds.uuid()))
    };
    for product in &PRODUCTS {
        let shown = find_or_create(kernel, &asks(), product).await?;
        if shown.newest.is_some() {
            continue;
        }
        let id = shown.product.id;
        let offer = SetAvailability::Offer { kind: OfferKind::All, workspaces: Vec::new() };
        kernel.replace_product_availability(&asks(), id, offer).await?;
        if product.has_back_end {
            create_back_end(kernel, &asks(), id).await?;
        }
        let version = kernel.create_product_version(&asks(), id, version(product)?).await?.into_inner();
        kernel.publish_product_version(&asks(), id, version.version.id).await?;
    }
    Ok(())
}

async fn find_or_create(
    kernel: &Kernel,
    request: &Request,
    product: &DemoProduct,
) -> Result<ProductShown, KernelError> {
    let known = kernel.list_products(request, &whole_list()).await?.items;
    if let Some(found) = known.into_iter().find(|shown| shown.product.name.as_str() == product.name) {
        return Ok(found);
    }
    let command = CreateProduct {
        name: parsed(product.name)?,
        description: Some(parsed(product.description)?),
        category: Some(parsed(product.category)?),
        owner: Some(parsed("Guildhall")?),
    };
    Ok(kernel.create_product(request, command).await?.into_inner())
}

/// The service account that the product's back end redeems launches with. Its secret is shown to nobody; a new one is made
/// by rotating it.
async fn create_back_end(kernel: &Kernel, request: &Request, id: ProductId) -> Result<(), KernelError> {
    let known = kernel.list_service_accounts(request, &whole_list()).await?.items;
    if known.iter().any(|shown| shown.account.product_id == Some(id)) {
        return Ok(());
    }
    let name = parsed("Asset Review back end")?;
    let command = CreateServiceAccount { name, kind: ServiceAccountKind::Product, product_id: Some(id) };
    kernel.create_service_account(request, command).await?;
    Ok(())
}

fn version(product: &DemoProduct) -> Result<CreateVersion, KernelError> {
    Ok(CreateVersion {
        name: parsed("1.0")?,
        kind: product.kind,
        entry_url: parsed(product.entry_url)?,
        slug: parsed(product.slug)?,
        required_context: all(product.required_context)?,
        roles: product.roles.iter().map(role).collect::<Result<_, _>>()?,
        uses_open_authorization: true,
        config_schema: None,
        config: serde_json::Map::new(),
    })
}

fn role(&(code, name, permissions, meta_roles): &Role) -> Result<RoleDefinition, KernelError> {
    Ok(RoleDefinition {
        code: parsed(code)?,
        name: parsed(name)?,
        permissions: all(permissions)?,
        meta_roles: all(meta_roles)?,
    })
}

fn all<T: std::str::FromStr>(texts: &[&str]) -> Result<Vec<T>, KernelError> {
    texts.iter().map(|text| parsed(text)).collect()
}

/// The demo has few of everything.
fn whole_list() -> PageRequest {
    PageRequest { limit: PageRequest::MAX_LIMIT, after: None }
}
