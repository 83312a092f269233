//! Making versions, publishing and retiring them.

use std::collections::BTreeMap;

use guildhall_core::{ProductVersionId, RoleCode, RoleId, RowVersion};
use serde_json::{Map, Value};

use super::checks::{check_fields, check_open_fields, check_roles, frozen_changes};
use crate::{
    AppRole, CreateVersion, Entry, MapRole, Product, ProductRole, ProductVersion, Products, ProductsError,
    RoleDefinition, UpdateVersion, VersionRules, VersionState, config::merged, role::unique,
};

impl Products<'_> {
    /// Begins a version as a draft.
    ///
    /// # Errors
    ///
    /// [`ProductsError::Elsewhere`] where the product lives in another space; [`ProductsError::Invalid`] for URL and
    /// configuration; [`ProductsError::DuplicateRole`], [`ProductsError::ReservedCode`] or
    /// [`ProductsError::UnknownMetaRole`] for its roles.
    pub async fn create_version(
        &self,
        product: &Product,
        command: CreateVersion,
        rules: VersionRules<'_>,
    ) -> Result<ProductVersion, ProductsError> {
        self.own(product)?;
        check_roles(&command.roles, rules)?;
        let mut version = ProductVersion {
            id: ProductVersionId::new(self.ids.uuid()),
            product_id: product.id,
            home: product.home,
            name: command.name,
            entry: Entry::new(command.kind, command.entry_url),
            slug: command.slug,
            required_context: unique(command.required_context),
            roles: Vec::new(),
            uses_open_authorization: command.uses_open_authorization,
            config_schema: command.config_schema,
            config: command.config,
            state: VersionState::Draft,
            published_at: None,
            version: RowVersion::FIRST,
        };
        check_fields(&version, rules)?;
        version.roles = self.identify_roles(product, command.roles).await?;
        self.store.product_versions().insert(&version).await?;
        Ok(version)
    }

    /// Changes a version: a draft in everything, any other in name and configuration.
    ///
    /// # Errors
    ///
    /// [`ProductsError::Immutable`] with the fields that a published version keeps, and what
    /// [`Products::create_version`] may answer.
    pub async fn update_version(
        &self,
        product: &Product,
        version: &ProductVersion,
        patch: UpdateVersion,
        rules: VersionRules<'_>,
    ) -> Result<ProductVersion, ProductsError> {
        self.own_version(product, version)?;
        let changed = match version.state {
            VersionState::Draft => self.updated_draft(product, version, patch, rules).await?,
            VersionState::Published | VersionState::Retired => updated_open_fields(version, patch)?,
        };
        self.store.product_versions().update(&changed).await?;
        Ok(ProductVersion { version: changed.version.next(), ..changed })
    }

    /// Puts a draft into use. Its roles' meta roles become the product's mapping, which may be changed afterwards.
    ///
    /// # Errors
    ///
    /// [`ProductsError::WrongState`] where it is no draft, and what [`Products::create_version`] may answer, since the
    /// platform may have changed since the draft was made.
    pub async fn publish(
        &self,
        product: &Product,
        version: &ProductVersion,
        rules: VersionRules<'_>,
    ) -> Result<ProductVersion, ProductsError> {
        self.own_version(product, version)?;
        let published = version.clone().publish(self.clock.now())?;
        let roles: Vec<_> = published.roles.iter().map(AppRole::definition).collect();
        check_roles(&roles, rules)?;
        check_fields(&published, rules)?;
        self.store.product_versions().update(&published).await?;
        let mapping =
            roles.into_iter().map(|role| MapRole { code: role.code, meta_roles: role.meta_roles }).collect();
        self.replace_mapping(product, mapping, rules.meta_roles).await?;
        Ok(ProductVersion { version: published.version.next(), ..published })
    }

    /// Takes a published version out of use. Items that hold it keep it.
    ///
    /// # Errors
    ///
    /// [`ProductsError::WrongState`] where it is not published.
    pub async fn retire(
        &self,
        product: &Product,
        version: &ProductVersion,
    ) -> Result<ProductVersion, ProductsError> {
        self.own_version(product, version)?;
        let retired = version.clone().retire()?;
        self.store.product_versions().update(&retired).await?;
        Ok(ProductVersion { version: retired.version.next(), ..retired })
    }

    async fn updated_draft(
        &self,
        product: &Product,
        version: &ProductVersion,
        patch: UpdateVersion,
        rules: VersionRules<'_>,
    ) -> Result<ProductVersion, ProductsError> {
        if let Some(roles) = &patch.roles {
            check_roles(roles, rules)?;
        }
        let url = patch.entry_url.unwrap_or_else(|| version.entry.url().clone());
        let mut changed = ProductVersion {
            name: patch.name.unwrap_or_else(|| version.name.clone()),
            entry: Entry::new(patch.kind.unwrap_or(version.entry.kind()), url),
            slug: patch.slug.unwrap_or_else(|| version.slug.clone()),
            required_context: patch.required_context.map_or_else(|| version.required_context.clone(), unique),
            uses_open_authorization: patch.uses_open_authorization.unwrap_or(version.uses_open_authorization),
            config_schema: patched_schema(version, patch.config_schema),
            config: patched_config(version, patch.config),
            ..version.clone()
        };
        check_fields(&changed, rules)?;
        if let Some(roles) = patch.roles {
            changed.roles = self.identify_roles(product, roles).await?;
        }
        Ok(changed)
    }

    /// Gives each role the id that its code has for life, and a new code a new one.
    async fn identify_roles(
        &self,
        product: &Product,
        roles: Vec<RoleDefinition>,
    ) -> Result<Vec<AppRole>, ProductsError> {
        let known = self.store.product_roles().list_by_product(product.id).await?;
        let known: BTreeMap<RoleCode, RoleId> = known.into_iter().map(|role| (role.code, role.id)).collect();
        let mut identified = Vec::with_capacity(roles.len());
        for role in roles {
            let id = match known.get(&role.code) {
                Some(id) => *id,
                None => self.insert_role(product, role.code.clone()).await?,
            };
            identified.push(role.normalized().with_id(id));
        }
        Ok(identified)
    }

    async fn insert_role(&self, product: &Product, code: RoleCode) -> Result<RoleId, ProductsError> {
        let role = ProductRole { id: RoleId::new(self.ids.uuid()), product_id: product.id, code };
        self.store.product_roles().insert(&role).await?;
        Ok(role.id)
    }
}

