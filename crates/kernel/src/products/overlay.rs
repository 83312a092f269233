//! Overlays: what a workspace has otherwise of a product that is not its own. An overlay is an artifact of the kind
//! `product` at the product's id; what it leaves out is the product's.

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use guildhall_artifacts::{ArtifactKey, ArtifactName, BaseDocument, Content, Generations, KindName};
use guildhall_core::{Fault, Name, ProductId, ProductVersionId, Text};
use guildhall_products::{Product, ProductVersion, VersionState, check_config};
use serde_json::{Map, Value, json};

use crate::{
    Kernel, KernelError,
    artifacts::{Question, Reply},
    work::Work,
};

/// The kind of overlays.
const KIND: &str = "product";

/// Overlays of one workspace, by product.
#[derive(Debug, Default)]
pub(crate) struct Overlays(BTreeMap<ArtifactName, Content>);

impl Overlays {
    /// The product as the workspace has it.
    pub(crate) fn product(&self, product: Product) -> Product {
        let Some(said) = self.said_of(product.id) else { return product };
        Product {
            name: label::<Name>(said, "name").unwrap_or(product.name),
            description: label::<Text>(said, "description").or(product.description),
            category: label::<Name>(said, "category").or(product.category),
            ..product
        }
    }

    /// What the workspace calls a product.
    pub(crate) fn name(&self, id: ProductId, name: Name) -> Name {
        self.said_of(id).and_then(|said| label(said, "name")).unwrap_or(name)
    }

    /// The version as the workspace has it configured.
    pub(crate) fn version(&self, version: ProductVersion) -> ProductVersion {
        let said = self.said_of(version.product_id);
        let config = said.and_then(|said| said.get("config")?.get(version.id.to_string())?.as_object());
        match config {
            Some(config) => ProductVersion { config: config.clone(), ..version },
            None => version,
        }
    }

    /// How many bytes they take, about.
    pub(crate) fn size(&self) -> usize {
        self.0.values().map(|said| said.text().len() * 4).sum()
    }

    fn said_of(&self, id: ProductId) -> Option<&Value> {
        let name = ArtifactName { package: None, path: id.to_string().parse().ok()? };
        self.0.get(&name).map(Content::value)
    }
}

fn label<T: FromStr>(said: &Value, field: &str) -> Option<T> {
    said.get("labels")?.get(field)?.as_str()?.parse().ok()
}

impl Work<'_> {
    /// All overlays of the space: one statement. The System space has none, since it has no products but its own.
    pub(crate) async fn overlays(&self) -> Result<Overlays, KernelError> {
        if self.space()?.is_system() {
            return Ok(Overlays::default());
        }
        let kind = KIND.parse().map_err(|_| misspelled())?;
        Ok(Overlays(self.kernel().artifacts(self).list_overlays(&kind).await?))
    }

    /// The same from what this node knows, where the space's artifacts have changed so often and no more.
    pub(crate) async fn overlays_at(&self, generation: i64) -> Result<Arc<Overlays>, KernelError> {
        let (space, known) = (self.space()?, self.kernel().known_artifacts());
        // System's artifacts are no overlays.
        let at = Generations { own: generation, system: 0 };
        if let Some(Reply::Overlays(overlays)) = known.find(space, &Question::Overlays, at) {
            return Ok(overlays);
        }
        let overlays = Arc::new(self.overlays().await?);
        known.keep(space, Question::Overlays, at, Reply::Overlays(Arc::clone(&overlays)));
        Ok(overlays)
    }

    /// The space's overlay on one product: one statement.
    pub(crate) async fn overlay_on(&self, product: &Product) -> Result<Overlays, KernelError> {
        if self.space()? == product.home {
            return Ok(Overlays::default());
        }
        let key = key_of(product.id)?;
        let said = self.kernel().artifacts(self).find_overlay(&key).await?;
        Ok(Overlays(said.map(|said| (key.name, said)).into_iter().collect()))
    }
}

/// What lies below overlays, and what they must keep to.
#[derive(Debug, Default)]
pub(crate) struct Bases {
    /// The documents.
    pub(crate) documents: BTreeMap<ArtifactKey, BaseDocument>,
    /// The rules.
    pub(crate) configs: Configs,
}

impl Bases {
    /// The document of one product; `None` where the caller may not know of it.
    pub(crate) async fn add(
        &mut self,
        work: &Work<'_>,
        key: &ArtifactKey,
    ) -> Result<Option<Product>, KernelError> {
        let id =
            key.name.package.is_none().then(|| key.name.path.as_str().parse::<ProductId>().ok()).flatten();
        let Some(id) = id else { return Ok(None) };
        let Some(product) = work.products().find(id).await? else { return Ok(None) };
        if work.codes_on_product(&product).await?.is_empty() {
            return Ok(None);
        }
        let versions = work.product_versions().list_by_product(id).await?;
        self.put(&product, &versions)?;
        Ok(Some(product))
    }

