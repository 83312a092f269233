//! The store of artifacts.

use guildhall_artifacts::{
    ArtifactChangeRepository, ArtifactRepository, ArtifactVersionRepository, ArtifactsStore,
    DeploymentRepository, DraftRepository, PackageOfferRepository, PackageRepository, ReviewRepository,
    SecretRepository, SpaceRepository,
};

use crate::SeaUnitOfWork;

impl ArtifactsStore for SeaUnitOfWork {
    fn artifact_spaces(&self) -> &dyn SpaceRepository {
        self
    }

    fn artifacts(&self) -> &dyn ArtifactRepository {
        self
    }

    fn artifact_versions(&self) -> &dyn ArtifactVersionRepository {
        self
    }

    fn artifact_changes(&self) -> &dyn ArtifactChangeRepository {
        self
    }

    fn artifact_drafts(&self) -> &dyn DraftRepository {
        self
    }

    fn artifact_reviews(&self) -> &dyn ReviewRepository {
        self
    }

    fn artifact_secrets(&self) -> &dyn SecretRepository {
        self
    }

    fn packages(&self) -> &dyn PackageRepository {
        self
    }

    fn package_deployments(&self) -> &dyn DeploymentRepository {
        self
    }

    fn package_offers(&self) -> &dyn PackageOfferRepository {
        self
    }
}