fn updated_open_fields(
    version: &ProductVersion,
    patch: UpdateVersion,
) -> Result<ProductVersion, ProductsError> {
    let fields = frozen_changes(version, &patch);
    if !fields.is_empty() {
        return Err(ProductsError::Immutable { fields });
    }
    let changed = ProductVersion {
        name: patch.name.unwrap_or_else(|| version.name.clone()),
        config: patched_config(version, patch.config),
        ..version.clone()
    };
    check_open_fields(&changed)?;
    Ok(changed)
}

fn patched_config(version: &ProductVersion, patch: Option<Option<Map<String, Value>>>) -> Map<String, Value> {
    match patch {
        None => version.config.clone(),
        Some(None) => Map::new(),
        Some(Some(patch)) => merged(version.config.clone(), patch),
    }
}

/// The schema after a merge patch. What is no object replaces the whole (RFC 7396) and is refused by the checks.
pub(super) fn patched_schema(version: &ProductVersion, patch: Option<Option<Value>>) -> Option<Value> {
    match patch {
        None => version.config_schema.clone(),
        Some(None | Some(Value::Null)) => None,
        Some(Some(Value::Object(patch))) => {
            let before = version.config_schema.as_ref().and_then(Value::as_object).cloned();
            Some(Value::Object(merged(before.unwrap_or_default(), patch)))
        }
        Some(other @ Some(_)) => other,
    }
}
