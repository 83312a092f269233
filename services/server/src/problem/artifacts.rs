//! The errors of artifacts.

use axum::http::StatusCode;
use guildhall_artifacts::{ArtifactsError, PackageRefusal};
use guildhall_kernel::KernelError;

use super::{Fault, Problem};

impl From<ArtifactsError> for Problem {
    fn from(error: ArtifactsError) -> Self {
        let detail = error.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail.clone());
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone());
        match error {
            ArtifactsError::UnknownKind(_) | ArtifactsError::NotFound | ArtifactsError::NoPackage => {
                Self::not_found()
            }
            ArtifactsError::Invalid { faults } => {
                refused("artifact_invalid").with_errors(listed("/content", faults))
            }
            ArtifactsError::NotOverridable(_) => refused("not_overridable"),
            ArtifactsError::FieldLocked { faults } => {
                refused("field_locked").with_errors(listed("/content", faults))
            }
            ArtifactsError::PreconditionRequired => {
                Self::new(StatusCode::PRECONDITION_REQUIRED, "precondition_required", detail)
            }
            ArtifactsError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail),
            ArtifactsError::Hidden => conflict("hidden"),
            ArtifactsError::NotHidden => conflict("not_hidden"),
            ArtifactsError::NothingBelow => conflict("nothing_below"),
            ArtifactsError::NothingToReapply => conflict("nothing_to_reapply"),
            ArtifactsError::NothingToReview => conflict("nothing_to_review"),
            ArtifactsError::ReviewStale => conflict("review_stale"),
            ArtifactsError::InvalidDecisions { faults } => {
                refused("decisions_invalid").with_errors(listed("", faults))
            }
            ArtifactsError::NotInSystem => refused("not_in_system"),
            ArtifactsError::TooManyDrafts(_) => conflict("too_many_drafts"),
            ArtifactsError::InvalidDrafts { faults } => {
                refused("drafts_invalid").with_errors(listed("", faults))
            }
            ArtifactsError::InvalidPackage { faults } => {
                refused("package_invalid").with_errors(listed("", faults))
            }
            ArtifactsError::Package(PackageRefusal::NotDeployable { .. }) => refused("not_deployable"),
            ArtifactsError::Package(PackageRefusal::DigestDiffers { .. }) => conflict("digest_differs"),
            ArtifactsError::Package(PackageRefusal::Cycle(_)) => refused("requirement_cycle"),
            ArtifactsError::NotDelegated => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", detail).with("permission", "PACKAGE_DEPLOY")
            }
            ArtifactsError::PlanStale => conflict("plan_stale"),
            ArtifactsError::DependencyUnmet { unmet } => conflict("dependency_unmet").with("unmet", unmet),
            ArtifactsError::InUse { uses } => conflict("in_use").with("uses", uses),
            ArtifactsError::NotDeployed => conflict("not_deployed"),
            ArtifactsError::Lost(_) => Self::internal(&error),
            ArtifactsError::Store(error) => error.into(),
        }
    }
}

impl Problem {
    /// The problem where the content was not sent as one, but as fields of the body.
    pub fn of_fields(error: KernelError) -> Self {
        let detail = error.to_string();
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone());
        match error {
            KernelError::Artifacts(ArtifactsError::Invalid { faults }) => {
                refused("artifact_invalid").with_errors(listed("", faults))
            }
            KernelError::Artifacts(ArtifactsError::FieldLocked { faults }) => {
                refused("field_locked").with_errors(listed("", faults))
            }
            other => other.into(),
        }
    }
}

fn listed(below: &str, faults: Vec<guildhall_core::Fault>) -> Vec<Fault> {
    let place = |pointer: String| if below.is_empty() { pointer } else { format!("{below}{pointer}") };
    faults.into_iter().map(|fault| Fault { pointer: place(fault.pointer), detail: fault.detail }).collect()
}