    /// The documents of all products that the caller may know of.
    pub(crate) async fn all(kernel: &Kernel, work: &Work<'_>) -> Result<Self, KernelError> {
        let mut versions = BTreeMap::<ProductId, Vec<ProductVersion>>::new();
        for version in work.product_versions().list_published().await? {
            versions.entry(version.product_id).or_default().push(version);
        }
        let mut bases = Self::default();
        for entry in kernel.products(&**work, work.space()?).catalogue().await? {
            if !work.codes_where_offered(&entry.product, entry.offered).is_empty() {
                let versions = versions.remove(&entry.product.id).unwrap_or_default();
                bases.put(&entry.product, &versions)?;
            }
        }
        Ok(bases)
    }

    fn put(&mut self, product: &Product, versions: &[ProductVersion]) -> Result<(), KernelError> {
        let key = key_of(product.id)?;
        let told: Vec<_> = versions.iter().filter(|version| version.state != VersionState::Draft).collect();
        self.documents.insert(key.clone(), document(product, &told)?);
        let configs = told.iter().map(|version| (version.id, version.config_schema.clone()));
        self.configs.0.insert(key, configs.collect());
        Ok(())
    }
}

/// The schemas of the configurations that overlays may have otherwise.
#[derive(Debug, Default)]
pub(crate) struct Configs(BTreeMap<ArtifactKey, BTreeMap<ProductVersionId, Option<Value>>>);

impl Configs {
    /// Everything that is wrong with the configurations in an overlay: each is a whole one, held to its version's schema.
    pub(crate) fn check(&self, key: &ArtifactKey, content: &Value) -> Vec<Fault> {
        let Some(versions) = self.0.get(key) else {
            return vec![Fault::new("", "there is no such product here")];
        };
        let nothing = Map::new();
        let configs = content.get("config").and_then(Value::as_object).unwrap_or(&nothing);
        let faults = configs.iter().flat_map(|(id, config)| {
            let place = format!("/config/{id}");
            let Some(schema) = id.parse().ok().and_then(|id: ProductVersionId| versions.get(&id)) else {
                return vec![Fault::new(place, "the product has no such version in use")];
            };
            let faults = check_config(config.as_object().unwrap_or(&nothing), schema.as_ref());
            let placed = |fault: Fault| match fault.pointer.strip_prefix("/config") {
                Some(below) => Fault::new(format!("{place}{below}"), fault.detail),
                None => fault,
            };
            faults.into_iter().map(placed).collect()
        });
        faults.collect()
    }
}

/// Whether a key is an overlay's.
pub(crate) fn is_overlay(key: &ArtifactKey) -> bool {
    is_overlaid(&key.kind)
}

/// Whether the artifacts of a kind are overlays.
pub(crate) fn is_overlaid(kind: &KindName) -> bool {
    kind.as_str() == KIND
}

fn key_of(id: ProductId) -> Result<ArtifactKey, KernelError> {
    let path = id.to_string().parse().map_err(|_| misspelled())?;
    Ok(ArtifactKey {
        kind: KIND.parse().map_err(|_| misspelled())?,
        name: ArtifactName { package: None, path },
    })
}

fn misspelled() -> KernelError {
    KernelError::Internal("a product's overlay has no key".into())
}

/// What lies below an overlay: the labels, and the configuration of each version. Its number grows with every change of
/// the product or a version.
fn document(product: &Product, versions: &[&ProductVersion]) -> Result<BaseDocument, KernelError> {
    let mut labels = Map::from_iter([("name".to_owned(), json!(product.name))]);
    labels.extend(product.description.iter().map(|text| ("description".to_owned(), json!(text))));
    labels.extend(product.category.iter().map(|name| ("category".to_owned(), json!(name))));
    let config =
        versions.iter().map(|version| (version.id.to_string(), Value::Object(version.config.clone())));
    let content = json!({ "labels": labels, "config": Map::from_iter(config) });
    let changes = versions.iter().map(|version| version.version.number());
    Ok(BaseDocument {
        id: product.id.uuid(),
        generation: changes.fold(product.version.number(), i64::saturating_add),
        content: Content::from_text(&content.to_string()).map_err(|_| misspelled())?,
        locked: Vec::new(),
        at: product.created_at,
    })
}
