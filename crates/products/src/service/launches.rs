//! Launching a product and redeeming its one-time code.

use guildhall_core::{LaunchId, ProductId, Secret};

use crate::{CreateLaunch, Launch, Product, ProductVersion, Products, ProductsError};

impl Products<'_> {
    /// Launches a version. The second value is the one-time code: shown to the launching user once, stored hashed.
    ///
    /// # Errors
    ///
    /// [`ProductsError::LaunchMismatch`] where item, project, node and version don't belong together;
    /// [`ProductsError::WrongState`] where the version's state does not let him launch it.
    pub async fn create_launch(
        &self,
        product: &Product,
        version: &ProductVersion,
        command: CreateLaunch,
    ) -> Result<(Launch, Secret), ProductsError> {
        check_place(product, version, &command)?;
        if !version.may_launch(command.item.is_some(), command.publishes) {
            return Err(ProductsError::WrongState { state: version.state, act: "launched here" });
        }
        let code = self.ids.secret();
        let now = self.clock.now();
        let launch = Launch {
            id: LaunchId::new(self.ids.uuid()),
            code_hash: code.hash(),
            user_id: command.user_id,
            session_id: command.session_id,
            product_id: product.id,
            product_version_id: version.id,
            product_home: product.home,
            project_id: command.project_id,
            item_id: command.item.map(|item| item.id),
            node_id: command.node_id,
            created_at: now,
            expires_at: now + Launch::LIFETIME,
            redeemed_at: None,
        };
        self.store.launches().insert(&launch).await?;
        Ok((launch, code))
    }

    /// Redeems a one-time code for the product whose back end presents it. A code of another product is as unknown as none.
    ///
    /// # Errors
    ///
    /// [`ProductsError::UnknownLaunch`], [`ProductsError::LaunchExpired`] or [`ProductsError::LaunchRedeemed`].
    pub async fn redeem_launch(&self, code: &Secret, product_id: ProductId) -> Result<Launch, ProductsError> {
        let found = self.store.launches().find_by_code_hash(&code.hash()).await?;
        let launch =
            found.filter(|launch| launch.product_id == product_id).ok_or(ProductsError::UnknownLaunch)?;
        let now = self.clock.now();
        let redeemed = launch.redeem(now)?;
        if self.store.launches().update_redeemed(redeemed.id, now).await? {
            Ok(redeemed)
        } else {
            Err(ProductsError::LaunchRedeemed)
        }
    }
}

fn check_place(
    product: &Product,
    version: &ProductVersion,
    command: &CreateLaunch,
) -> Result<(), ProductsError> {
    if version.product_id != product.id {
        return Err(ProductsError::OtherProduct);
    }
    if command.project_id.is_some() && command.node_id.is_some() {
        return Err(ProductsError::LaunchMismatch("a project has its own node"));
    }
    if let Some(item) = command.item {
        if command.project_id.is_none() {
            return Err(ProductsError::LaunchMismatch("an item needs its project"));
        }
        if item.product_version_id != Some(version.id) {
            return Err(ProductsError::LaunchMismatch("the item holds another version"));
        }
    }
    Ok(())
}
