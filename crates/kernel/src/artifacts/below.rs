//! What lies below artifacts and is none itself: products, below their overlays.

use guildhall_artifacts::{ArtifactKey, Artifacts, ArtifactsError};

use crate::{
    Kernel, KernelError,
    followed::FollowedRules,
    products::{Bases, is_overlay},
    work::Work,
};

impl Kernel {
    /// The use cases of artifacts, with what lies below these keys. A product that the caller may not know of is not there.
    pub(crate) async fn artifacts_at<'a>(
        &'a self,
        work: &'a Work<'_>,
        keys: &[ArtifactKey],
    ) -> Result<Artifacts<'a>, KernelError> {
        let mut bases = Bases::default();
        for key in keys.iter().filter(|key| is_overlay(key)) {
            bases.add(work, key).await?;
        }
        Ok(self.artifacts_over(work, bases))
    }

    /// The same for one key, which is not there where its product is not.
    pub(crate) async fn artifacts_below<'a>(
        &'a self,
        work: &'a Work<'_>,
        key: &ArtifactKey,
    ) -> Result<Artifacts<'a>, KernelError> {
        let mut bases = Bases::default();
        if is_overlay(key) && bases.add(work, key).await?.is_none() {
            return Err(ArtifactsError::NotFound.into());
        }
        Ok(self.artifacts_over(work, bases))
    }

    /// The same for a change. A product is overlaid where it does not live: at home it is changed itself.
    pub(crate) async fn artifacts_to_change<'a>(
        &'a self,
        work: &'a Work<'_>,
        key: &ArtifactKey,
    ) -> Result<Artifacts<'a>, KernelError> {
        let mut bases = Bases::default();
        if is_overlay(key) {
            let product = bases.add(work, key).await?.ok_or(ArtifactsError::NotFound)?;
            if product.home == work.space()? {
                let why = "the product lives in this space; change the product itself";
                return Err(ArtifactsError::NotOverridable(why).into());
            }
        }
        Ok(self.artifacts_over(work, bases))
    }

    /// The same with what lies below all keys of overlays.
    pub(crate) async fn artifacts_over_all<'a>(
        &'a self,
        work: &'a Work<'_>,
    ) -> Result<Artifacts<'a>, KernelError> {
        Ok(self.artifacts_over(work, Bases::all(self, work).await?))
    }

    fn artifacts_over<'a>(&'a self, work: &'a Work<'_>, bases: Bases) -> Artifacts<'a> {
        let Bases { documents, configs } = bases;
        self.artifacts(work).over(documents).held_to(Box::new(FollowedRules { configs }))
    }
}

/// Refuses to hide a product: whether it is there is said by its availability.
pub(super) fn expect_hideable(key: &ArtifactKey) -> Result<(), KernelError> {
    if is_overlay(key) {
        let why = "a product is not hidden; switch it off, or revert what is changed of it";
        return Err(ArtifactsError::NotOverridable(why).into());
    }
    Ok(())
}
